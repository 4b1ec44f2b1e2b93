import { defineScenario } from '../../src/authoring/define.ts'
import { items, parts } from '../../src/authoring/read.ts'
import { buildStrictFunction, wordPropertiesOf } from '../../src/authoring/strict-schema.ts'
import { buildPuzzle } from '../reasoning/scenarios.ts'
import type {
  ApiPath,
  JsonObject,
  RequestBuilder,
  Scenario,
  WireRequest,
} from '../../src/types/index.ts'

const STREAM: ApiPath = 'request /stream = true'
const FUNCTION: ApiPath = 'request /tools/*/type = function'

/** One streamed answer. */
function defineStreamScenario(
  name: string,
  title: string,
  ask: (builder: RequestBuilder) => { readonly prompt: string } & JsonObject,
  more: Partial<Pick<Scenario<'stream'>, 'tier' | 'apiPaths' | 'needs' | 'cooperated'>> = {},
): Scenario<'stream'> {
  return defineScenario({
    id: `streaming/${name}`,
    title,
    tier: 'core',
    ...more,
    apiPaths: [STREAM, ...(more.apiPaths ?? [])],
    steps: {
      stream: {
        request: (builder) => {
          const { prompt, ...body } = ask(builder)
          return builder.createRequest(prompt, { stream: true, ...body })
        },
        expect: 'success',
      },
    },
  })
}

const wordFor = ({ nonce }: Pick<RequestBuilder, 'nonce'>): string => `Reply with exactly: ${nonce}`

/** A streamed word, for every scenario that wants one: what is equal is sent once. */
export function buildWordRequest(
  builder: Pick<RequestBuilder, 'createRequest' | 'nonce'>,
): WireRequest {
  return builder.createRequest(wordFor(builder), { stream: true })
}

export const textStreamScenario = defineStreamScenario('text', 'A short answer', (builder) => ({
  prompt: wordFor(builder),
}))

const COUNT = 'Count from 1 to 40 in English words.'

/** Forty streamed words within a budget of tokens, for every scenario that wants them. */
export function buildCountRequest(
  builder: Pick<RequestBuilder, 'createRequest'>,
  budget: number,
): WireRequest {
  return builder.createRequest(COUNT, { stream: true, max_output_tokens: budget })
}

export const SMALL = 16
export const LARGE = 4000

export const longStreamScenario = defineStreamScenario(
  'long',
  'An answer of forty words',
  () => ({ prompt: COUNT, max_output_tokens: LARGE }),
  { apiPaths: ['request /max_output_tokens'] },
)

/** Characters of two, three and four bytes, one of them outside the basic plane. */
export const CHARACTERS = 'Zürich 東京 Ωmega 😀👍'

export const charactersStreamScenario = defineStreamScenario(
  'characters',
  'An answer beyond ASCII',
  () => ({
    prompt: `Repeat exactly: ${CHARACTERS}`,
  }),
  { needs: ['expensive'] },
)

/** A strict function whose only string argument is one of these words. */
function strict(name: string, argument: string, words: readonly string[]): JsonObject {
  return buildStrictFunction(name, `Takes a ${argument}.`, wordPropertiesOf({ [argument]: words }))
}

export const callStreamScenario = defineStreamScenario(
  'call',
  'A forced function call',
  (builder) => ({
    prompt: 'Call record_value.',
    tools: [strict('record_value', 'value', [builder.nonce])],
    tool_choice: builder.force('record_value'),
  }),
  { apiPaths: [FUNCTION] },
)

export const bareCallStreamScenario = defineStreamScenario(
  'bare-call',
  'A forced call of a function without parameters',
  (builder) => ({
    prompt: 'Call ping.',
    tools: [buildStrictFunction('ping', 'Says that it is alive.')],
    tool_choice: builder.force('ping'),
  }),
  { apiPaths: [FUNCTION], needs: ['expensive'] },
)

const CITIES: readonly string[] = ['Lisbon', 'Nairobi', 'Quito']

export const parallelCallsStreamScenario = defineStreamScenario(
  'parallel',
  'Three calls of one function in one answer',
  () => ({
    prompt: `Call look_up once for each of: ${CITIES.join(', ')}.`,
    tools: [strict('look_up', 'city', CITIES)],
    tool_choice: 'required',
    parallel_tool_calls: true,
  }),
  {
    apiPaths: [FUNCTION],
    cooperated: ({ stream }) => items(stream, 'function_call').length > 1,
  },
)

export const customCallStreamScenario = defineStreamScenario(
  'custom',
  'A forced call of a custom tool',
  () => ({
    prompt: 'Call note.',
    tools: [{ type: 'custom', name: 'note', description: 'Takes a note.' }],
    tool_choice: { type: 'custom', name: 'note' },
  }),
  { tier: 'feature', apiPaths: ['request /tools/*/type = custom'] },
)

export const reasoningStreamScenario = defineScenario<'plain' | 'stream'>({
  id: 'streaming/reasoning',
  title: 'A puzzle with a summary and the encrypted thoughts, at a stroke and streamed',
  apiPaths: [STREAM, 'request /reasoning/effort'],
  tier: 'feature',
  needs: ['reasoning-model'],
  steps: {
    plain: { request: (builder) => buildPuzzle(builder), expect: 'success' },
    stream: { request: (builder) => buildPuzzle(builder, { stream: true }), expect: 'success' },
  },
})

export const refusalStreamScenario = defineStreamScenario(
  'refusal',
  'A request that a model may refuse',
  () => ({ prompt: 'Please refuse this request.' }),
  {
    tier: 'feature',
    cooperated: ({ stream }) => parts(stream, 'refusal').length > 0,
  },
)

export const incompleteStreamScenario = defineStreamScenario(
  'incomplete',
  'An answer that is longer than it may be',
  () => ({ prompt: COUNT, max_output_tokens: SMALL }),
  { apiPaths: ['request /max_output_tokens'] },
)

export const searchStreamScenario = defineStreamScenario(
  'search',
  'An answer with a search of the web and citations',
  ({ nonce }) => ({
    prompt: `Search the web for ${nonce.toLowerCase().replace('-', ' ')} Lisbon.`,
    tools: [{ type: 'web_search' }],
    tool_choice: 'required',
  }),
  {
    tier: 'feature',
    apiPaths: ['request /tools/*/type = web_search'],
    needs: ['hosted-tools'],
    cooperated: ({ stream }) => items(stream, 'web_search_call').length > 0,
  },
)

export const imageStreamScenario = defineStreamScenario(
  'image',
  'A picture that is drawn, with previews',
  () => ({
    prompt: 'Draw a red square.',
    tools: [{ type: 'image_generation', partial_images: 2 }],
    tool_choice: { type: 'image_generation' },
  }),
  {
    tier: 'feature',
    apiPaths: ['request /tools/*/type = image_generation'],
    needs: ['hosted-tools', 'expensive'],
  },
)

export const shellStreamScenario = defineStreamScenario(
  'shell',
  'A call of the shell, for the client to run',
  () => ({
    prompt: 'List the files of the current folder with the shell.',
    tools: [{ type: 'shell', environment: { type: 'local' } }],
    tool_choice: { type: 'shell' },
  }),
  {
    tier: 'feature',
    apiPaths: ['request /tools/*/type = shell'],
    needs: ['hosted-tools'],
  },
)

export const logprobsStreamScenario = defineStreamScenario(
  'logprobs',
  'An answer with the probabilities of its tokens',
  ({ nonce }) => ({
    prompt: `Reply with exactly: ${nonce}`,
    include: ['message.output_text.logprobs'],
  }),
  { tier: 'feature', apiPaths: ['request /include/* = message.output_text.logprobs'] },
)

export const codeStreamScenario = defineStreamScenario(
  'code',
  'An answer with a calculation in the code interpreter',
  () => ({
    prompt: 'What is 2 + 2? Calculate it with the code interpreter.',
    tools: [{ type: 'code_interpreter', container: { type: 'auto' } }],
    tool_choice: { type: 'code_interpreter' },
  }),
  {
    tier: 'feature',
    apiPaths: ['request /tools/*/type = code_interpreter'],
    needs: ['hosted-tools', 'expensive'],
  },
)

const STREAM_OPTIONS: ApiPath = 'request /stream_options'

export const unpaddedStreamScenario = defineStreamScenario(
  'unpadded',
  'An answer without obfuscation',
  ({ nonce }) => ({
    prompt: `Reply with exactly: ${nonce}`,
    stream_options: { include_obfuscation: false },
  }),
  { tier: 'feature', apiPaths: [`${STREAM_OPTIONS}/include_obfuscation`] },
)

export const streamOptionsScenario = defineScenario<'none' | 'empty'>({
  id: 'streaming/options',
  needs: ['expensive'],
  title: 'stream_options null and empty',
  apiPaths: [STREAM, STREAM_OPTIONS],
  tier: 'core',
  steps: {
    none: {
      request: (builder) =>
        builder.createRequest(`Reply with exactly: ${builder.nonce}`, {
          stream: true,
          stream_options: null,
        }),
      expect: 'either',
    },
    empty: {
      request: (builder) =>
        builder.createRequest(`Reply with exactly: ${builder.nonce}`, {
          stream: true,
          stream_options: {},
        }),
      expect: 'either',
    },
  },
})

/** Longer than the buffers of lines that relays are known to have. */
const LONG_LINE = 65_536

/** Instructions whose echo is one long line of the stream, at hardly a token for all the blanks. */
export const longLineStreamScenario = defineScenario<'stream'>({
  id: 'streaming/long-line',
  title: 'A stream whose first events repeat instructions of 66,000 characters',
  apiPaths: [STREAM, 'request /instructions'],
  tier: 'core',
  steps: {
    stream: {
      request: (builder) =>
        builder.createRequest(READY, {
          instructions: `Answer in English.${' '.repeat(LONG_LINE)}Be brief.`,
          stream: true,
        }),
      expect: 'either',
      once: true,
    },
  },
})

const READY = 'Reply with the single word: ready.'

/** Headers as SDKs send them, in a request that does not ask for a stream: for whoever wants either. */
export function buildPlainlyAsked(builder: Pick<RequestBuilder, 'createRequest'>): WireRequest {
  return {
    ...builder.createRequest(READY, { stream: false }),
    headers: {
      'x-stainless-lang': 'js',
      'x-stainless-retry-count': '0',
      'x-conformance-unknown': 'yes',
    },
  }
}

export const sentAtOnceScenario = defineScenario<'absent' | 'off'>({
  id: 'streaming/at-a-stroke',
  title: 'stream absent, and false',
  apiPaths: [],
  tier: 'core',
  isAboutStreams: true,
  steps: {
    absent: { request: (builder) => builder.createRequest(READY), expect: 'success' },
    off: { request: buildPlainlyAsked, expect: 'success' },
  },
})

export const nullStreamScenario = defineScenario({
  id: 'streaming/null',
  needs: ['expensive'],
  title: 'stream null',
  apiPaths: [],
  tier: 'core',
  steps: {
    none: {
      request: (builder) => builder.createRequest(READY, { stream: null }),
      expect: 'success',
    },
  },
})

export const hungUpStreamScenario = defineScenario<'cut' | 'next'>({
  id: 'streaming/hung-up',
  title: 'A client that hangs up after a few events, and comes back, accepting application/json',
  apiPaths: [STREAM],
  tier: 'core',
  fresh: true,
  steps: {
    cut: {
      request: (builder) => ({
        ...builder.createRequest(
          `Count from 1 to 300 in English words, then say ${builder.nonce}.`,
          {
            stream: true,
          },
        ),
        abortAfter: 8,
      }),
      expect: 'success',
    },
    // As OpenAI's SDK asks for streams, too.
    next: {
      request: (builder) => ({
        ...builder.createRequest(`Reply with exactly: ${builder.nonce}`, { stream: true }),
        headers: { accept: 'application/json' },
      }),
      expect: 'either',
      rests: 'transport/streams-whatever-is-accepted',
    },
  },
})
