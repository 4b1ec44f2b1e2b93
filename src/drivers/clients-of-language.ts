// The clients of a language: `--client python` means all of them.

import { clientProfileOf } from '../clients/profile.ts'
import {
  findManifest,
  isInstalled,
  listDrivableClients,
  type ClientManifest,
} from './client-folders.ts'

/** A client that can be driven, and how it stands with it here. */
export interface ListedClient {
  readonly id: string
  readonly name: string
  readonly language: string
  readonly package: string
  /** Of the profile; empty where there is none yet, and so no `--client`. */
  readonly version: string
  readonly isInstalled: boolean
}

/** Sorted by language, then by id. */
export function listClientsByLanguage(): readonly ListedClient[] {
  return readManifests()
    .map((manifest) => {
      const { id, language, package: from } = manifest
      const { name = id, version = '' } = clientProfileOf(id) ?? {}
      return { id, name, language, package: from, version, isInstalled: isInstalled(manifest) }
    })
    .toSorted((a, b) => (a.language === b.language ? 0 : a.language < b.language ? -1 : 1))
}

/** The clients of a language that have a profile, or are installed; a word that is no language stays as it is. */
export function resolveLanguage(word: string, which: 'profiled' | 'installed'): readonly string[] {
  const known = listDrivableClients()
  if (known.includes(word)) return [word]
  const clients = listClientsByLanguage().filter((client) =>
    which === 'profiled' ? client.version !== '' : client.isInstalled,
  )
  const found = clients.filter(({ language }) => language === word).map(({ id }) => id)
  return found.length === 0 ? [word] : found
}

const readManifests = (): readonly ClientManifest[] =>
  listDrivableClients().map((client) => findManifest(client)!)
