import { defineCheck, mapBody, mapObjects } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { brokenFilesScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'file/refuses-a-file-without-a-name',
  title: 'File data without a filename is refused',
  kind: 'wire',
  scenario: brokenFilesScenario,
  covers: ['file-data-needs-filename'],

  judge: ({ unnamed }) => judgeRefusal('unnamed', unnamed, 'file_data comes without a filename'),

  mutants: [
    {
      story: 'a gateway makes up a name for a file that has none',
      request: (request) =>
        mapBody(request, (body) =>
          mapObjects(body, (object) =>
            object['type'] === 'input_file' ? { filename: 'file', ...object } : object,
          ),
        ),
    },
  ],
})
