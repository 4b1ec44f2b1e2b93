// The GitHub Copilot command line with a provider of one's own, one prompt at a time. It may run
// `echo`, and nothing else.

import { serve } from '../common/serve.mjs'
import { folderOf } from '../common/folder-of.mjs'
import { join } from 'node:path'
import { environment, machine, OUTPUTS, run, toolPrompt, withFolders } from '../common/program.mjs'
import { sentence } from '../common/tasks.mjs'

const ask = ({ baseUrl, apiKey, model }, prompt) =>
  withFolders(async ({ home, cwd }) => {
    const program = join(folderOf('@github/copilot'), '..', `copilot-${machine}`, 'copilot')
    const { code, events, complaint } = await run(
      program,
      ['-p', prompt, '--allow-tool', 'shell(echo)', '--no-color', '--output-format', 'json'],
      {
        cwd,
        env: environment(home, {
          COPILOT_HOME: home,
          COPILOT_OFFLINE: 'true',
          COPILOT_AUTO_UPDATE: 'false',
          COPILOT_PROVIDER_BASE_URL: baseUrl,
          COPILOT_PROVIDER_API_KEY: apiKey,
          COPILOT_PROVIDER_WIRE_API: 'responses',
          COPILOT_MODEL: model,
        }),
      },
    )
    const of = (type) => events.filter((event) => event.type === type).map(({ data }) => data)
    const [failure] = of('session.error')
    if (code !== 0 || failure !== undefined) {
      throw new Error(String(failure?.message ?? complaint.slice(-300)))
    }
    return {
      text: (of('assistant.message').at(-1)?.content ?? '').trim(),
      calls: of('tool.execution_complete').map(({ result }) => firstLine(result?.content)),
    }
  })

const firstLine = (text = '') => text.trim().split('\n')[0]

const scenarios = {
  async 'stream-tools'(context) {
    const { text, calls } = await ask(context, toolPrompt('bash'))
    return { calls: calls.toSorted(), told: OUTPUTS.every((one) => text.includes(one)) }
  },
  async stream(context) {
    const { text } = await ask(context, sentence)
    return { text }
  },
}

// A run takes seconds, and twenty more when requests fail: it asks up to six times.
serve(scenarios, { from: '@github/copilot', slowness: 10 })
