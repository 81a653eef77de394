/*
 * Bundles what the page `pages/try/` runs, and collects the licences of what is in it. The files are committed, as docs/ is: a build of the site
 * runs no bundler, and tests/browser/try-it.test.ts fails until they are in step.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { tryItFiles } from './files.ts'

const folder = new URL('../../pages/try/', import.meta.url)

for (const [name, text] of Object.entries(await tryItFiles()))
  writeFileSync(fileURLToPath(new URL(name, folder)), text)
