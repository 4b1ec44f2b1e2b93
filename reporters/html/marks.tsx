import { MARKS, type Mark } from '../../src/result/rows-marks-and-standing.ts'
import { MARK_WORDS } from '../common/labels.ts'

export function MarkTag({ mark }: { readonly mark: Mark }) {
  return (
    <span class={`tag m-${mark}`}>
      {MARK_WORDS[mark].glyph} {MARK_WORDS[mark].name}
    </span>
  )
}

export function Legend() {
  return (
    <ul class="legend">
      {MARKS.map((mark) => (
        <li key={mark}>
          <MarkTag mark={mark} />
          {MARK_WORDS[mark].means}
        </li>
      ))}
    </ul>
  )
}
