import {
  defineCheck,
  mapObjects,
  mapResponse,
  notShown,
  verdictOf,
} from '../../../src/authoring/define.ts'
import { field, isObject, show } from '../../../src/authoring/read.ts'
import type { Finding, Json } from '../../../src/types/index.ts'
import { readItemsAt } from '../../common/answers.ts'
import { webSearchScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'hosted-tools/cites-inside-the-text',
  title: 'A url_citation has an address, a title and indices inside the text',
  kind: 'wire',
  scenario: webSearchScenario,
  covers: ['tool-web-search'],

  judge({ ask }) {
    const findings: Finding[] = []
    let seen = 0
    for (const { value: item, at } of readItemsAt(ask, 'message')) {
      const parts = Array.isArray(item['content']) ? (item['content'] as readonly Json[]) : []
      for (const [index, part] of parts.entries()) {
        const text = field(part, '/text')
        const length = typeof text === 'string' ? text.length : 0
        const cited = field(part, '/annotations')
        for (const [place, note] of (Array.isArray(cited)
          ? (cited as readonly Json[])
          : []
        ).entries()) {
          if (!isObject(note) || note['type'] !== 'url_citation') continue
          seen++
          const [from, to] = [Number(note['start_index']), Number(note['end_index'])]
          const isInside = from >= 0 && from <= to && to <= length
          const isNamed =
            URL.canParse(String(note['url'])) &&
            typeof note['title'] === 'string' &&
            note['title'] !== ''
          if (isInside && isNamed) continue
          findings.push({
            step: 'ask',
            at: `${at}/content/${index}/annotations/${place}`,
            expected: `an address, a title and 0 <= start_index <= end_index <= ${length}, the length of the text`,
            actual: show(note),
          })
        }
      }
    }
    return seen === 0 ? notShown('the answer cites nothing') : verdictOf(findings)
  },

  mutants: [
    {
      story: 'a gateway rewrites the text and leaves the indices of the citations',
      reply: (reply) =>
        mapResponse(reply, (body) =>
          mapObjects(body, (object) =>
            object['type'] === 'url_citation' ? { ...object, end_index: 100_000 } : object,
          ),
        ),
    },
    {
      story: 'a gateway makes citations of an upstream that names its sources elsewhere',
      reply: (reply) =>
        mapResponse(reply, (body) =>
          mapObjects(body, (object) =>
            object['type'] === 'url_citation' ? { ...object, url: '', title: '' } : object,
          ),
        ),
    },
  ],
})
