import { folderWith } from '../folder.ts'
import type { Files } from '../tree.ts'

/** A zine of these posts of a site, by their names; a body that begins with `---` has its own front matter. */
export function zineSite(
  posts: Readonly<Record<string, string>>,
  { zine = '', files = {} }: { readonly zine?: string; readonly files?: Files } = {},
): string {
  const pages = Object.entries(posts).map(([name, body]) => {
    const path = name.includes('.') ? name : `${name}.md`
    const text = body.startsWith('---') ? body : `---\ntitle: Post ${name}\ndate: 2026-01-01\n---\n${body}`
    return [`pages/posts/${path}`, text] as const
  })
  return folderWith({
    'imprimatur.config.json': JSON.stringify({
      site: { title: 'A site', url: 'https://example.org', author: { name: 'Ann' } },
    }),
    'pages/index.md': '---\ntitle: Home\n---\n',
    'layouts/default.ejs': '<%- body %>',
    ...Object.fromEntries(pages),
    'zines/01.yaml': `title: A zine\nissue: 1\ndate: 2026-11-21\nposts:\n${pages.map(([path]) => `  - ${path}\n`).join('')}${zine}`,
    ...files,
  })
}

/** One black pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
)
