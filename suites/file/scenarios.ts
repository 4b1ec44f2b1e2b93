import { defineScenario, needed } from '../../src/authoring/define.ts'
import { field } from '../../src/authoring/read.ts'
import { ASK_WORD, variantOf, wordFormatOf, wordFormatsOf } from '../../src/authoring/code-word.ts'
import type { Exchange, JsonObject, RequestBuilder, WireRequest } from '../../src/types/index.ts'
import { askAboutResult } from '../common/tool-results.ts'

const QUESTION: JsonObject = {
  type: 'input_text',
  text: `The file says what the code word is. ${ASK_WORD}`,
}
const INPUT_FILE = 'request /input/*/content/*/type = input_file'
const FILE_DATA = 'request /input/*/content/*/file_data'
const NAME = 'code-word.pdf'

function read(builder: RequestBuilder, file: JsonObject, word = builder.nonce): WireRequest {
  return builder.createRequestFromParts(
    [QUESTION, { type: 'input_file', ...file }],
    wordFormatOf(builder, word),
  )
}

function sentence(word: string): string {
  return `The code word is ${word}.`
}

function asText(content: string): string {
  return `data:text/plain;base64,${btoa(content)}`
}

export const pdfFileScenario = defineScenario({
  id: 'file/pdf',
  title: 'A PDF as a data URL',
  apiPaths: [INPUT_FILE, FILE_DATA],
  tier: 'feature',
  steps: {
    ask: {
      request: (builder) =>
        read(builder, { filename: NAME, file_data: builder.pdfUrl(sentence(builder.nonce)) }),
      expect: 'success',
    },
  },
})

export const plainTextFileScenario = defineScenario({
  id: 'file/plain-text',
  title: 'A text file as a data URL',
  apiPaths: [INPUT_FILE, FILE_DATA],
  tier: 'feature',
  steps: {
    ask: {
      request: (builder) =>
        read(builder, { filename: 'code-word.txt', file_data: asText(sentence(builder.nonce)) }),
      expect: 'success',
    },
  },
})

/** The words of the files in `several`. */
export function fileWordsOf(nonce: string): readonly [string, string] {
  return [variantOf(nonce, 1), variantOf(nonce, 2)]
}

export const severalFilesScenario = defineScenario({
  id: 'file/several',
  needs: ['expensive'],
  title: 'Two PDFs in one message, with a streamed answer',
  apiPaths: [INPUT_FILE, FILE_DATA, 'request /stream = true'],
  tier: 'feature',
  steps: {
    ask: {
      request(builder) {
        const [first, second] = fileWordsOf(builder.nonce)
        const file = (filename: string, word: string): JsonObject => ({
          type: 'input_file',
          filename,
          file_data: builder.pdfUrl(sentence(word)),
        })
        const text = 'Each file says what its code word is. Reply with both code words.'
        return builder.createRequestFromParts(
          [{ type: 'input_text', text }, file('first.pdf', first), file('second.pdf', second)],
          {
            stream: true,
            ...wordFormatsOf(builder, { first, second }),
          },
        )
      },
      expect: 'success',
    },
  },
})

export const fileInToolOutputScenario = defineScenario({
  id: 'file/tool-output',
  needs: ['expensive'],
  title: 'A PDF as the result of a function call',
  apiPaths: [INPUT_FILE, 'request /input/*/output/*/type = input_file'],
  tier: 'feature',
  steps: {
    ask: {
      request: (builder) =>
        askAboutResult(builder, {
          prompt: 'Open the file.',
          name: 'open_file',
          description: 'Opens the file.',
          callId: 'call_file',
          output: {
            type: 'input_file',
            filename: NAME,
            file_data: builder.pdfUrl(sentence(builder.nonce)),
          },
        }),
      expect: 'success',
    },
  },
})

export const fileByUrlScenario = defineScenario({
  id: 'file/by-url',
  title: 'A PDF that the provider has to fetch',
  apiPaths: [INPUT_FILE, 'request /input/*/content/*/file_url'],
  tier: 'feature',
  needs: ['fixture-url'],
  steps: {
    ask: {
      request(builder) {
        const fixture = builder.fixtureUrl('pdf')
        return read(builder, { file_url: fixture?.url ?? '' }, fixture?.word)
      },
      expect: 'success',
    },
  },
})

export const uploadedFileScenario = defineScenario<'upload' | 'ask'>({
  id: 'file/uploaded',
  title: 'A PDF that was uploaded before',
  apiPaths: [INPUT_FILE, 'request /input/*/content/*/file_id', 'operation upload-file'],
  tier: 'feature',
  needs: ['expensive'],
  fresh: true,
  steps: {
    upload: {
      request: (builder) => ({
        operation: 'upload-file',
        method: 'POST',
        path: '/files',
        body: {
          multipart: [
            { name: 'purpose', value: 'user_data' },
            {
              name: 'file',
              value: atob(builder.pdfUrl(sentence(builder.nonce)).replace(/^.*,/, '')),
              filename: NAME,
              contentType: 'application/pdf',
            },
          ],
        },
      }),
      expect: 'success',
    },
    ask: {
      request: (builder) => read(builder, { file_id: fileId(builder.prior('upload')) }),
      expect: 'success',
    },
  },
})

function fileId({ body }: Exchange): string {
  const id = body.kind === 'json' ? field(body.value, '/id') : undefined
  return String(needed(id, 'id'))
}

const readable = (builder: RequestBuilder): WireRequest =>
  read(builder, { filename: NAME, file_data: builder.pdfUrl(sentence(builder.nonce)) })

export const brokenFilesScenario = defineScenario<'nothing' | 'garbage' | 'unnamed'>({
  id: 'file/broken',
  title: 'Files that nobody can read',
  apiPaths: [INPUT_FILE, FILE_DATA],
  tier: 'feature',
  steps: {
    nothing: {
      request: (builder) => read(builder, { filename: NAME }),
      expect: 'refusal',
      control: readable,
    },
    garbage: {
      request: (builder) =>
        read(builder, { filename: NAME, file_data: 'data:application/pdf;base64,@@@@' }),
      expect: 'refusal',
      control: readable,
    },
    unnamed: {
      request: (builder) => read(builder, { file_data: builder.pdfUrl(sentence(builder.nonce)) }),
      expect: 'refusal',
      control: readable,
    },
  },
})
