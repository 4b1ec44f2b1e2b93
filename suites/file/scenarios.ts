import { defineScenario, needed } from '../../src/authoring/define.ts'
import { field } from '../../src/authoring/read.ts'
import { ASK_WORD, choice, choices, decoys, variant } from '../../src/authoring/code-word.ts'
import type { Exchange, JsonObject, Kit, WireRequest } from '../../src/types/index.ts'

const QUESTION: JsonObject = {
  type: 'input_text',
  text: `The file says what the code word is. ${ASK_WORD}`,
}
const INPUT_FILE = 'request /input/*/content/*/type = input_file'
const FILE_DATA = 'request /input/*/content/*/file_data'
const NAME = 'code-word.pdf'

function read(kit: Kit, file: JsonObject, word = kit.nonce): WireRequest {
  return kit.askParts(
    [QUESTION, { type: 'input_file', ...file }],
    choice(kit, [...decoys(word), word]),
  )
}

function sentence(word: string): string {
  return `The code word is ${word}.`
}

function asText(content: string): string {
  return `data:text/plain;base64,${btoa(content)}`
}

export const pdf = defineScenario({
  id: 'file/pdf',
  title: 'A PDF as a data URL',
  hinges: [INPUT_FILE, FILE_DATA],
  tier: 'feature',
  steps: {
    ask: {
      request: (kit) => read(kit, { filename: NAME, file_data: kit.pdfUrl(sentence(kit.nonce)) }),
      expect: 'success',
    },
  },
})

export const plainText = defineScenario({
  id: 'file/plain-text',
  title: 'A text file as a data URL',
  hinges: [INPUT_FILE, FILE_DATA],
  tier: 'feature',
  steps: {
    ask: {
      request: (kit) =>
        read(kit, { filename: 'code-word.txt', file_data: asText(sentence(kit.nonce)) }),
      expect: 'success',
    },
  },
})

/** The words of the files in `several`. */
export function filed(nonce: string): readonly [string, string] {
  return [variant(nonce, 1), variant(nonce, 2)]
}

export const several = defineScenario({
  id: 'file/several',
  needs: ['expensive'],
  title: 'Two PDFs in one message, with a streamed answer',
  hinges: [INPUT_FILE, FILE_DATA, 'request /stream = true'],
  tier: 'feature',
  steps: {
    ask: {
      request(kit) {
        const [first, second] = filed(kit.nonce)
        const file = (filename: string, word: string): JsonObject => ({
          type: 'input_file',
          filename,
          file_data: kit.pdfUrl(sentence(word)),
        })
        const text = 'Each file says what its code word is. Reply with both code words.'
        return kit.askParts(
          [{ type: 'input_text', text }, file('first.pdf', first), file('second.pdf', second)],
          {
            stream: true,
            ...choices(kit, {
              first: [...decoys(kit.nonce), first],
              second: [...decoys(kit.nonce), second],
            }),
          },
        )
      },
      expect: 'success',
    },
  },
})

export const toolOutput = defineScenario({
  id: 'file/tool-output',
  needs: ['expensive'],
  title: 'A PDF as the result of a function call',
  hinges: [INPUT_FILE, 'request /input/*/output/*/type = input_file'],
  tier: 'feature',
  steps: {
    ask: {
      request: (kit) =>
        kit.create({
          input: [
            kit.message('user', `Open the file. ${ASK_WORD}`),
            { type: 'function_call', call_id: 'call_file', name: 'open_file', arguments: '{}' },
            {
              type: 'function_call_output',
              call_id: 'call_file',
              output: [
                {
                  type: 'input_file',
                  filename: NAME,
                  file_data: kit.pdfUrl(sentence(kit.nonce)),
                },
              ],
            },
          ],
          tools: [OPEN_FILE],
          tool_choice: 'none',
          ...choice(kit, [...decoys(kit.nonce), kit.nonce]),
        }),
      expect: 'success',
    },
  },
})

const OPEN_FILE: JsonObject = {
  type: 'function',
  name: 'open_file',
  description: 'Opens the file.',
  parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
  strict: true,
}

export const byUrl = defineScenario({
  id: 'file/by-url',
  title: 'A PDF that the provider has to fetch',
  hinges: [INPUT_FILE, 'request /input/*/content/*/file_url'],
  tier: 'feature',
  needs: ['fixture-url'],
  steps: {
    ask: {
      request(kit) {
        const fixture = kit.fixtureUrl('pdf')
        return read(kit, { file_url: fixture?.url ?? '' }, fixture?.word)
      },
      expect: 'success',
    },
  },
})

export const uploaded = defineScenario<'upload' | 'ask'>({
  id: 'file/uploaded',
  title: 'A PDF that was uploaded before',
  hinges: [INPUT_FILE, 'request /input/*/content/*/file_id', 'operation upload-file'],
  tier: 'feature',
  needs: ['expensive'],
  fresh: true,
  steps: {
    upload: {
      request: (kit) => ({
        operation: 'upload-file',
        method: 'POST',
        path: '/files',
        body: {
          multipart: [
            { name: 'purpose', value: 'user_data' },
            {
              name: 'file',
              value: atob(kit.pdfUrl(sentence(kit.nonce)).replace(/^.*,/, '')),
              filename: NAME,
              contentType: 'application/pdf',
            },
          ],
        },
      }),
      expect: 'success',
    },
    ask: {
      request: (kit) => read(kit, { file_id: fileId(kit.prior('upload')) }),
      expect: 'success',
    },
  },
})

function fileId({ body }: Exchange): string {
  const id = body.kind === 'json' ? field(body.value, '/id') : undefined
  return String(needed(id, 'id'))
}

const readable = (kit: Kit): WireRequest =>
  read(kit, { filename: NAME, file_data: kit.pdfUrl(sentence(kit.nonce)) })

export const broken = defineScenario<'nothing' | 'garbage' | 'unnamed'>({
  id: 'file/broken',
  title: 'Files that nobody can read',
  hinges: [INPUT_FILE, FILE_DATA],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    nothing: {
      request: (kit) => read(kit, { filename: NAME }),
      expect: 'refusal',
      control: readable,
    },
    garbage: {
      request: (kit) =>
        read(kit, { filename: NAME, file_data: 'data:application/pdf;base64,@@@@' }),
      expect: 'refusal',
      control: readable,
    },
    unnamed: {
      request: (kit) => read(kit, { file_data: kit.pdfUrl(sentence(kit.nonce)) }),
      expect: 'refusal',
      control: readable,
    },
  },
})
