import { defineScenario } from '../../src/authoring/define.ts'
import type { JsonObject, Kit, WireRequest } from '../../src/types/index.ts'

function use(kit: Kit, text: string, tool: JsonObject, more: JsonObject = {}): WireRequest {
  return kit.ask(text, { tools: [tool], tool_choice: 'required', ...more })
}

export const webSearch = defineScenario({
  id: 'hosted-tools/web-search',
  title: 'A search of the web',
  hinges: ['request /tools/*/type = web_search'],
  tier: 'feature',
  needs: ['hosted-tools'],
  steps: {
    ask: {
      request: (kit) =>
        use(kit, 'Search the web for the height of Mont Blanc.', { type: 'web_search' }),
      expect: 'success',
    },
  },
})

export const code = defineScenario({
  id: 'hosted-tools/code',
  title: 'A program that the provider runs',
  hinges: ['request /tools/*/type = code_interpreter'],
  tier: 'feature',
  needs: ['hosted-tools', 'expensive'],
  steps: {
    ask: {
      request: (kit) =>
        use(
          kit,
          'Use Python to print 2 + 2.',
          { type: 'code_interpreter', container: { type: 'auto' } },
          { include: ['code_interpreter_call.outputs'] },
        ),
      expect: 'success',
    },
  },
})

export const picture = defineScenario({
  id: 'hosted-tools/picture',
  title: 'A picture that the provider draws',
  hinges: ['request /tools/*/type = image_generation'],
  tier: 'feature',
  needs: ['hosted-tools', 'expensive'],
  steps: {
    ask: {
      request: (kit) =>
        use(kit, 'Draw a red circle on white ground.', {
          type: 'image_generation',
          quality: 'low',
          size: '1024x1024',
        }),
      expect: 'success',
    },
  },
})
