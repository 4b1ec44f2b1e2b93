import { readFileSync } from 'node:fs'
import { parse } from '/work/wt-fin/node_modules/yaml/dist/index.js'
import { resolveTargets } from '/work/wt-fin/src/target/resolve-targets.ts'
import { askTarget } from '/work/wt-fin/tests/prove.ts'
import { startAimock } from '/work/wt-fin/tests/field/third-party/aimock.ts'
const judged:any = parse(readFileSync('/work/wt-fin/tests/field/third-party/aimock.yaml','utf8'))
const server = await startAimock()
const [target] = resolveTargets([], { baseUrl: server.url, model: 'gpt-x', concurrency: 8 })
const asked = await askTarget({ ...target!, yardsticks: ['openai'] }, {})
const v = (await Promise.all(asked.cases.map((p:any) => asked.decide(p)))).flat()
const failing = new Set(v.filter((r:any)=>r.outcome==='fail').map((r:any)=>r.check))
for (const r of v as any[]) if (r.check in judged ? !failing.has(r.check) : r.outcome==='fail') console.log(r.check, r.outcome, r.level??'', JSON.stringify(r.reason??r.why??r.note??r.doubt??''), JSON.stringify(r.findings?.[0]??'').slice(0,200))
await asked.close(); await server.stop()
