import { defineCheck, mapBody, mapObjects } from '../../../src/authoring/define.ts'
import { isObject } from '../../../src/authoring/read.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { brokenImagesScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'image/refuses-the-chat-form',
  title: 'image_url as an object, the form of Chat Completions, is refused',
  kind: 'wire',
  scenario: brokenImagesScenario,
  covers: ['image-url-is-string'],

  judge: ({ chatForm }) =>
    judgeRefusal('chatForm', chatForm, 'image_url is an object, not a string'),

  mutants: [
    {
      story: 'an adapter hands the parts on to a Chat Completions backend without looking',
      request: (request) =>
        mapBody(request, (body) =>
          mapObjects(body, (object) =>
            isObject(object['image_url'])
              ? { ...object, image_url: object['image_url']['url'] ?? null }
              : object,
          ),
        ),
    },
  ],
})
