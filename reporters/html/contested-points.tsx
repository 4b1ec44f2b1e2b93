import type { RunResult } from '../../src/types/index.ts'
import { escapeControls } from '../common/escape.ts'
import { SourceLinks } from './text.tsx'

/** Points at which the sources contradict one another. */
export function ContestedPoints({ run }: { readonly run: RunResult }) {
  const asked = new Set(run.verdicts.flatMap((row) => row.requirements))
  const points = Object.values(run.requirements).filter(
    ({ id, contested }) => contested !== undefined && asked.has(id),
  )
  if (points.length === 0) return undefined
  return (
    <section aria-labelledby="contested-title">
      <h2 id="contested-title">Contested points</h2>
      <p class="quiet">
        Here the sources contradict one another, or OpenAI’s own traffic breaks the sentence. Nobody
        fails over them.
      </p>
      <ul class="points">
        {points.map(({ id, statement, contested, sources }) => (
          <li key={id}>
            <span class="kind">{escapeControls(statement)}</span> <code>{id}</code>
            <p class="contested">{escapeControls(contested ?? '')}</p>
            <SourceLinks sources={sources} />
          </li>
        ))}
      </ul>
    </section>
  )
}
