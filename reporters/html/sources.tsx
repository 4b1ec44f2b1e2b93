import type { RunResult } from '../../src/types/index.ts'
import { escapeControls } from '../common/escape.ts'
import { SourceLink } from './text.tsx'

/** The documents that verdicts rest on, with their editions and dates. */
export function SourcesSection({ run }: { readonly run: RunResult }) {
  const contracts = Object.entries(run.contracts)
  if (contracts.length === 0) return undefined
  return (
    <section aria-labelledby="sources-title">
      <h2 id="sources-title">Sources</h2>
      <ul class="points">
        {contracts.map(([id, { title, edition, sources }]) => (
          <li key={id}>
            <b>{escapeControls(title)}</b>{' '}
            <span class="quiet">edition {escapeControls(edition)}</span>{' '}
            {sources.map((source) => (
              <span key={source.id}>
                <SourceLink title={source.title} url={source.url} />{' '}
                <span class="quiet">
                  read {escapeControls(source.retrieved)}
                  {source.unverified === true ? ', unverified' : ''}
                </span>{' '}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
