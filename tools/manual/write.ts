/* Writes the parts of the manual that are made of the sources: `npm run manual`. tests/manual.test.ts says when one is out of step. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { manualBlocks } from './blocks.ts'
import { manualPages } from './pages.ts'

const pages = await manualPages(fileURLToPath(new URL('../../pages', import.meta.url)), await manualBlocks())
for (const { file, text, fresh } of pages) if (fresh !== text) writeFileSync(file, fresh)
