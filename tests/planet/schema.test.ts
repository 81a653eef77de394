import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exportSchema } from '../../src/planet/list.ts'

test('the committed JSON Schema is that of the list', () => {
  const committed = readFileSync(new URL('../../schema/planet.schema.json', import.meta.url), 'utf8')
  expect(committed, 'run: npm run schema').toBe(`${JSON.stringify(exportSchema(), null, 2)}\n`)
})
