/** What `fixtures/font.json` holds: each letter as rows of `0` and `1`. */
export interface BitmapFont {
  readonly width: number
  readonly height: number
  readonly glyphs: Readonly<Record<string, readonly string[]>>
}
