/*
 * Says whose package this is, in every text that names it: npm run identity -- --repository https://github.com/ACCOUNT/imprimatur
 * [--name @ACCOUNT/imprimatur] [--author "Name <mail>"] [--homepage https://…] [--published]. Without an option it says what there is.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { faultsOf, rewrite, type Identity } from './launch/identity.ts'
import { filesWithIdentity, identity, readText, root } from './launch/repository.ts'

const { values } = parseArgs({
  options: {
    name: { type: 'string' },
    repository: { type: 'string' },
    homepage: { type: 'string' },
    author: { type: 'string' },
    published: { type: 'boolean' },
  },
})
const { published, ...given } = values
const from = identity()
const to: Identity = { ...from, ...given, isPublished: published ?? from.isPublished }
const faults = faultsOf(to)
for (const fault of faults) console.error(fault)

if (faults.length > 0) process.exitCode = 2
else if (Object.keys(values).length === 0) console.log(to)
else {
  const changed = filesWithIdentity(from).flatMap(path => {
    const before = readText(path)
    const after = rewrite(path, before, from, to)
    return after === before ? [] : [{ path, after }]
  })
  // All are made before one is written: a text that is not as it should be leaves everything as it was.
  for (const { path, after } of changed) writeFileSync(join(root, path), after)
  for (const { path } of changed) console.log(path)
  console.log('Then: npm run build && npm test')
}
