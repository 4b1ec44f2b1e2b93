// Draws a word into a picture, large enough for a vision model and plain enough for a program.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode as encodeJpeg } from 'jpeg-js'
import { PNG } from 'pngjs'
import { UsageError } from '../base/errors.ts'
import { packageRoot } from '../base/package-root.ts'
import type { BitmapFont } from '../types/index.ts'

type Colour = keyof typeof BACKGROUNDS

interface DrawnWord {
  readonly format?: 'png' | 'jpeg'
  readonly colour?: Colour
}

/** Clear to a person and to a model, and light enough for black ink. */
const BACKGROUNDS = {
  white: [255, 255, 255],
  red: [255, 60, 60],
  green: [0, 200, 70],
  blue: [80, 140, 255],
  yellow: [255, 225, 0],
} as const

/** Image pixels for one pixel of the font. */
const SCALE = 6
/** BitmapFont pixels. */
const MARGIN = 3

/** A picture of a word from `A`–`Z`, `0`–`9` and `-`; about 460 × 78 pixels for a code word. */
export function drawWord(
  word: string,
  { format = 'png', colour = 'white' }: DrawnWord = {},
): Uint8Array {
  // Forecast, controls and every target of a run show the same words.
  const key = `${format} ${colour} ${word}`
  const picture = drawn.get(key) ?? draw(word, format, colour)
  if (drawn.size >= MOST_DRAWN) drawn.clear()
  drawn.set(key, picture)
  return picture
}

const MOST_DRAWN = 100
const drawn = new Map<string, Uint8Array>()

function draw(
  word: string,
  format: NonNullable<DrawnWord['format']>,
  colour: NonNullable<DrawnWord['colour']>,
): Uint8Array {
  const font = loadFont()
  const glyphs = [...word].map((letter) => {
    const glyph = font.glyphs[letter]
    if (glyph === undefined) {
      throw new UsageError(`"${letter}" cannot be drawn; use A-Z, 0-9 and "-"`)
    }
    return glyph
  })
  const columns = glyphs.length * (font.width + 1) - 1
  const width = (columns + 2 * MARGIN) * SCALE
  const height = (font.height + 2 * MARGIN) * SCALE
  const paper = Buffer.from([...BACKGROUNDS[colour], 255])
  const data = Buffer.alloc(width * height * 4, paper)
  const dot = Buffer.alloc(SCALE * 4, Buffer.from([0, 0, 0, 255]))
  for (const [index, glyph] of glyphs.entries()) {
    for (const [row, line] of glyph.entries()) {
      for (const [column, pixel] of [...line].entries()) {
        if (pixel !== '1') continue
        const left = (MARGIN + index * (font.width + 1) + column) * SCALE
        const top = (MARGIN + row) * SCALE
        for (let y = top; y < top + SCALE; y++) data.set(dot, (y * width + left) * 4)
      }
    }
  }
  if (format === 'jpeg') return encodeJpeg({ width, height, data }, 92).data
  const png = new PNG({ width, height })
  png.data = data
  // Flat areas need no filter, and choosing one for each line costs more than all the rest.
  return PNG.sync.write(png, { colorType: 2, filterType: 0, deflateStrategy: 0 })
}

let font: BitmapFont | undefined

function loadFont(): BitmapFont {
  font ??= JSON.parse(
    readFileSync(join(packageRoot, 'fixtures', 'font.json'), 'utf8'),
  ) as BitmapFont
  return font
}
