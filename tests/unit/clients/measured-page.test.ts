// The page of what was measured is what stands in specs/clients.

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../../src/base/package-root.ts'
import { renderMeasuredClients } from '../../measure/clients-page.ts'

test('the page of the measured clients is up to date', async () => {
  await expect(renderMeasuredClients()).toMatchFileSnapshot(
    join(packageRoot, 'docs', 'clients-measured.md'),
  )
})
