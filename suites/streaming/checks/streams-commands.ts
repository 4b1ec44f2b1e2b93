import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { events, eventType, field, show } from '../../../src/authoring/read.ts'
import type { Finding, StreamEvent } from '../../../src/types/index.ts'
import { hasItemType, isType } from '../stream-rule-check.ts'
import { changeEvents, delayEvents, dropEvents, renumberEvents } from '../mutants.ts'
import { shellStreamScenario } from '../scenarios.ts'

const COMMAND = 'response.shell_call_command'

export default defineCheck({
  id: 'streaming/streams-commands',
  title:
    'The commands of a shell call are added, spelled by their deltas and done, by command_index',
  kind: 'behavioural',
  scenario: shellStreamScenario,
  covers: ['stream-shell-events'],

  judge({ stream }) {
    const all = events(stream)
    const told = all.filter((event) => eventType(event)?.startsWith(COMMAND))
    if (told.length === 0) return notShown('the commands are not streamed')
    const commands = new Map<string, StreamEvent[]>()
    for (const event of told) {
      const key = `${show(field(event.data, '/output_index'))} ${show(field(event.data, '/command_index'))}`
      commands.set(key, [...(commands.get(key) ?? []), event])
    }
    const finished = all
      .filter(isType('response.output_item.done'))
      .filter(hasItemType('shell_call'))
    const late = told.find((event) => finished.some((call) => isBehind(event, call)))
    return verdictOf([
      ...[...commands.values()].flatMap(command),
      ...(late === undefined ? [] : wrong(late, 'no command behind its call', eventType(late)!)),
    ])
  },

  mutants: [
    {
      story: 'the last delta of a command is lost',
      reply: (reply) =>
        changeEvents(reply, `${COMMAND}.done`, (event) => ({ ...event, command: 'ls -l --all' })),
    },
    {
      story: 'a command is spelled without being added',
      reply: (reply) => renumberEvents(dropEvents(reply, `${COMMAND}.added`)),
    },
    {
      story: 'a command is finished when its call is done',
      reply: (reply) => delayEvents(reply, `${COMMAND}.done`),
    },
  ],
})

function isBehind(event: StreamEvent, call: StreamEvent): boolean {
  const index = field(event.data, '/output_index')
  return event.index > call.index && index === field(call.data, '/output_index')
}

function wrong(event: StreamEvent, expected: string, actual: string): readonly Finding[] {
  return [{ step: 'stream', at: `/events/${event.index}`, expected, actual }]
}

/** `added` once, deltas, and `done` once, in this order. */
function command(told: readonly StreamEvent[]): readonly Finding[] {
  const phases = told.map((event) => eventType(event)!.slice(COMMAND.length + 1))
  const last = told.length - 1
  const strange = phases.findIndex((phase, place) => {
    const due = place === 0 ? 'added' : place === last ? 'done' : 'delta'
    return phase !== due
  })
  if (strange !== -1 || last === 0) {
    const expected = `for each command: ${COMMAND}.added once, its deltas, and ${COMMAND}.done once`
    return wrong(told[Math.max(strange, 0)]!, expected, phases.join(', '))
  }
  const spelled = told
    .slice(1, last)
    .map(({ data }) => String(field(data, '/delta') ?? ''))
    .join('')
  const whole = field(told[last]!.data, '/command')
  return spelled === whole
    ? []
    : wrong(told[last]!, `${show(spelled)}, as its deltas spell it`, show(whole))
}
