import { baseStyle, capabilityStyle, controlStyle, narrowStyle, tableStyle } from '../html/style.ts'

export const siteStyle: string = `${baseStyle}${tableStyle}${capabilityStyle}${controlStyle}
nav { padding: 12px 0; display: flex; gap: 16px; flex-wrap: wrap; font-size: 14px }
.old > * { color: var(--quiet) } .old .tag { filter: grayscale(1) }
.plain-table td .tag { text-decoration: none } .plain-table .breaks { overflow-wrap: anywhere; min-width: 22ch } .reply { font-size: 13px; color: var(--quiet); max-width: 60ch }
${narrowStyle}`
