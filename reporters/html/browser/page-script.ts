// The page's script: the text of these functions, none of which uses anything but its arguments.

import { curlCommand } from '../../common/curl.ts'
import { createEvidence } from './evidence.ts'
import { createGrid } from './grid.ts'
import { rowView } from './row.ts'
import { drawerView } from './drawer.ts'
import { exchangeView, visible } from './exchange.ts'
import { copyButton, createMake } from './make.ts'
import { createModel } from './model.ts'
import { start } from './start.ts'
import { placeHash, readPlace } from './state.ts'
import { tableView } from './table.ts'

const parts = {
  copyButton,
  createEvidence,
  createGrid,
  createMake,
  createModel,
  curlCommand,
  drawerView,
  exchangeView,
  placeHash,
  readPlace,
  rowView,
  tableView,
  visible,
}

export type Parts = typeof parts

// After the first paint: the page shows its matrix without any script.
export const pageScript = `'use strict'
const start = ${start}
const parts = {
${Object.entries(parts)
  .map(([name, part]) => `${name}: ${part}`)
  .join(',\n')}
}
requestAnimationFrame(() => setTimeout(() => start(parts)))
`
