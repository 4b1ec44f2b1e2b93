import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { dropFiles } from '../mutants.ts'
import { brokenFilesScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'file/refuses-a-file-without-content',
  title: 'A file with neither data nor address nor id is refused',
  kind: 'wire',
  scenario: brokenFilesScenario,
  covers: ['file-requires-one-source'],

  judge: ({ nothing }) =>
    judgeRefusal('nothing', nothing, 'the file has no file_data, file_url or file_id'),

  mutants: [
    {
      story: 'a gateway leaves out files that it cannot make sense of',
      request: (request) =>
        dropFiles(
          request,
          (file) => !['file_data', 'file_url', 'file_id'].some((key) => key in file),
        ),
    },
  ],
})
