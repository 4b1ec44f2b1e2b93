// The page's script: the text of these functions, none of which uses anything but its arguments.

import { formatCurlCommand } from '../../common/curl.ts'
import { createEvidence } from './evidence.ts'
import { createGrid } from './grid.ts'
import { createRowView } from './row.ts'
import { createDrawerView } from './drawer.ts'
import { createExchangeView, showInvisible } from './exchange.ts'
import { createCopyButton, createMake } from './make.ts'
import { createModel } from './model.ts'
import { startPage } from './start.ts'
import { placeHashOf, readPlace } from './state.ts'
import { createTableView } from './table.ts'

const parts = {
  copyButton: createCopyButton,
  createEvidence,
  createGrid,
  createMake,
  createModel,
  curlCommand: formatCurlCommand,
  drawerView: createDrawerView,
  exchangeView: createExchangeView,
  placeHash: placeHashOf,
  readPlace,
  rowView: createRowView,
  tableView: createTableView,
  visible: showInvisible,
}

export type Parts = typeof parts

// After the first paint: the page shows its matrix without any script.
export const pageScript = `'use strict'
const start = ${startPage}
const parts = {
${Object.entries(parts)
  .map(([name, part]) => `${name}: ${part}`)
  .join(',\n')}
}
requestAnimationFrame(() => setTimeout(() => start(parts)))
`
