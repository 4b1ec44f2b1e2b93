// Every provider that somebody met in public.

import { answers } from './answers.ts'
import { endings } from './endings.ts'
import { losses } from './losses.ts'
import { parameters } from './parameters.ts'
import { refusals } from './refusals.ts'
import { shapes } from './shapes.ts'
import type { Stories } from './story.ts'
import { streams } from './streams.ts'

export const stories: Stories = {
  ...streams,
  ...endings,
  ...answers,
  ...refusals,
  ...parameters,
  ...losses,
  ...shapes,
}
