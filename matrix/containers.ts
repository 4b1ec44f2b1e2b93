// A server that strangers have only as a container image, as one that is installed and started like any other.

import { spawnSync } from 'node:child_process'
import { basename } from 'node:path'
import type { ServerFile } from './server-file.ts'

/**
 * The file with its image pulled and run by docker. The container shares the network of the machine, so that it
 * reaches the upstream on loopback, and sees the folder at its own path. Other files are handed back as they are.
 */
export function describeContainer(file: ServerFile, folder: string): ServerFile {
  const { image, environment = {}, install = [], needs = [], start = [] } = file
  if (image === undefined) return file
  const [program, ...rest] = start
  const settings = Object.entries(environment).flatMap(([name, text]) => [
    '--env',
    `${name}=${text}`,
  ])
  return {
    ...file,
    needs: ['docker', ...needs],
    install: [['docker', 'pull', '--quiet', image], ...install],
    environment: {},
    start: [
      'docker',
      'run',
      '--rm',
      '--init',
      '--name',
      nameOfContainer(folder),
      '--network',
      'host',
      '--volume',
      '{folder}:{folder}',
      ...settings,
      ...(program === undefined ? [image] : ['--entrypoint', program, image, ...rest]),
    ],
  }
}

/** A container outlives the command that started it, where that had to be killed. */
export function removeContainer(folder: string): void {
  spawnSync('docker', ['rm', '--force', nameOfContainer(folder)], {
    stdio: 'ignore',
    timeout: 60_000,
  })
}

function nameOfContainer(folder: string): string {
  return basename(folder).toLowerCase()
}
