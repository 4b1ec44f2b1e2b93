// Writes a configuration to start from: valid as it stands, with comments on further options.

import { CONFIG_FILE } from './config-file.ts'
import { DEFAULT_KEY_ENV } from '../../target/resolve-targets.ts'

interface ConfigStarter {
  /** The name of the target. */
  readonly name: string
  /** As an SDK takes it. */
  readonly baseUrl: string
  readonly model: string
  readonly apiKeyEnv?: string
}

export function initConfig({ name, baseUrl, model, apiKeyEnv }: ConfigStarter): string {
  return `# What responses-conformance asks here, and whom. Flags of the command override this file.
#
# Try it:  responses-conformance doctor ${name}
#          responses-conformance plan ${name}
#          responses-conformance run ${name}
#
# This file is found as ${CONFIG_FILE} in the working folder, or named with --config.
# Paths are seen from its folder. No key belongs here: name the variable that holds it.
# yaml-language-server: $schema=./node_modules/responses-conformance/specs/config.schema.json

targets:
  ${name}:
    base-url: ${JSON.stringify(baseUrl)} # as an SDK takes it
    model: ${JSON.stringify(model)}
    api-key-env: ${apiKeyEnv ?? DEFAULT_KEY_ENV} # the environment variable that holds the key
#    contract: ./ours.yaml # your documents ("init" writes a start), or a shipped id ("list providers")
#    vision-model: a-model-that-sees
#    reasoning-model: a-model-that-reasons
#    second-key-env: SECOND_API_KEY # of another account: one account must not see the other's answers
#    headers: { X-Region: eu, X-Team: "\${TEAM_TOKEN}" } # \${NAME} is an environment variable
#    proxy: http://localhost:8080
#    ca: ./ca.pem # further certificate authorities
#    concurrency: 4 # requests in flight
#    rate: 60 # requests per minute
#    deadline: 120 # seconds for one request, to its last byte
#    max-requests: 500 # at the cap the run stops cleanly and says that it is incomplete
#    max-tokens: 200000
#    gate: [openai] # yardsticks that decide the exit code of this target
#    setup: { lacks: [reasoning] } # features and capabilities that are not there, so that they are not asked; model for canned answers
#    fixtures: # what a provider on the internet can fetch; targets on this machine get it by themselves
#      image: { url: "https://example.com/word.png", word: lantern } # the word is drawn in the picture
#      pdf: { url: "https://example.com/word.pdf", word: harbor }

# What is asked. Everything that is on by default, unless given.
#suites: [basic, streaming, tool] # "list suites"
#checks: ["streaming/*"] # globs over the ids of "list checks"
#levels: [must] # must, should, may
#expensive: true # checks that cost many tokens or much time
#attempts: 2 # where a model may decline

# What decides. With a contract the provider's own documents, otherwise OpenAI's.
#gate: [own, openai, open-responses]
#baseline: responses-conformance.baseline.yaml # expected failures, written by "baseline add"

#out: results/latest
#reporters: [terminal, html, junit] # "list reporters"
`
}
