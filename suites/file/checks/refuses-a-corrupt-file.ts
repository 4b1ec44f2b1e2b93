import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { dropFiles } from '../mutants.ts'
import { brokenFilesScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'file/refuses-a-corrupt-file',
  title: 'File data that cannot be decoded is refused',
  kind: 'wire',
  scenario: brokenFilesScenario,
  covers: ['file-bad-base64'],

  judge: ({ garbage }) => judgeRefusal('garbage', garbage, '"@@@@" is not base64'),

  mutants: [
    {
      story: 'a gateway leaves out files that it cannot decode and lets the model answer',
      request: (request) =>
        dropFiles(request, (file) => String(file['file_data']).endsWith('@@@@')),
    },
  ],
})
