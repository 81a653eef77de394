import { writeFileSync } from 'node:fs'
import { exportSchema } from '../src/keys/manifest/schema.ts'

/** Writes the JSON Schema of the manifest, for editors: `npm run schema`. A test says when it is out of step. */
writeFileSync(
  new URL('../schema/keys.schema.json', import.meta.url),
  `${JSON.stringify(exportSchema(), null, 2)}\n`,
)
