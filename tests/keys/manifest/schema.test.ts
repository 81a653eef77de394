import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exportSchema } from '../../../src/keys/manifest/schema.ts'

test('the committed JSON Schema is that of the manifest', () => {
  const committed = readFileSync(new URL('../../../schema/keys.schema.json', import.meta.url), 'utf8')
  expect(committed, 'run: npm run schema').toBe(`${JSON.stringify(exportSchema(), null, 2)}\n`)
})
