import { defineScenario } from '../../src/authoring/define.ts'
import { buildOffer, requireCall } from '../tool/scenarios.ts'
import type { JsonObject, RequestBuilder, WireRequest } from '../../src/types/index.ts'

function use(
  builder: RequestBuilder,
  text: string,
  tool: JsonObject,
  more: JsonObject = {},
): WireRequest {
  return builder.createRequest(text, { tools: [tool], tool_choice: 'required', ...more })
}

/** A call is required of a plain function as well: who drops the choice says nothing of searches. */
export const webSearchScenario = defineScenario<'plain' | 'ask'>({
  id: 'hosted-tools/web-search',
  title: 'A search of the web',
  apiPaths: ['request /tools/*/type = web_search'],
  tier: 'feature',
  needs: ['hosted-tools'],
  steps: {
    plain: { ...buildOffer(requireCall), expect: 'either' },
    ask: {
      request: (builder) =>
        use(builder, 'Search the web for the height of Mont Blanc.', { type: 'web_search' }),
      expect: 'success',
    },
  },
})

export const codeInterpreterScenario = defineScenario({
  id: 'hosted-tools/code',
  title: 'A program that the provider runs',
  apiPaths: ['request /tools/*/type = code_interpreter'],
  tier: 'feature',
  needs: ['hosted-tools', 'expensive'],
  steps: {
    ask: {
      request: (builder) =>
        use(
          builder,
          'Use Python to print 2 + 2.',
          { type: 'code_interpreter', container: { type: 'auto' } },
          { include: ['code_interpreter_call.outputs'] },
        ),
      expect: 'success',
    },
  },
})

export const imageGenerationScenario = defineScenario({
  id: 'hosted-tools/picture',
  title: 'A picture that the provider draws',
  apiPaths: ['request /tools/*/type = image_generation'],
  tier: 'feature',
  needs: ['hosted-tools', 'expensive'],
  steps: {
    ask: {
      request: (builder) =>
        use(builder, 'Draw a red circle on white ground.', {
          type: 'image_generation',
          quality: 'low',
          size: '1024x1024',
        }),
      expect: 'success',
    },
  },
})
