import type { VNode } from 'preact'
import {
  documentedProvidersOf,
  documentedFeaturesOf,
  countPromises,
  STATUSES,
} from '../../src/result/tally-document-rows.ts'
import type { DocumentedProvider } from '../../src/result/tally-document-rows.ts'
import { compareFeatures } from '../../src/result/rows-marks-and-standing.ts'
import type { DocumentRow, Feature, RunResult, Source } from '../../src/types/index.ts'
import { cutText, escapeControls } from '../common/escape.ts'
import { Sentence, SourceLink } from './text.tsx'
import { formatCount, STATUS_WORDS, YARDSTICK_NAMES } from '../common/labels.ts'

/** What the providers' pages say. Nothing in here passes or fails. */
export function DocumentsSection({ run }: { readonly run: RunResult }) {
  const providers = documentedProvidersOf(run)
  if (providers.length === 0) return undefined
  return (
    <section id="documented" aria-labelledby="documented-title">
      <h2 id="documented-title">Documented</h2>
      <p class="quiet">
        What the providers’ pages promise, without any request. A promise is not yet kept and
        silence earns nothing, so nothing here passes or fails.
      </p>
      <div class="scroll" tabindex={0} role="region" aria-labelledby="documented-title">
        <table class="documents">
          <thead>
            <tr>
              <th scope="col">Feature</th>
              {providers.map(({ provider, title, edition }) => (
                <th scope="col" key={provider}>
                  <span class="target">{escapeControls(title)}</span>
                  {edition === undefined ? undefined : (
                    <div class="quiet">edition {escapeControls(edition)}</div>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {documentedFeaturesOf(run).map((feature) => (
              <tr key={feature}>
                <th scope="row">{feature}</th>
                {providers.map((provider) => (
                  <td key={provider.provider}>
                    <Said provider={provider} feature={feature} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <Sums
              name="Features documented"
              providers={providers}
              value={({ covers }) => `${covers.features} of ${covers.of}`}
            />
            <Sums
              name="Contradicts itself"
              providers={providers}
              value={({ contradictions }) => times(contradictions)}
            />
            <Sums
              name="Differs from OpenAI"
              providers={providers}
              value={({ differences }) => times(differences.openai)}
            />
            <Sums
              name="Differs from Open Responses"
              providers={providers}
              value={({ differences }) => times(differences['open-responses'])}
            />
          </tfoot>
        </table>
      </div>
      {providers.map((provider) => (
        <Provider
          key={provider.provider}
          provider={provider}
          sources={run.contracts[provider.provider]?.sources ?? []}
        />
      ))}
    </section>
  )
}

function times(number: number): string {
  return number === 0 ? 'nowhere' : formatCount(number, 'time')
}

function Sums({
  name,
  providers,
  value,
}: {
  readonly name: string
  readonly providers: readonly DocumentedProvider[]
  readonly value: (provider: DocumentedProvider) => string
}) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {providers.map((provider) => (
        <td key={provider.provider}>{value(provider)}</td>
      ))}
    </tr>
  )
}

function Said({
  provider,
  feature,
}: {
  readonly provider: DocumentedProvider
  readonly feature: Feature
}) {
  const counts = countPromises(provider.rows, feature)
  const told = STATUSES.filter((status) => counts[status] > 0)
  if (told.every((status) => status === 'silent'))
    return <span class="said silent">not mentioned</span>
  return (
    <>
      {told
        .filter((status) => status !== 'silent')
        .map((status) => (
          <a class={`said ${status}`} key={status} href={`#${placeOf(provider, feature)}`}>
            {counts[status]} {STATUS_WORDS[status]}
          </a>
        ))}
    </>
  )
}

function placeOf({ provider }: DocumentedProvider, feature: Feature): string {
  return `documents-${encodeURIComponent(provider)}-${encodeURIComponent(feature)}`
}

function Provider({
  provider,
  sources,
}: {
  readonly provider: DocumentedProvider
  readonly sources: readonly Source[]
}) {
  const features = [...new Set(provider.rows.map((row) => row.feature))].toSorted(compareFeatures)
  const { contradictions, differences } = provider
  const id = `documents-${encodeURIComponent(provider.provider)}`
  const cite = ({ title, url }: DocumentRow['source']): VNode => {
    const index = sources.findIndex((source) => source.title === title && source.url === url)
    return index < 0 ? (
      <SourceLink title={title} url={url} />
    ) : (
      <a href={`#${id}-sources`}>[{index + 1}]</a>
    )
  }
  return (
    <details class="provider" id={id}>
      <summary>
        <b>{escapeControls(provider.title)}</b>{' '}
        <span class="quiet">
          {formatCount(contradictions, 'contradiction')};{' '}
          {formatCount(differences.openai, 'difference')} from OpenAI,{' '}
          {differences['open-responses']} from Open Responses
        </span>
      </summary>
      <p class="quiet only-own">
        Choose OpenAI or Open Responses above to see where the documents differ from them, and what
        they leave open.
      </p>
      {features.map((feature) => (
        <div key={feature} id={placeOf(provider, feature)}>
          <h3>{feature}</h3>
          <Points rows={provider.rows.filter((row) => row.feature === feature)} cite={cite} />
        </div>
      ))}
      {sources.length === 0 ? undefined : (
        <>
          <h3 id={`${id}-sources`}>Sources</h3>
          <ol>
            {sources.map((source) => (
              <li key={source.id}>
                <SourceLink title={source.title} url={source.url} />{' '}
                <span class="quiet">read {escapeControls(source.retrieved)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </details>
  )
}

type Cite = (source: DocumentRow['source']) => VNode

/** Points that say something; what is only documented or not mentioned, in one line each. */
function Points({ rows, cite }: { readonly rows: readonly DocumentRow[]; readonly cite: Cite }) {
  const isBare = (row: DocumentRow): boolean => row.kind === 'promise' && row.quote === undefined
  return (
    <ul class="points">
      {rows
        .filter((row) => !isBare(row))
        .map((row) => (
          <Point key={`${row.kind} ${row.yardstick} ${row.at} ${row.says}`} row={row} cite={cite} />
        ))}
      {STATUSES.map((status) => {
        const bare = rows.filter((row) => isBare(row) && row.status === status)
        return bare.length === 0 ? undefined : (
          <li key={status}>
            <span class="kind">{STATUS_WORDS[status]}</span>{' '}
            {bare.map((row) => (
              <>
                <code>{escapeControls(row.at)}</code>{' '}
              </>
            ))}
          </li>
        )
      })}
    </ul>
  )
}

function Point({ row, cite }: { readonly row: DocumentRow; readonly cite: Cite }) {
  return (
    <li class={row.yardstick === undefined ? undefined : `by-${row.yardstick}`}>
      <span class="kind">{kindWords(row)}</span> <code>{escapeControls(row.at)}</code>{' '}
      {cite(row.source)}
      {row.kind === 'promise' ? undefined : (
        <p>
          <Sentence text={row.says} />
        </p>
      )}
      {row.expected === undefined ? undefined : (
        <p class="quiet">
          {row.yardstick === undefined ? 'in one place' : YARDSTICK_NAMES[row.yardstick]}:{' '}
          <code>{escapeControls(cutText(row.expected, 300))}</code>
        </p>
      )}
      {row.actual === undefined ? undefined : (
        <p class="quiet">
          {row.yardstick === undefined ? 'in another' : 'the documents'}:{' '}
          <code>{escapeControls(cutText(row.actual, 300))}</code>
        </p>
      )}
      {row.quote === undefined ? undefined : (
        <blockquote>{escapeControls(row.quote, true)}</blockquote>
      )}
      {row.contested === undefined ? undefined : (
        <p class="contested">
          <b>Contested. </b>
          {escapeControls(row.contested)}
        </p>
      )}
    </li>
  )
}

function kindWords(row: DocumentRow): string {
  if (row.kind === 'promise') return STATUS_WORDS[row.status ?? 'silent']
  if (row.kind === 'contradiction') return 'contradicts itself'
  const whom = YARDSTICK_NAMES[row.yardstick ?? 'openai']
  return row.kind === 'difference' ? `differs from ${whom}` : `left open, asked by ${whom}`
}
