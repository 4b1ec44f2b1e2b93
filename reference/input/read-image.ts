// Reads an image: its size, its dominant colour, and the code word drawn into it in the bitmap font of
// `fixtures/font.json`. Dark pixels are the ink; the cells of the font are matched one by one.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { pathOfRootFile } from '../package-root.ts'
import type { BitmapFont } from '../../src/types/index.ts'

interface Picture {
  readonly width: number
  readonly height: number
  /** Absent for formats of which only the header is read. */
  readonly colour?: string
  readonly word?: string
}

interface Pixels {
  readonly width: number
  readonly height: number
  /** Red, green, blue, alpha. */
  readonly data: Uint8Array
}

export class UnreadableImageError extends Error {
  override readonly name = 'Unreadable'
}

const MOST_PIXELS = 20_000_000
const DARK = 90

/** Throws `Unreadable`. */
export function readImage(bytes: Uint8Array, mostPixels = MOST_PIXELS): Picture {
  const kind = imageKindOf(bytes)
  if (kind === undefined) throw new UnreadableImageError('not a PNG, JPEG, GIF or WebP file')
  const size = sizeOf(bytes, kind)
  if (size === undefined) throw new UnreadableImageError(`a damaged ${kind} file`)
  if (size.width * size.height > Math.min(mostPixels, MOST_PIXELS)) {
    throw new UnreadableImageError('too many pixels')
  }
  if (kind === 'gif' || kind === 'webp') return size
  const hash = createHash('sha256').update(bytes).digest('base64')
  const known = seen.get(hash)
  if (known !== undefined) return known
  const pixels = decode(bytes, kind)
  const word = readWord(pixels)
  const picture = {
    ...size,
    colour: dominantColour(pixels),
    ...(word === undefined ? {} : { word }),
  }
  if (seen.size >= MOST_SEEN) seen.clear()
  seen.set(hash, picture)
  return picture
}

/** What was seen in a picture, by its hash: every turn of a conversation brings its pictures again. */
const seen = new Map<string, Picture>()
const MOST_SEEN = 100

type ImageKind = 'png' | 'jpeg' | 'gif' | 'webp'

export function imageKindOf(bytes: Uint8Array): ImageKind | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (/^GIF8[79]a/.test(start)) return 'gif'
  return start.startsWith('RIFF') && start.slice(8) === 'WEBP' ? 'webp' : undefined
}

function sizeOf(
  bytes: Uint8Array,
  kind: ImageKind,
): { readonly width: number; readonly height: number } | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.length < 30) return undefined
  if (kind === 'png') return { width: view.readUInt32BE(16), height: view.readUInt32BE(20) }
  if (kind === 'gif') return { width: view.readUInt16LE(6), height: view.readUInt16LE(8) }
  if (kind === 'webp')
    return { width: 1 + view.readUIntLE(24, 3), height: 1 + view.readUIntLE(27, 3) }
  // JPEG: the first start-of-frame segment.
  for (let at = 2; at + 9 < view.length && view[at] === 0xff;) {
    const marker = view[at + 1]!
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: view.readUInt16BE(at + 7), height: view.readUInt16BE(at + 5) }
    at += 2 + view.readUInt16BE(at + 2)
  }
  return undefined
}

function decode(bytes: Uint8Array, kind: 'png' | 'jpeg'): Pixels {
  try {
    if (kind === 'png') return PNG.sync.read(Buffer.from(bytes))
    return jpeg.decode(bytes, { useTArray: true, maxResolutionInMP: 20, maxMemoryUsageInMB: 512 })
  } catch {
    throw new UnreadableImageError(`a damaged ${kind} file`)
  }
}

function dominantColour({ data }: Pixels): string {
  const votes = new Map<string, number>()
  const step = 4 * Math.max(1, Math.floor(data.length / 4 / 10_000))
  for (let at = 0; at + 3 < data.length; at += step) {
    const name = nameOf(data[at]!, data[at + 1]!, data[at + 2]!)
    votes.set(name, (votes.get(name) ?? 0) + 1)
  }
  return [...votes].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 'white'
}

function nameOf(red: number, green: number, blue: number): string {
  const most = Math.max(red, green, blue)
  const span = most - Math.min(red, green, blue)
  if (most < 64) return 'black'
  if (span < 0.2 * most) return most > 190 ? 'white' : 'grey'
  const hue =
    60 *
    (most === red
      ? ((green - blue) / span + 6) % 6
      : most === green
        ? (blue - red) / span + 2
        : (red - green) / span + 4)
  if (hue < 20 || hue >= 340) return 'red'
  if (hue < 45) return 'orange'
  if (hue < 70) return 'yellow'
  if (hue < 165) return 'green'
  if (hue < 195) return 'cyan'
  return hue < 265 ? 'blue' : 'purple'
}

function readWord(pixels: Pixels): string | undefined {
  const box = inkBox(pixels)
  if (box === undefined) return undefined
  const { width, height, glyphs } = loadFont()
  const scale = (box.bottom - box.top) / height
  const letters = Math.round(((box.right - box.left) / scale + 1) / (width + 1))
  if (scale < 2 || letters < 1 || letters > 64) return undefined
  let word = ''
  for (let letter = 0; letter < letters; letter += 1) {
    const cells = Array.from({ length: width * height }, (_, cell) => {
      const column = letter * (width + 1) + (cell % width)
      const row = Math.floor(cell / width)
      const x = Math.floor(box.left + (column + 0.5) * scale)
      const y = Math.floor(box.top + (row + 0.5) * scale)
      return isDark(pixels, x, y) ? '1' : '0'
    }).join('')
    const best = closest(cells, glyphs)
    // Five of thirty-five cells: more is not this font.
    if (best === undefined || best.distance > 5) return undefined
    word += best.letter
  }
  return word
}

function inkBox(pixels: Pixels): Record<'left' | 'right' | 'top' | 'bottom', number> | undefined {
  let [left, right, top, bottom] = [Infinity, -1, Infinity, -1]
  for (let y = 0; y < pixels.height; y += 1) {
    for (let x = 0; x < pixels.width; x += 1) {
      if (!isDark(pixels, x, y)) continue
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      bottom = y
    }
  }
  return right < 0 ? undefined : { left, right: right + 1, top, bottom: bottom + 1 }
}

function isDark({ data, width, height }: Pixels, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= width || y >= height) return false
  const at = (y * width + x) * 4
  return 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]! < DARK
}

function closest(
  cells: string,
  glyphs: Readonly<Record<string, readonly string[]>>,
): { readonly letter: string; readonly distance: number } | undefined {
  return Object.entries(glyphs)
    .map(([letter, rows]) => {
      const glyph = rows.join('')
      return { letter, distance: [...glyph].filter((cell, at) => cell !== cells[at]).length }
    })
    .toSorted((a, b) => a.distance - b.distance)[0]
}

let font: BitmapFont | undefined

function loadFont(): BitmapFont {
  font ??= JSON.parse(readFileSync(pathOfRootFile('fixtures', 'font.json'), 'utf8')) as BitmapFont
  return font
}
