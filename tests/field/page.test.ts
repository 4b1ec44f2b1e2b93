import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import html from '../../reporters/html.tsx'
import type { Exchange, RunResult } from '../../src/types/index.ts'
import { hostileExchange, hostileRun, largeRun } from '../unit/reporters/large.ts'
import { sampleExchange, sampleRun } from '../unit/reporters/sample.ts'

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const found = existsSync(CHROMIUM)

/** Kept after the run, for a person to look at. */
const SCREENSHOTS = 'results/screenshots'

if (!found) console.warn(`SKIPPED: browser tests of the HTML report, no browser at ${CHROMIUM}`)

describe.skipIf(!found)('the HTML report in a browser', () => {
  let browser: Browser
  let folder: string
  const complaints: string[] = []

  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true })
    folder = mkdtempSync(join(tmpdir(), 'report-'))
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      timeout: 0,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
  })
  afterAll(async () => {
    await browser.close()
    rmSync(folder, { recursive: true })
  })

  function write(
    name: string,
    run: RunResult,
    evidence: (id: string) => Exchange | undefined,
  ): string {
    for (const [file, text] of Object.entries(html.render(run, { evidence }))) {
      const path = join(folder, name, file)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
    return pathToFileURL(join(folder, name, 'report.html')).href
  }

  async function open(url: string, width = 1360, height = 900): Promise<Page> {
    complaints.length = 0
    const page = await browser.newPage({ viewport: { width, height } })
    page.setDefaultTimeout(0)
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('dialog', (dialog) => {
      complaints.push(`a dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(`a request to ${request.url()}`)
    })
    await page.goto(url)
    await page.waitForSelector('html[data-ready]')
    return page
  }

  async function seriousFlaws(page: Page): Promise<readonly string[]> {
    await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'))
    const result = await page.evaluate(() =>
      (
        window as unknown as {
          axe: {
            run(): Promise<{
              violations: { id: string; impact: string; nodes: { html: string }[] }[]
            }>
          }
        }
      ).axe.run(),
    )
    return result.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  }

  const rows = (page: Page): Promise<(string | null)[]> =>
    page
      .locator('#matrix-body tr[data-row]')
      .evaluateAll((all) => all.map((row) => row.getAttribute('data-row')))

  test('it unfolds, filters, sorts and changes its lens without a complaint', async () => {
    const page = await open(write('sample', sampleRun(), sampleExchange))
    expect(await rows(page)).toHaveLength(10)
    await page.click('[data-fold=tool]')
    expect(await rows(page)).toContain('tool/call-id')

    await page.check('[name=failing]')
    expect(await rows(page)).toEqual([
      'basic',
      'basic/matches-schema',
      'structured-output',
      'structured-output/fits',
      'tool',
      'tool/call-id',
      'streaming',
      'streaming/deltas-add-up',
      'streaming/sequence-rises',
      'streaming/terminal-event',
      'errors',
      'errors/envelope',
    ])
    await page.click('.lens label:has([value=own])')
    expect(await rows(page)).not.toContain('errors/envelope')
    expect(await page.locator('#matrix-body tr.total').first().innerText()).toContain('not judged')
    await page.uncheck('[name=failing]')
    await page.fill('[name=text]', 'call_id')
    expect(await rows(page)).toEqual(['tool', 'tool/call-id'])
    await page.fill('[name=text]', '')
    await page.click('.lens label:has([value=openai])')
    await page.selectOption('[name=rows]', 'worst')
    expect((await rows(page))[0]).toBe('streaming')
    await page.selectOption('[name=columns]', 'name')
    expect(await page.locator('#matrix-head .target').allInnerTexts()).toEqual([
      'Acme gateway',
      'Harbor',
      'Lumen (recorded)',
      'Reference',
    ])
    await page.selectOption('[name=feature]', 'errors')
    await page.selectOption('[name=level]', 'should')
    expect(await page.innerText('#told')).toBe('Nothing matches these filters.')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('emulated targets appear nowhere in it', async () => {
    const page = await open(write('sample', sampleRun(), sampleExchange))
    expect(await page.content()).not.toContain('Delta')
    await page.close()
  })

  test('documented columns carry no mark and no word of passing or failing', async () => {
    const page = await open(write('sample', sampleRun(), sampleExchange))
    for (const details of await page.locator('.provider').all())
      await details.evaluate((element) => ((element as HTMLDetailsElement).open = true))
    const text = await page.locator('#documented table, #documented .points').allInnerTexts()
    expect(text.join(' ')).toContain('上游模型支持时可用')
    expect(text.join(' ')).not.toMatch(/[✓✗△▲◐?]|\b(pass|fail)/)
    expect(await page.locator('#documented [class*="m-"]').count()).toBe(0)
    await page.close()
  })

  test('a permalink opens its cell: what is wrong, the guilty event, the command', async () => {
    const url = write('sample', sampleRun(), sampleExchange)
    const page = await open(`${url}#lens=openai&cell=harbor~streaming/deltas-add-up`)
    const drawer = page.locator('#drawer')
    await drawer.locator('.event.guilty').waitFor()
    expect(await drawer.locator('.event.guilty summary').innerText()).toContain(
      'response.completed',
    )
    expect(await drawer.locator('.event.guilty mark').innerText()).toContain('"text"')
    const text = await drawer.innerText()
    for (const part of [
      'The deltas of a text part do not add up',
      'in a fault like this: openai-node 7 went wrong',
      'the final text has a trailing newline',
      '--check streaming/deltas-add-up',
      'Delivery, for information: 8 events, the first after 300 ms',
    ])
      expect(text).toContain(part)
    await page.screenshot({ path: join(SCREENSHOTS, 'drawer.png') })
    expect(await seriousFlaws(page)).toEqual([])
    await page.goto(`${url}#cell=acme~tool/call-id`)
    await page.waitForFunction(() =>
      document.getElementById('drawer-title')?.textContent?.includes('call-id'),
    )
    expect(complaints).toEqual([])
    await page.close()
  })

  test('a failure whose impact nobody measured has a mark of its own', async () => {
    const url = write('sample', sampleRun(), sampleExchange)
    const page = await open(`${url}#lens=openai&cell=harbor~streaming/sequence-rises`)
    const text = await page.innerText('#drawer')
    expect(text).toContain('△ OpenAI: impact not measured')
    expect(text).toContain('not measured: what clients make of a fault like this is unknown')
    expect(text).not.toContain('specification only')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('an address that names nothing is harmless', async () => {
    const url = write('sample', sampleRun(), sampleExchange)
    const page = await open(`${url}#lens=__proto__&cell=nobody~nothing&compare=a~b~c&rows=%00`)
    expect(await rows(page)).toHaveLength(10)
    expect(complaints).toEqual([])
    await page.close()
  })

  test('two columns stand side by side', async () => {
    const page = await open(write('sample', sampleRun(), sampleExchange))
    await page.check('[data-compare="1"]')
    await page.check('[data-compare="2"]')
    expect(await page.locator('#matrix-head .target').allInnerTexts()).toEqual([
      'Harbor',
      'Acme gateway',
    ])
    expect(await rows(page)).toContain('tool/call-id')
    expect(await rows(page)).not.toContain('basic/completes')
    expect(await page.evaluate(() => location.hash)).toContain('compare=harbor%7Eacme')
    await page.click('#stop-comparing')
    expect(await page.locator('#matrix-head .target').count()).toBe(4)
    await page.close()
  })

  test('the keyboard alone is enough', async () => {
    const page = await open(write('sample', sampleRun(), sampleExchange))
    const press = (...keys: readonly string[]): Promise<void> =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
    const at = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement!.closest('tr')?.getAttribute('data-row') ?? null)
    await page.locator('#matrix-body button[tabindex="0"]').focus()
    await press('ArrowRight')
    expect(await rows(page)).toContain('basic/completes')
    await press('ArrowDown', 'ArrowDown')
    expect(await at()).toBe('basic/created-at-is-seconds')
    await press('ArrowRight', 'ArrowDown', 'Enter')
    expect(await page.locator('#drawer').isVisible()).toBe(true)
    expect(await page.innerText('#drawer-title')).toBe('basic/matches-schema')
    await press('Escape')
    expect(await page.locator('#drawer').isVisible()).toBe(false)
    expect(await at()).toBe('basic/matches-schema')
    await press('Home', 'ArrowUp', 'ArrowUp', 'ArrowUp')
    expect(await at()).toBe('basic')
    await press('ArrowLeft', 'ArrowLeft')
    expect(await rows(page)).not.toContain('basic/completes')
    await press('3')
    expect(await page.innerText('#matrix-head .corner')).toBe('By Open Responses')
    await press('n')
    expect(await page.innerText('#drawer-target')).toContain('Harbor')
    await press('Escape', '/')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('text')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('closing a cell puts the focus back at once, and moves it no more', async () => {
    const url = write('sample', sampleRun(), sampleExchange)
    const page = await open(`${url}#cell=harbor~streaming&fold=basic`)
    const focus = await page.evaluate(async () => {
      const drawer = document.querySelector<HTMLDialogElement>('#drawer')!
      const closed = new Promise((done) => drawer.addEventListener('close', done, { once: true }))
      const row = () => document.activeElement!.closest('tr')?.getAttribute('data-row')
      const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })
      drawer.querySelector('button')!.dispatchEvent(escape)
      const atOnce = row()
      document.querySelector<HTMLElement>('tr[data-row="basic/completes"] button')!.focus()
      await closed
      return [atOnce, row(), location.hash.includes('cell=')]
    })
    expect(focus).toEqual(['streaming', 'basic/completes', false])
    expect(complaints).toEqual([])
    await page.close()
  })

  test.each([
    ['light', 1360],
    ['dark', 1360],
    ['light', 390],
    ['dark', 390],
  ] as const)('nothing serious for axe: %s, %i pixels wide', async (theme, width) => {
    const page = await open(write('sample', sampleRun(), sampleExchange), width)
    await page.emulateMedia({ colorScheme: theme })
    await page.click('[data-fold=streaming]')
    for (const details of await page.locator('.provider').all())
      await details.evaluate((element) => ((element as HTMLDetailsElement).open = true))
    expect(await seriousFlaws(page)).toEqual([])
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
      'the page itself does not scroll sideways',
    ).toBe(true)
    await page.screenshot({ path: join(SCREENSHOTS, `${theme}-${width}.png`) })
    await page.close()
  })

  test('whatever a provider sent is shown as text', async () => {
    const url = write('hostile', hostileRun(), hostileExchange)
    const page = await open(url)
    const scripts = await page.locator('script').count()
    for (const cell of ['harbor~streaming/deltas-add-up', 'harbor~basic/matches-schema']) {
      await page.goto(`${url}#cell=${cell}`)
      await page.locator('#drawer .exchange').first().waitFor()
    }
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    // What opening sets off is filled in, and drawn.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    )
    expect(await page.locator('img, iframe, object').count()).toBe(0)
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0)
    expect(await page.locator('script').count()).toBe(scripts)
    expect(await page.evaluate(() => 'polluted' in {})).toBe(false)
    const text = await page.innerText('body')
    expect(['\u0000', '\u001b', '\u009b', '\u202e'].filter((bad) => text.includes(bad))).toEqual([])
    expect(complaints).toEqual([])
    await page.close()
  })

  test('which clients work with whom, in words, with reasons that stay text', async () => {
    const sample = sampleRun()
    const reason = 'at /output <img src=x onerror=alert(1)><script>alert(2)</script> came'
    const run: RunResult = {
      ...sample,
      readiness: sample.readiness!.map((row) =>
        row.target === 'acme' && row.client === 'codex' ? { ...row, reasons: [reason] } : row,
      ),
    }
    const page = await open(write('clients', run, sampleExchange))
    const section = page.locator('#clients')
    expect(await section.locator('thead .target').allInnerTexts()).toEqual([
      'Reference',
      'Harbor',
      'Acme gateway',
    ])
    const lines = await section.locator('tbody tr').allInnerTexts()
    expect(lines.map((line) => line.replaceAll(/\s*\t\s*/g, '\t').trim())).toEqual([
      'Codex CLI 0.169.0\t✓ works\t✗ breaks\t✗ breaks',
      'openai 7 (Node) 7.55.0\t✓ works\t◐ works with limits\t? unknown',
      'LangChain.js with @langchain/openai 1.6.0\t✓ works\t◐ works with limits\tnot judged',
      'opencode 1.18.33\t✓ works\t✓ works\t✗ breaks',
    ])
    const shown = section.getByText(reason)
    expect(await shown.isVisible()).toBe(false)
    await section.locator('tbody tr').first().locator('a').last().focus()
    await page.keyboard.press('Enter')
    await shown.waitFor()
    expect(await section.locator('img, script').count()).toBe(0)
    expect(await seriousFlaws(page)).toEqual([])
    await section.screenshot({ path: join(SCREENSHOTS, 'clients.png') })
    expect(complaints).toEqual([])
    await page.close()

    const { readiness: _, ...without } = sample
    expect(html.render(without, { evidence: sampleExchange })['report.html']).not.toContain(
      'id="clients"',
    )
  })

  test('25 providers and 10 000 verdicts: below 2 MB, and still quick', async () => {
    const run = largeRun(25, 134)
    expect(run.verdicts.length).toBeGreaterThan(10_000)
    const url = write('large', run, sampleExchange)
    const size = readFileSync(new URL(url)).length
    expect(size).toBeLessThan(2_000_000)
    const page = await open(url, 1600)
    const paint = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    )
    await page.screenshot({ path: join(SCREENSHOTS, 'large.png') })
    await page.check('[name=failing]')
    expect((await rows(page)).length).toBeGreaterThan(90)
    await page.screenshot({ path: join(SCREENSHOTS, 'large-failing.png') })
    expect(complaints).toEqual([])
    // For the record; how fast a shared machine is, is no matter of right and wrong.
    console.log(
      `report.html: ${run.verdicts.length} verdicts, ${size} bytes, first paint after ${Math.round(paint ?? NaN)} ms`,
    )
    await page.close()
  })
})
