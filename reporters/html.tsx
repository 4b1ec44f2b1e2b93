import { measureDelivery } from '../src/stream/measure-delivery.ts'
import { emulatedTargetsOf } from '../src/result/rows-marks-and-standing.ts'
import type { ReportContext, Reporter, RunResult } from '../src/types/index.ts'
import { createPageData } from './html/pack-page-data.ts'
import type { Publication } from './html/pack-page-data.ts'
import type { PageData, PageTarget } from './html/page-data-types.ts'
import { ClientsSection } from './html/clients.tsx'
import { DocumentsSection } from './html/documented-promises.tsx'
import { Drawer, Help } from './html/drawer-and-help.tsx'
import { ContestedPoints } from './html/contested-points.tsx'
import { CausesSection } from './html/failure-causes.tsx'
import { SourcesSection } from './html/sources.tsx'
import { InformationSection } from './html/speed-and-use.tsx'
import { CapabilitySection } from './html/capabilities.tsx'
import { createCapabilityData } from './html/capability-data.ts'
import { listToldColumns } from './common/matrix-words.ts'
import { matrixOf } from '../src/result/cells/compute-matrix.ts'
import { ObservedSection } from './html/matrix-section.tsx'
import { readPageScript } from './html/page-script.ts'
import { renderHtmlDocument } from './html/shell.tsx'
import { style } from './html/style.ts'
import { escapeControls } from './common/escape.ts'
import { formatCount } from './common/labels.ts'

const html: Reporter = {
  name: 'html',
  title: 'report.html: the matrix with everything behind each cell, for a browser',
  render: (run, context) => createReportFiles(run, context),
}

export default html

/** The page and its evidence; with what a publication knows besides the result. */
export function createReportFiles(
  run: RunResult,
  context: ReportContext,
  publication?: Publication,
): Readonly<Record<string, string>> {
  const data = createPageData(run, publication)
  const matrix = matrixOf(run)
  const columns = listToldColumns(matrix)
  return {
    'report.html': renderHtmlDocument({
      title: `Responses API conformance, ${run.run.startedAt.slice(0, 10)}`,
      style,
      // Without a matrix there is nothing to bring to life.
      ...(data.targets.length === 0
        ? {}
        : {
            script: readPageScript(),
            data: {
              ...data,
              ...(columns.length === 0
                ? {}
                : { capabilities: createCapabilityData(run, matrix, columns) }),
            },
          }),
      body: <Report run={run} data={data} published={publication !== undefined} />,
    }),
    ...evidenceScripts(run, data, context),
  }
}

function Report({
  run,
  data,
  published,
}: {
  readonly run: RunResult
  readonly data: PageData
  readonly published: boolean
}) {
  const aside = emulatedTargetsOf(run).length
  const { suite, run: about } = run
  return (
    <>
      <header class="top">
        {published ? (
          <nav aria-label="Site">
            <a href="index.html">Providers</a>
          </nav>
        ) : undefined}
        <h1>Responses API conformance</h1>
        <p class="about">
          {escapeControls(suite.name)} {escapeControls(suite.version)} ·{' '}
          {escapeControls(about.startedAt.slice(0, 16))} UTC · run {escapeControls(about.id)} ·{' '}
          {formatCount(data.targets.length, 'target')} · {formatCount(data.checks.length, 'check')}{' '}
          · {formatCount(run.verdicts.length, 'verdict')}
        </p>
        {about.complete ? undefined : (
          <p class="alert">
            <b>This run is incomplete.</b> {escapeControls(about.incomplete ?? '')}
          </p>
        )}
        <Standings data={data} />
        {aside === 0 ? undefined : (
          <p class="quiet">
            {formatCount(aside, 'emulated target')} left out: emulation tests this suite, not a
            provider.
          </p>
        )}
        {data.targets.length === 0 ? undefined : (
          <noscript>
            <p class="alert">
              Without scripts this page shows one lens and no details; run.json beside it has all.
            </p>
          </noscript>
        )}
      </header>
      <main>
        {data.targets.length === 0 ? (
          <p>Nothing was observed in this run.</p>
        ) : (
          <>
            <Capabilities run={run} />
            <ObservedSection data={data} />
          </>
        )}
        <ClientsSection run={run} targets={data.targets} />
        <CausesSection run={run} />
        <DocumentsSection run={run} />
        <InformationSection run={run} />
        <ContestedPoints run={run} />
        <SourcesSection run={run} />
      </main>
      <footer>
        <p>
          Everything that a provider sent is shown as text. The whole result is in run.json, its
          exchanges are in the folder evidence.
        </p>
      </footer>
      {data.targets.length === 0 ? undefined : (
        <>
          <Drawer />
          <Help />
        </>
      )}
    </>
  )
}

function Capabilities({ run }: { readonly run: RunResult }) {
  const matrix = matrixOf(run)
  const columns = listToldColumns(matrix)
  return columns.length === 0 ? undefined : (
    <CapabilitySection run={run} matrix={matrix} columns={columns} />
  )
}

/** The verdict on each target; how many of each word where there are too many to read. */
function Standings({ data }: { readonly data: PageData }) {
  const kinds = [
    ...(['conforms', 'does not conform', 'incomplete'] as const).map(
      (word) => [word, word] as const,
    ),
    ['conforms', 'conforms in part'] as const,
  ]
  const kindOf = ({ standing, isPart }: PageTarget): string =>
    standing === 'conforms' && isPart ? 'conforms in part' : standing
  const entries =
    data.targets.length <= 8
      ? data.targets.map(
          (target) => [target.name, target.standing, target.verdict, reasonOf(target)] as const,
        )
      : kinds.flatMap(([standing, words]) => {
          const found = data.targets.filter((target) => kindOf(target) === words).length
          return words === 'conforms in part' && found === 0
            ? []
            : [[`${found} of ${data.targets.length}:`, standing, words, ''] as const]
        })
  return (
    <ul class="standings">
      {entries.map(([name, word, verdict, why]) => (
        <li key={`${name} ${verdict}`}>
          <b>{name}</b>
          <span class={`word w-${word.replaceAll(' ', '-')}`}>{verdict}</span>
          {why === '' ? undefined : <span class="quiet"> {why}</span>}
        </li>
      ))}
    </ul>
  )
}

/** Each exchange again as a script: a page opened from disk may load scripts, and fetch nothing. */
function evidenceScripts(
  run: RunResult,
  data: PageData,
  context: ReportContext,
): Readonly<Record<string, string>> {
  const ids = new Set(data.evidence.flatMap((steps) => steps.map(([, id]) => id)))
  const files: Record<string, string> = {}
  for (const id of ids) {
    const exchange = context.evidence(id)
    // A string rather than an object: `__proto__` in a literal would not be a key.
    if (exchange === undefined || run.evidence[id] === undefined) continue
    const told = [id, JSON.stringify(exchange), measureDelivery(exchange)?.note]
    files[`evidence/${encodeURIComponent(id)}.js`] = `__evidence(${told
      .filter((text) => text !== undefined)
      .map((text) => JSON.stringify(text))
      .join(', ')})\n`
  }
  return files
}

function reasonOf({ gate, failing, breaking, unmeasured }: PageTarget): string {
  const by = gate === '' ? '' : `by ${gate}`
  if (failing === 0) return by
  const marks = [
    ...(breaking === 0 ? [] : [`${breaking} of a kind that breaks clients`]),
    ...(unmeasured === 0 ? [] : [`${unmeasured} of unknown impact`]),
  ]
  return `${by}: ${[`${formatCount(failing, 'check')} failing`, ...marks].join(', ')}`
}
