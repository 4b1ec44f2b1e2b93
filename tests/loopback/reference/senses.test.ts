import { afterAll, expect, test } from 'vitest'
import { drawWord } from '../../../src/request/draw-image.ts'
import { writePdf } from '../../../src/request/write-pdf.ts'
import { startReference } from '../../../reference/main.ts'
import { clientOf, schemaFormat, textOf, wordFormat } from './client.ts'

const reference = await startReference()
const client = clientOf(reference)
afterAll(() => reference.close())

const dataUrl = (type: string, bytes: Uint8Array): string =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`

const image = (url: string): object => ({ type: 'input_image', image_url: url })
const ask = (...parts: object[]): object => ({
  input: [{ role: 'user', content: [...parts, { type: 'input_text', text: 'Which word?' }] }],
})

test.each(['png', 'jpeg'] as const)('reads the word and the colour of a %s', async (format) => {
  const colours = ['red', 'green', 'blue', 'white', 'yellow'] as const
  for (const colour of colours) {
    const url = dataUrl(`image/${format}`, drawWord('ZX7-4F9A21C1', { format, colour }))
    const enums = schemaFormat({
      word: { type: 'string', enum: ['ZX7-00000000', 'ZX7-4F9A21C1', 'unknown'] },
      colour: { type: 'string', enum: [...colours] },
    })
    const { body } = await client.create({ ...ask(image(url)), text: enums })
    expect(JSON.parse(textOf(body))).toEqual({ word: 'ZX7-4F9A21C1', colour })
  }
})

test('tells several pictures apart', async () => {
  const [first, second] = ['ZX7-11111111', 'ZX7-22222222']
  const one = { type: 'string', enum: [second, first, 'ZX7-33333333'] }
  const { body } = await client.create({
    ...ask(...[first, second].map((word) => image(dataUrl('image/png', drawWord(word!))))),
    text: schemaFormat({ first: one, second: one }),
  })
  expect(JSON.parse(textOf(body))).toEqual({ first, second })
})

test.each([
  ['x.pdf', 'application/pdf', writePdf('The code word is ZX7-ABCDEF01.')],
  ['signs.pdf', 'application/pdf', writePdf('(The) code \\\\ word is ZX7-ABCDEF01.')],
  [
    'courier.pdf',
    'application/pdf',
    Buffer.from(
      Buffer.from(writePdf('The code word is ZX7-ABCDEF01.'))
        .toString('latin1')
        .replace('Helvetica', 'Times-Bold'),
      'latin1',
    ),
  ],
  ['x.csv', 'text/csv', Buffer.from('name,word\na,ZX7-ABCDEF01\n')],
  ['x.json', 'application/json', Buffer.from('{"word":"ZX7-ABCDEF01"}')],
  ['x.md', 'text/markdown', Buffer.from('# ZX7-ABCDEF01')],
])('reads %s', async (filename, type, bytes) => {
  const file = { type: 'input_file', filename, file_data: dataUrl(type, bytes) }
  const text = wordFormat('ZX7-00000000', 'ZX7-ABCDEF01')
  const { body } = await client.create({ ...ask(file), text })
  expect(JSON.parse(textOf(body))).toEqual({ word: 'ZX7-ABCDEF01' })
})

test('reads an uploaded file', async () => {
  const form = new FormData()
  form.set('purpose', 'user_data')
  const bytes = Uint8Array.from(writePdf('The code word is ZX7-0A0A0A0A.'))
  form.set('file', new File([bytes], 'word.pdf', { type: 'application/pdf' }))
  const uploaded = await fetch(`${reference.url}/files`, {
    method: 'POST',
    headers: { authorization: 'Bearer test' },
    body: form,
  })
  const { id } = (await uploaded.json()) as { id: string }
  const question = { ...ask({ type: 'input_file', file_id: id }), text: wordFormat('ZX7-0A0A0A0A') }
  expect(JSON.parse(textOf((await client.create(question)).body))).toEqual({ word: 'ZX7-0A0A0A0A' })
  expect((await client.create(question, 'test-2')).status).toBe(404)
})

test.each([
  [image('data:image/png;base64,####'), 'invalid_base64_image', 'input[0].content[0].image_url'],
  [image('data:image/tiff;base64,AAAA'), 'unsupported_image_media_type', undefined],
  [image('data:image/png;base64,AAAA'), 'invalid_image_format', undefined],
  [image('http://127.0.0.1:1/x.png'), 'failed_to_download_image', undefined],
  [image('x.png'), 'invalid_image_url', undefined],
  [{ type: 'input_image', image_url: { url: 'x' } }, 'invalid_type', undefined],
  [{ type: 'input_image' }, 'missing_required_parameter', 'input[0].content[0]'],
  [{ type: 'input_file', filename: 'x.pdf' }, 'missing_required_parameter', undefined],
  [
    { type: 'input_file', filename: 'x.pdf', file_data: 'data:application/pdf;base64,!' },
    'invalid_value',
    'input[0].content[0].file_data',
  ],
  [
    { type: 'input_file', filename: 'x.pdf', file_data: 'data:application/pdf;base64,AAAA' },
    'invalid_value',
    undefined,
  ],
])('refuses %j with %s', async (part, code, param) => {
  const { status, body } = await client.create(ask(part))
  expect(status).toBe(400)
  expect(body.error.code).toBe(code)
  if (param !== undefined) expect(body.error.param).toBe(param)
})
