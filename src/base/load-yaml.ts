import { createRequire } from 'node:module'
import type * as Yaml from 'yaml'

/** The YAML library, loaded when it is first needed: the compiled package reads JSON. */
export function loadYaml(): typeof Yaml {
  return createRequire(import.meta.url)('yaml') as typeof Yaml
}
