import { defineCheck, moot, verdictOf } from '../../../src/define.ts'
import { events, eventType, field, show } from '../../../src/read.ts'
import type { Finding, Json, StreamEvent } from '../../../src/types.ts'
import { changing } from '../mutants.ts'
import { shell } from '../scenarios.ts'

const COMMAND = 'response.shell_call_command'

export default defineCheck({
  id: 'streaming/streams-commands',
  title:
    'The commands of a shell call are added, spelled by their deltas and done, by command_index',
  kind: 'behavioural',
  scenario: shell,
  covers: ['stream-shell-events'],

  judge({ stream }) {
    const told = events(stream).filter((event) => eventType(event)?.startsWith(COMMAND))
    if (told.length === 0) return moot('the commands are not streamed')
    const commands = new Map<Json | undefined, StreamEvent[]>()
    for (const event of told) {
      const key = field(event.data, '/command_index')
      commands.set(key, [...(commands.get(key) ?? []), event])
    }
    return verdictOf([...commands.values()].flatMap(command))
  },

  mutant: {
    story: 'the last delta of a command is lost',
    reply: (reply) =>
      changing(reply, `${COMMAND}.done`, (event) => ({ ...event, command: 'ls -l --all' })),
  },
})

function command(told: readonly StreamEvent[]): readonly Finding[] {
  const of = (phase: string) => told.filter((event) => eventType(event) === `${COMMAND}.${phase}`)
  const [first] = told
  const [done] = of('done')
  const wrong = (event: StreamEvent | undefined, expected: string, actual: string): Finding[] => [
    { step: 'stream', at: `/events/${event?.index ?? 0}`, expected, actual },
  ]
  if (first !== of('added')[0]) {
    return wrong(first, `${COMMAND}.added first`, (first && eventType(first)) ?? '')
  }
  if (done === undefined || of('done').length > 1) {
    return wrong(first, `one ${COMMAND}.done for each command`, String(of('done').length))
  }
  const spelled = of('delta')
    .map(({ data }) => String(field(data, '/delta') ?? ''))
    .join('')
  const whole = field(done.data, '/command')
  return spelled === whole
    ? []
    : wrong(done, `${show(spelled)}, as its deltas spell it`, show(whole))
}
