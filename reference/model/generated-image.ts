// The only picture that the model can draw.

import { PNG } from 'pngjs'

let square: string | undefined

/** A small blue square, PNG in base64. */
export function drawSquare(): string {
  if (square === undefined) {
    const png = new PNG({ width: 16, height: 16 })
    for (let at = 0; at < png.data.length; at += 4) png.data.set([80, 140, 255, 255], at)
    square = PNG.sync.write(png).toString('base64')
  }
  return square
}
