// The pi command line, one prompt at a time. It has no sandbox: an extension lets nothing run but
// the commands that the prompt asks for.

import { serve } from '../common/serve.mjs'
import { folderOf } from '../common/folder-of.mjs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { COMMANDS, environment, OUTPUTS, run, toolPrompt, withFolders } from '../common/program.mjs'
import { sentence } from '../common/tasks.mjs'

const guard = `export default (pi) => pi.on('tool_call', ({ input }) =>
  ${JSON.stringify(COMMANDS)}.includes(input.command) ? undefined : { block: true, reason: 'not asked for' })`

const settings = ({ baseUrl, model }) => ({
  providers: {
    target: {
      baseUrl,
      apiKey: 'TARGET_API_KEY',
      api: 'openai-responses',
      models: [
        {
          id: model,
          name: model,
          reasoning: true,
          input: ['text'],
          contextWindow: 200_000,
          maxTokens: 8_000,
          cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
        },
      ],
    },
  },
})

const ask = (context, prompt) =>
  withFolders(async ({ home, cwd }) => {
    const extension = join(home, 'guard.js')
    await writeFile(extension, guard)
    await writeFile(join(home, 'settings.json'), JSON.stringify({ retry: { enabled: false } }))
    await writeFile(join(home, 'models.json'), JSON.stringify(settings(context)))
    const { code, events, complaint } = await run(
      process.execPath,
      [
        join(folderOf('@mariozechner/pi-coding-agent'), 'dist', 'cli.js'),
        '-p',
        '--mode',
        'json',
        '--no-session',
        '--extension',
        extension,
        '--provider',
        'target',
        '--model',
        context.model,
        prompt,
      ],
      {
        cwd,
        env: environment(home, {
          PI_CODING_AGENT_DIR: home,
          PI_OFFLINE: '1',
          TARGET_API_KEY: context.apiKey,
        }),
      },
    )
    const messages = events.findLast(({ type }) => type === 'agent_end')?.messages ?? []
    const answer = messages.findLast(({ role }) => role === 'assistant')
    if (code !== 0 || answer === undefined || answer.stopReason === 'error') {
      throw new Error(String(answer?.errorMessage ?? complaint.slice(-300)))
    }
    return { text: textOf(answer), usage: answer.usage.input > 0, messages }
  })

const textOf = ({ content }) =>
  content.flatMap((part) => (part.type === 'text' ? [part.text.trim()] : [])).join('\n')

const scenarios = {
  async 'stream-tools'(context) {
    const { text, usage, messages } = await ask(context, toolPrompt('bash'))
    const results = messages.filter(({ role }) => role === 'toolResult').map(textOf)
    return {
      calls: results.toSorted(),
      told: OUTPUTS.every((one) => text.includes(one)),
      usage,
    }
  },
  async stream(context) {
    const { text, usage } = await ask(context, sentence)
    return { text, usage }
  },
}

// A run takes seconds.
serve(scenarios, { from: '@mariozechner/pi-coding-agent', slowness: 4 })
