// What a user's own repository may add: a sentence, a check that rests on it, and a reporter.

import {
  defineCheck,
  defineScenario,
  holds,
  mapResponse,
  violated,
} from 'responses-conformance/define'
import { response, responseAt, show } from 'responses-conformance/read'

export const requirements = [
  {
    id: 'ours-names-the-model',
    tier: 'core',
    level: { own: 'must', openai: 'must' },
    statement: 'Our gateway answers with the name of the model that was asked.',
    sources: [{ title: 'Our handbook', url: 'https://example.com/handbook' }],
  },
]

const hello = defineScenario({
  id: 'ours/hello',
  title: 'A greeting',
  apiPaths: [],
  tier: 'core',
  steps: {
    ask: {
      request: (builder) => builder.createRequest('Reply with exactly: hello'),
      expect: 'success',
    },
  },
})

const namesTheModel = defineCheck({
  id: 'ours/names-the-model',
  title: 'model is the one that was asked',
  kind: 'wire',
  scenario: hello,
  covers: ['ours-names-the-model'],
  judge({ ask }) {
    const model = response(ask)?.['model']
    const asked = ask.request.body.json.model
    if (model === asked) return holds
    const at = `${responseAt(ask)}/model`
    return violated({ step: 'ask', at, expected: show(asked), actual: show(model) })
  },
  mutants: [
    {
      story: 'a gateway answers with the name of its upstream',
      reply: (reply) => mapResponse(reply, (body) => ({ ...body, model: 'upstream' })),
    },
  ],
})

const ids = {
  name: 'passed-ids',
  title: 'passed.txt: ids of the checks that passed',
  render: (run) => ({
    'passed.txt': run.verdicts
      .filter(({ outcome }) => outcome === 'pass')
      .map(({ check }) => `${check}\n`)
      .join(''),
  }),
}

export default [namesTheModel, ids]
