import { defineScenario } from '../../src/authoring/define.ts'
import { items, parts } from '../../src/authoring/read.ts'
import type { Hinge, JsonObject, Kit, Scenario, WireRequest } from '../../src/types/index.ts'

const STREAM: Hinge = 'request /stream = true'
const FUNCTION: Hinge = 'request /tools/*/type = function'

/** One streamed answer. */
function streamed(
  name: string,
  title: string,
  ask: (kit: Kit) => { readonly prompt: string } & JsonObject,
  more: Partial<Pick<Scenario<'stream'>, 'tier' | 'hinges' | 'needs' | 'cooperated'>> = {},
): Scenario<'stream'> {
  return defineScenario({
    id: `streaming/${name}`,
    title,
    tier: 'core',
    ...more,
    hinges: [STREAM, ...(more.hinges ?? [])],
    steps: {
      stream: {
        request: (kit) => {
          const { prompt, ...body } = ask(kit)
          return kit.ask(prompt, { stream: true, ...body })
        },
        expect: 'success',
      },
    },
  })
}

const wordFor = ({ nonce }: Pick<Kit, 'nonce'>): string => `Reply with exactly: ${nonce}`

/** A streamed word, for every scenario that wants one: what is equal is sent once. */
export function word(kit: Pick<Kit, 'ask' | 'nonce'>): WireRequest {
  return kit.ask(wordFor(kit), { stream: true })
}

export const text = streamed('text', 'A short answer', (kit) => ({ prompt: wordFor(kit) }))

const COUNT = 'Count from 1 to 100 in English words.'

/** Hundred streamed words within a budget of tokens, for every scenario that wants them. */
export function count(kit: Pick<Kit, 'ask'>, budget: number): WireRequest {
  return kit.ask(COUNT, { stream: true, max_output_tokens: budget })
}

export const SMALL = 16
export const LARGE = 4000

export const long = streamed(
  'long',
  'An answer of a hundred words',
  () => ({ prompt: COUNT, max_output_tokens: LARGE }),
  { hinges: ['request /max_output_tokens'] },
)

/** Characters of two, three and four bytes, one of them outside the basic plane. */
export const CHARACTERS = 'Zürich 東京 Ωmega 😀👍'

export const characters = streamed(
  'characters',
  'An answer beyond ASCII',
  () => ({
    prompt: `Repeat exactly: ${CHARACTERS}`,
  }),
  { needs: ['expensive'] },
)

/** A strict function whose only string argument is one of these words. */
function strict(name: string, argument: string, words: readonly string[]): JsonObject {
  return {
    type: 'function',
    name,
    description: `Takes a ${argument}.`,
    strict: true,
    parameters: {
      type: 'object',
      properties: { [argument]: { type: 'string', enum: words } },
      required: [argument],
      additionalProperties: false,
    },
  }
}

export const call = streamed(
  'call',
  'A forced function call',
  (kit) => ({
    prompt: 'Call record_value.',
    tools: [strict('record_value', 'value', [kit.nonce])],
    tool_choice: kit.force('record_value'),
  }),
  { hinges: [FUNCTION] },
)

export const bareCall = streamed(
  'bare-call',
  'A forced call of a function without parameters',
  (kit) => ({
    prompt: 'Call ping.',
    tools: [
      {
        type: 'function',
        name: 'ping',
        description: 'Says that it is alive.',
        strict: true,
        parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
      },
    ],
    tool_choice: kit.force('ping'),
  }),
  { hinges: [FUNCTION], needs: ['expensive'] },
)

const CITIES: readonly string[] = ['Lisbon', 'Nairobi', 'Quito']

export const parallel = streamed(
  'parallel',
  'Three calls of one function in one answer',
  () => ({
    prompt: `Call look_up once for each of: ${CITIES.join(', ')}.`,
    tools: [strict('look_up', 'city', CITIES)],
    tool_choice: 'required',
    parallel_tool_calls: true,
  }),
  {
    hinges: [FUNCTION],
    cooperated: ({ stream }) => items(stream, 'function_call').length > 1,
  },
)

export const custom = streamed(
  'custom',
  'A forced call of a custom tool',
  () => ({
    prompt: 'Call note.',
    tools: [{ type: 'custom', name: 'note', description: 'Takes a note.' }],
    tool_choice: { type: 'custom', name: 'note' },
  }),
  { tier: 'feature', hinges: ['request /tools/*/type = custom'] },
)

export const reasoning = streamed(
  'reasoning',
  'An answer that is thought about, with a summary and the encrypted thoughts',
  () => ({
    prompt:
      'Anna is twice as old as Ben was when Anna was as old as Ben is now. Ben is 12. ' +
      'How old is Anna? Think about it, then reply with the number.',
    reasoning: { effort: 'low', summary: 'auto' },
    include: ['reasoning.encrypted_content'],
    store: false,
  }),
  { tier: 'feature', hinges: ['request /reasoning/effort'], needs: ['reasoning-model'] },
)

export const refusal = streamed(
  'refusal',
  'A request that a model may refuse',
  () => ({ prompt: 'Please refuse this request.' }),
  {
    tier: 'feature',
    cooperated: ({ stream }) => parts(stream, 'refusal').length > 0,
  },
)

export const incomplete = streamed(
  'incomplete',
  'An answer that is longer than it may be',
  () => ({ prompt: COUNT, max_output_tokens: SMALL }),
  { hinges: ['request /max_output_tokens'] },
)

export const search = streamed(
  'search',
  'An answer with a search of the web and citations',
  ({ nonce }) => ({
    prompt: `Search the web for ${nonce.toLowerCase().replace('-', ' ')} Lisbon.`,
    tools: [{ type: 'web_search' }],
    tool_choice: 'required',
  }),
  {
    tier: 'feature',
    hinges: ['request /tools/*/type = web_search'],
    needs: ['hosted-tools'],
    cooperated: ({ stream }) => items(stream, 'web_search_call').length > 0,
  },
)

export const image = streamed(
  'image',
  'A picture that is drawn, with previews',
  () => ({
    prompt: 'Draw a red square.',
    tools: [{ type: 'image_generation', partial_images: 2 }],
    tool_choice: { type: 'image_generation' },
  }),
  {
    tier: 'feature',
    hinges: ['request /tools/*/type = image_generation'],
    needs: ['hosted-tools', 'expensive'],
  },
)

export const shell = streamed(
  'shell',
  'A call of the shell, for the client to run',
  () => ({
    prompt: 'List the files of the current folder with the shell.',
    tools: [{ type: 'shell', environment: { type: 'local' } }],
    tool_choice: { type: 'shell' },
  }),
  {
    tier: 'feature',
    hinges: ['request /tools/*/type = shell'],
    needs: ['hosted-tools'],
  },
)

export const logprobs = streamed(
  'logprobs',
  'An answer with the probabilities of its tokens',
  ({ nonce }) => ({
    prompt: `Reply with exactly: ${nonce}`,
    include: ['message.output_text.logprobs'],
    top_logprobs: 2,
  }),
  { tier: 'feature', hinges: ['request /include/* = message.output_text.logprobs'] },
)

export const code = streamed(
  'code',
  'An answer with a calculation in the code interpreter',
  () => ({
    prompt: 'What is 2 + 2? Calculate it with the code interpreter.',
    tools: [{ type: 'code_interpreter', container: { type: 'auto' } }],
    tool_choice: { type: 'code_interpreter' },
  }),
  {
    tier: 'feature',
    hinges: ['request /tools/*/type = code_interpreter'],
    needs: ['hosted-tools', 'expensive'],
  },
)

const STREAM_OPTIONS: Hinge = 'request /stream_options'

export const unpadded = streamed(
  'unpadded',
  'An answer without obfuscation',
  ({ nonce }) => ({
    prompt: `Reply with exactly: ${nonce}`,
    stream_options: { include_obfuscation: false },
  }),
  { tier: 'feature', hinges: [`${STREAM_OPTIONS}/include_obfuscation`], needs: ['expensive'] },
)

export const options = defineScenario<'none' | 'empty'>({
  id: 'streaming/options',
  needs: ['expensive'],
  title: 'stream_options null and empty',
  hinges: [STREAM, STREAM_OPTIONS],
  tier: 'core',
  steps: {
    none: {
      request: (kit) =>
        kit.ask(`Reply with exactly: ${kit.nonce}`, { stream: true, stream_options: null }),
      expect: 'either',
    },
    empty: {
      request: (kit) =>
        kit.ask(`Reply with exactly: ${kit.nonce}`, { stream: true, stream_options: {} }),
      expect: 'either',
    },
  },
})

const READY = 'Reply with the single word: ready.'

export const atAStroke = defineScenario<'absent' | 'off'>({
  id: 'streaming/at-a-stroke',
  needs: ['expensive'],
  title: 'stream absent, and false',
  hinges: [],
  tier: 'core',
  steps: {
    absent: { request: (kit) => kit.ask(READY), expect: 'success' },
    off: { request: (kit) => kit.ask(READY, { stream: false }), expect: 'success' },
  },
})

export const nothing = defineScenario({
  id: 'streaming/null',
  needs: ['expensive'],
  title: 'stream null',
  hinges: [],
  tier: 'core',
  steps: { none: { request: (kit) => kit.ask(READY, { stream: null }), expect: 'success' } },
})

export const hungUp = defineScenario<'cut' | 'next'>({
  id: 'streaming/hung-up',
  title: 'A client that hangs up after a few events, and comes back',
  hinges: [STREAM],
  tier: 'core',
  fresh: true,
  steps: {
    cut: {
      request: (kit) => ({
        ...kit.ask(`Count from 1 to 300 in English words, then say ${kit.nonce}.`, {
          stream: true,
        }),
        abortAfter: 8,
      }),
      expect: 'success',
    },
    next: {
      request: (kit) => kit.ask(`Reply with exactly: ${kit.nonce}`, { stream: true }),
      expect: 'success',
    },
  },
})
