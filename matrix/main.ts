// npm run matrix -- ID…: measures servers and stores their results; --check judges stored results again.

import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { cutText, escapeControls } from '../reporters/common/escape.ts'
import { UsageError } from '../src/base/errors.ts'
import { checkSetup, compareResults, judgeEvidence } from './check-results.ts'
import { listChangedQuestions } from './changed-questions.ts'
import { measureServer, storeRecorded, storeRun } from './measure.ts'
import { listStored, readStored, withSetup, writeStored, type StoredResult } from './results.ts'
import { describeSetup, listServerIds, readServerFile } from './server-file.ts'

interface Flags {
  readonly list?: boolean
  readonly all?: boolean
  readonly check?: boolean
  readonly renew?: boolean
  readonly installed?: string
  readonly out?: string
  readonly from?: string
  readonly port?: number
}

const command = new Command('npm run matrix --')
  .argument('[ids...]', 'servers of matrix/servers')
  .option('--list', 'name the servers and what is stored of them')
  .option('--all', 'every server that can be measured here')
  .option('--check', 'judge stored results again from their evidence, and compare; nothing is sent')
  .option(
    '--renew',
    "store today's verdicts on the evidence in place of older ones; nothing is sent",
  )
  .option(
    '--installed <folder>',
    'where servers are installed already, each in <folder>/<id>; they are kept',
  )
  .option('--out <folder>', 'leave the whole output of each run in <folder>/<id>')
  .option(
    '--from <path>',
    'store what a run of one server left in this folder, or what was recorded of one: JSON Lines',
  )
  .option('--port <n>', 'the port of the server', readPort)
  .exitOverride()

const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort())

process.exitCode = await execute().catch((error: unknown) => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (stop.signal.aborted) return 130
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`${escapeControls(error.message)}\n`)
  return 2
})

async function execute(): Promise<number> {
  const { args, flags } = parse()
  const ids = flags.all === true || args.length === 0 ? listServerIds() : args
  if (flags.list === true) return list(ids)
  if (flags.check === true || flags.renew === true) return check(args, flags.renew === true)
  if (args.length === 0 && flags.all !== true)
    throw new UsageError('Name a server, or give --all, --list or --check')
  let failed = 0
  for (const id of ids) {
    if (flags.all === true && readServerFile(id).recorded !== undefined) continue
    try {
      await measure(id, flags)
    } catch (error) {
      if (!(error instanceof UsageError) || ids.length === 1) throw error
      // One server that cannot be had is no reason to leave out the others.
      process.stderr.write(`${escapeControls(error.message)}\n`)
      failed += 1
    }
  }
  return failed === 0 ? 0 : 2
}

function parse(): { readonly args: readonly string[]; readonly flags: Flags } {
  command.parse(process.argv)
  return { args: command.args, flags: command.opts<Flags>() }
}

async function measure(id: string, { installed, out, port, from }: Flags): Promise<void> {
  const place = out === undefined ? undefined : join(resolve(out), id)
  if (place !== undefined) mkdirSync(place, { recursive: true })
  const file = readServerFile(id)
  const options = {
    signal: stop.signal,
    say: (line: string) => process.stdout.write(`${escapeControls(line)}\n`),
    ...(installed === undefined ? {} : { installed: join(resolve(installed), id) }),
    ...(place === undefined ? {} : { out: place }),
    ...(port === undefined ? {} : { port }),
  }
  const { files, run } =
    from === undefined
      ? await measureServer(file, options)
      : file.recorded === undefined
        ? await storeRun(file, resolve(from))
        : await storeRecorded(file, resolve(from))
  const failing = new Set(
    run.verdicts.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check),
  )
  process.stdout.write(`${id}: ${failing.size} checks fail\n${files.join('\n')}\n`)
}

function list(ids: readonly string[]): number {
  const stored = listStored()
  for (const id of ids) {
    const { name, version, mode, image, recorded } = readServerFile(id)
    const dates = stored.filter((each) => each.id === id).map(({ date }) => date)
    const how = [image && 'container image', recorded && 'recorded'].filter((each) => each)
    const known = dates.length === 0 ? 'not measured' : dates.join(', ')
    const what = [`${name} ${version}${mode === undefined ? '' : `, ${mode}`}`, ...how, known]
    process.stdout.write(`${escapeControls(`${id}  ${what.join(' · ')}`)}\n`)
  }
  return 0
}

/** 0 when all bear out what they say, 1 when one does not. */
async function check(ids: readonly string[], isRenewed: boolean): Promise<number> {
  let differing = 0
  const all = listStored()
  const unknown = ids.filter((id) => !all.some((each) => each.id === id))
  if (unknown.length > 0) {
    throw new UsageError(`Nothing is stored of ${unknown.join(', ')}; --list names what is`)
  }
  const chosen = all.filter(({ id }) => ids.length === 0 || ids.includes(id))
  for (const { id, date } of chosen) {
    const stored = readStored(id, date)
    const file = readServerFile(id)
    checkSetup(stored, file, isRenewed)
    const asked = await describeChangedQuestions(stored)
    if (isRenewed && asked !== undefined) {
      if (chosen.length === 1) throw new UsageError(asked)
      process.stderr.write(`${escapeControls(asked)}\n`)
      differing += 1
      continue
    }
    const evidence = isRenewed ? withSetup(stored.evidence, describeSetup(file)) : stored.evidence
    const judged = await judgeEvidence(evidence, file)
    const changes = compareResults(stored.run, judged)
    if (isRenewed) writeStored({ ...stored, run: judged, evidence }, [])
    const says =
      changes.length === 0
        ? 'borne out by its evidence'
        : `${changes.length} ${changes.length === 1 ? 'claim differs' : 'claims differ'}`
    process.stdout.write(`${id} ${date}: ${stored.run.verdicts.length} verdicts, ${says}\n`)
    for (const line of changes.slice(0, 20))
      process.stdout.write(`  ${cutText(escapeControls(line), 400)}\n`)
    if (changes.length > 0 && !isRenewed) {
      if (asked !== undefined) process.stdout.write(`  ${escapeControls(asked)}\n`)
      differing += 1
    }
  }
  process.stdout.write(`${chosen.length} results, ${differing} not borne out\n`)
  return differing === 0 ? 0 : 1
}

/** Answers to other questions than today's cannot be judged by today's checks. */
async function describeChangedQuestions({
  id,
  evidence,
}: StoredResult): Promise<string | undefined> {
  const changed = await listChangedQuestions(evidence)
  if (changed.length === 0) return undefined
  const some = changed.slice(0, 3).join(', ')
  const rest = changed.length > 3 ? ` and ${changed.length - 3} more` : ''
  return `${id}: ${some}${rest} would be asked otherwise today, so its evidence says nothing of today's checks; measure it anew with "npm run matrix -- ${id}"`
}

function readPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError('give a number from 1 to 65535')
  }
  return port
}
