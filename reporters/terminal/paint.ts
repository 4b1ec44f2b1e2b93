// Colours for the terminal; never the only carrier of a meaning.

type Brush = (text: string) => string

export interface Paint {
  readonly bold: Brush
  readonly dim: Brush
  readonly bad: Brush
  readonly warn: Brush
  readonly good: Brush
  readonly unsure: Brush
}

export function createPaint(color: boolean): Paint {
  const brush =
    (open: number, close: number): Brush =>
    (text) =>
      color ? `\u001b[${open}m${text}\u001b[${close}m` : text
  return {
    bold: brush(1, 22),
    dim: brush(2, 22),
    bad: brush(31, 39),
    warn: brush(33, 39),
    good: brush(32, 39),
    unsure: brush(35, 39),
  }
}
