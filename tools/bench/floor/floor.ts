import { fileURLToPath } from 'node:url'
import { frontMatter, source } from '../corpus.ts'
import { ejsLayout, handMadeIndex, indexPage } from '../layout.ts'
import type { Program } from '../program.ts'

const script = fileURLToPath(new URL('floor.mjs', import.meta.url))
const dist = fileURLToPath(new URL('../../../dist', import.meta.url))

const layoutFile = 'layouts/default.ejs'

/** A bare loop over the same parts: what of a build is not its own bookkeeping. */
export const floor = (): Program => ({
  name: 'floor',
  version: '(tools/bench/floor)',
  command: [process.execPath, script, dist],
  layout: layoutFile,
  differs: ['no lists'],
  isColdOnly: true,
  *files(posts) {
    yield [layoutFile, template]
    yield ['pages/index.html', frontMatter(indexPage) + handMadeIndex(posts)]
    for (const post of posts) yield [`pages/posts/${post.year}/${post.slug}.md`, source(post)]
  },
})

const template = ejsLayout('<%= page.date %>')
