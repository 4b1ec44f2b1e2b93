// Which of the values that OpenAI documents no request tries, and that the policy says so.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadContract } from '../../../src/contract/file/load.ts'
import { settingsOf } from '../../../suites/parameters/parameter-values.ts'

/** What other suites ask for, by their own scenarios. */
const ELSEWHERE = /^\/(reasoning|text\/format|tool_choice|tools|input|stream_options)(\/|$)/

test('what is left out of the documented values is told', () => {
  const contract = loadContract('openai')
  const tried = new Set(
    settingsOf(contract).flatMap(({ trials }) =>
      trials.map(({ at, value }) => `${at} ${JSON.stringify(value)}`),
    ),
  )
  const left = contract.parameters
    .filter(({ at }) => /^(\/[a-z_]+){1,2}$/.test(at) && !ELSEWHERE.test(at))
    .flatMap(({ at, enum: words = [], minimum, maximum }) =>
      [...words, minimum, maximum]
        .filter((value) => value !== undefined && value !== null && typeof value !== 'boolean')
        .map((value) => ({ name: at.slice(1), value: JSON.stringify(value), at })),
    )
    .filter(({ at, value }) => !tried.has(`${at} ${value}`))
  expect(left.map(({ name, value }) => `${name} ${value}`)).toMatchInlineSnapshot(`
    [
      "service_tier "flex"",
      "service_tier "scale"",
      "service_tier "priority"",
      "service_tier "fast"",
      "service_tier "ultrafast"",
      "prompt_cache_retention "24h"",
      "prompt_cache_options/mode "implicit"",
      "prompt_cache_options/mode "explicit"",
      "prompt_cache_options/ttl "30m"",
      "prompt_cache_options/ttl "12h"",
      "access_programs/cyber "standard"",
      "access_programs/cyber "daybreak_blue"",
      "access_programs/cyber "daybreak_red"",
      "image/context_compression "auto"",
      "image/context_compression "enabled"",
      "image/context_compression "disabled"",
    ]
  `)
  const policy = readFileSync(new URL('../../../docs/policy.md', import.meta.url), 'utf8')
  for (const { name } of left) expect(policy).toContain(`\`${name.split('/')[0]}\``)
})
