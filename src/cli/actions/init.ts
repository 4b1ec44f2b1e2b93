// The command `init`: writes a contract or a configuration to start from.

import { existsSync, writeFileSync } from 'node:fs'
import { fetchDocument, importRemote, isAddress } from '../../contract/file/download.ts'
import { isContract, readBounded } from '../../contract/file/import-openapi-document.ts'
import { describeWarnings } from '../config/fetch-contract.ts'
import { initContract, initFromPublished } from '../../contract/file/starter.ts'
import { UsageError } from '../../base/errors.ts'
import type { Target } from '../../target/target-and-keys.ts'
import { CONFIG_FILE } from '../config/config-file.ts'
import { initConfig } from '../config/starter.ts'
import { LIST_MODELS, modelIdsOf, openProbe } from '../../transport/single-requests.ts'
import { readEnvironmentFile } from '../config/settings.ts'
import { resolveTargets } from '../../target/resolve-targets.ts'
import { setDocumentLimits } from '../../schema/document-limits.ts'
import type { ReadingLimits } from '../../types/index.ts'
import { resolvePath, getEnvironment } from '../../base/current-environment.ts'

export interface InitFlags {
  readonly baseUrl?: string
  /** A published OpenAPI document: its path or address. */
  readonly from?: string
  readonly path?: string
  readonly remoteRefs?: boolean
  readonly limit?: Partial<ReadingLimits>
  readonly name?: string
  readonly models?: boolean
  readonly config?: boolean
  readonly apiKeyEnv?: string
  readonly out?: string
}

export async function executeInit(flags: InitFlags): Promise<void> {
  if (flags.from !== undefined) return initFrom(flags.from, flags)
  if (flags.config !== true && flags.baseUrl === undefined) {
    throw new UsageError(
      'A contract begins with an address: init --base-url https://api.example.com/v1 (from a published OpenAPI document: init --from FILE; a configuration: init --config)',
    )
  }
  const file = flags.out ?? (flags.config === true ? CONFIG_FILE : 'contract.yaml')
  if (existsSync(resolvePath(file))) {
    throw new UsageError(`${file} is there already; choose another name with --out`)
  }
  const target = flags.baseUrl === undefined ? undefined : targetOf(flags)
  const models = target === undefined || flags.models !== true ? [] : await listModels(target)
  const baseUrl = target?.baseUrl ?? 'https://api.example.com/v1'
  const named = flags.name === undefined ? {} : { name: flags.name }
  writeFileSync(
    resolvePath(file),
    flags.config === true
      ? initConfig({
          name: nameOf(flags.name ?? 'ours'),
          baseUrl,
          model: models[0] ?? 'my-model',
          ...(flags.apiKeyEnv === undefined ? {} : { apiKeyEnv: flags.apiKeyEnv }),
        })
      : initContract({ baseUrl, ...named, models, today: new Date().toISOString().slice(0, 10) }),
  )
  getEnvironment().stdout.write(`${file}\n`)
}

/** A contract to edit, of a document as its provider publishes it. */
async function initFrom(from: string, flags: InitFlags): Promise<void> {
  const file = flags.out ?? 'contract.yaml'
  if (existsSync(resolvePath(file))) {
    throw new UsageError(`${file} is there already; choose another name with --out`)
  }
  setDocumentLimits(flags.limit)
  const text = isAddress(from) ? await fetchDocument(from) : readBounded(from)
  if (isContract(text)) throw new UsageError(`${from} is a contract already; edit it as it is`)
  const imported = await importRemote({
    text,
    name: from,
    allowsReferences: flags.remoteRefs === true,
    today: new Date().toISOString().slice(0, 10),
    ...(flags.path === undefined ? {} : { path: flags.path }),
  })
  const named = flags.name === undefined ? {} : { name: flags.name }
  writeFileSync(resolvePath(file), initFromPublished({ imported, from, ...named }))
  getEnvironment().stderr.write(describeWarnings(from, imported.warnings))
  getEnvironment().stdout.write(`${file}\n`)
}

/** As a name of the configuration may be written. */
function nameOf(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'ours'
}

function targetOf(flags: InitFlags): Target {
  readEnvironmentFile()
  const [target] = resolveTargets([], {
    baseUrl: flags.baseUrl!,
    model: 'unknown',
    deadline: 20,
    ...(flags.apiKeyEnv === undefined ? {} : { apiKeyEnv: flags.apiKeyEnv }),
  })
  return target!
}

async function listModels(target: Target): Promise<readonly string[]> {
  const probe = openProbe(target)
  try {
    const sent = await probe.send(LIST_MODELS)
    if ('failed' in sent) throw new UsageError(`${target.baseUrl}/models: ${sent.failed.note}`)
    const models = modelIdsOf(sent.exchange)
    if (models.length > 0) return models
    throw new UsageError(
      `${target.baseUrl}/models answered with HTTP ${sent.exchange.status} and no list of models; leave out --models, or name the key with --api-key-env`,
    )
  } finally {
    await probe.close()
  }
}
