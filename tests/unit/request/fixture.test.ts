import { readFileSync } from 'node:fs'
import { decode as decodeJpeg } from 'jpeg-js'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { PNG } from 'pngjs'
import { expect, test } from 'vitest'
import { UsageError } from '../../../src/base/errors.ts'
import { drawWord } from '../../../src/request/draw-image.ts'
import { writePdf } from '../../../src/request/write-pdf.ts'
import { drawCodeWord } from '../../../src/request/code-words.ts'

interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

const font = JSON.parse(readFileSync('fixtures/font.json', 'utf8')) as {
  glyphs: Record<string, readonly string[]>
}

/** Reads a picture by the rules of fixtures/README.md alone, independently of the drawing code. */
function readWord({ width, height, data }: Pixels): string {
  const ink = (x: number, y: number): boolean => {
    const at = (y * width + x) * 4
    return data[at]! + data[at + 1]! + data[at + 2]! < 150
  }
  const columns = [...Array(width).keys()].filter((x) =>
    [...Array(height).keys()].some((y) => ink(x, y)),
  )
  const rows = [...Array(height).keys()].filter((y) => columns.some((x) => ink(x, y)))
  const [left, top] = [columns[0]!, rows[0]!]
  const scale = Math.round((rows.at(-1)! - top + 1) / 7)
  expect(scale).toBeGreaterThanOrEqual(6)
  expect(Math.min(left, top, width - 1 - columns.at(-1)!)).toBeGreaterThanOrEqual(2 * scale)
  const letters = Math.round(((columns.at(-1)! - left + 1) / scale + 1) / 6)
  return [...Array(letters).keys()]
    .map((letter) => {
      const glyph = [...Array(7).keys()].map((row) =>
        [...Array(5).keys()]
          .map((column) => {
            const x = left + (letter * 6 + column) * scale + Math.floor(scale / 2)
            return ink(x, top + row * scale + Math.floor(scale / 2)) ? '1' : '0'
          })
          .join(''),
      )
      return Object.entries(font.glyphs).find(([, rows]) => rows.join() === glyph.join())?.[0]
    })
    .join('')
}

test('a drawn word can be read back from a PNG and from a JPEG', () => {
  const words = ['ZX7-0123456', 'ABCDEFGHIJKLM', 'ZNOPQRSTUVWXYZ', 'Z789E']
  for (const word of words) {
    expect(readWord(PNG.sync.read(Buffer.from(drawWord(word))))).toBe(word)
    const jpeg = drawWord(word, { format: 'jpeg', colour: 'yellow' })
    expect(readWord(decodeJpeg(jpeg, { useTArray: true }))).toBe(word)
  }
})

test('most of the picture has the colour that was asked for', () => {
  const png = PNG.sync.read(Buffer.from(drawWord('ZX7-4F9A21C0', { colour: 'red' })))
  const red = [...Array(png.width * png.height).keys()].filter(
    (at) => png.data[at * 4]! > 200 && png.data[at * 4 + 1]! < 100 && png.data[at * 4 + 2]! < 100,
  )
  expect(red.length / (png.width * png.height)).toBeGreaterThan(0.6)
  expect(png.width).toBeGreaterThan(350)
  expect(png.width).toBeLessThan(500)
})

test('what the font has not cannot be drawn', () => {
  expect(() => drawWord('ä')).toThrow(UsageError)
})

test('the PDF holds its sentence, and its cross-references are exact', async () => {
  const sentence = 'The code word (of 1\\2) is ZX7-4F9A21C0.'
  const bytes = writePdf(sentence)
  const file = Buffer.from(bytes).toString('latin1')
  const entries = file.matchAll(/^(\d{10}) 00000 n \n/gm)
  for (const [index, [, offset]] of [...entries].entries()) {
    expect(file.slice(Number(offset))).toMatch(new RegExp(`^${index + 1} 0 obj\n`))
  }
  const pdf = await getDocument({ data: new Uint8Array(bytes), stopAtErrors: true, verbosity: 0 })
    .promise
  expect(pdf.numPages).toBe(1)
  const content = await (await pdf.getPage(1)).getTextContent()
  expect(content.items.map((item) => ('str' in item ? item.str : '')).join('')).toBe(sentence)
  await pdf.destroy()
})

test('code words have one form', () => {
  expect(drawCodeWord(() => 0)).toBe('ZX7-00000000')
  expect(drawCodeWord(() => 0.999_999)).toBe('ZX7-FFFFFFFF')
})
