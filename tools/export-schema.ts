import { writeFileSync } from 'node:fs'
import { exportSchema as config } from '../src/config/config-schema.ts'
import { exportSchema as keys } from '../src/keys/manifest/schema.ts'
import { exportSchema as planet } from '../src/planet/list.ts'
import { exportSchema as zine } from '../src/zine/issue/form.ts'

/** Writes the JSON Schemas of what authors write in YAML, for editors: `npm run schema`. A test says when one is out of step. */
for (const [name, schema] of Object.entries({ config, keys, planet, zine })) {
  writeFileSync(
    new URL(`../schema/${name}.schema.json`, import.meta.url),
    `${JSON.stringify(schema(), null, 2)}\n`,
  )
}
