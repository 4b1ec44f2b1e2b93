import { lawCheck, speaksOf } from '../law.ts'
import { changing, renumbered } from '../mutants.ts'
import { reasoning } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/names-raw-reasoning',
  title: 'Raw reasoning is called response.reasoning.delta and .done',
  laws: ['reasoning-text', 'reasoning-name-open-responses'],
  covers: ['stream-reasoning-text-open-responses'],
  only: ['open-responses'],
  about: speaksOf('reasoning_text', 'reasoning.'),

  mutant: {
    story: 'the names of OpenAI are used',
    on: reasoning,
    dialect: 'open-responses',
    reply: (reply) =>
      renumbered(
        changing(reply, 'response.reasoning_summary_part.added', (event) => [
          {
            type: 'response.reasoning_text.delta',
            item_id: event['item_id'] ?? '',
            output_index: event['output_index'] ?? 0,
            content_index: 0,
            delta: 'Hm.',
          },
          event,
        ]),
      ),
  },
})
