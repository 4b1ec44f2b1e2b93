// Every provider that somebody met in public.

import { answers } from './answers.ts'
import { losses } from './losses.ts'
import { refusals } from './refusals.ts'
import { shapes } from './shapes.ts'
import type { Stories } from './story.ts'
import { streams } from './streams.ts'

export const stories: Stories = { ...streams, ...answers, ...refusals, ...losses, ...shapes }
