import { canonicalLanguage, languageTag, siteAddress } from '../../core/value-kinds.ts'
import { starter } from '../starter.ts'
import type { Claims } from './claims.ts'
import { text, type OldContents } from './generator.ts'

interface Completing {
  readonly contents: OldContents
  readonly claims: Claims
  readonly today: string
  readonly similar: ReadonlySet<string>
}

/** Adds what a site needs to be built and looked at: a configuration, layouts, a home page. */
export function completeSite(
  files: Map<string, string | Uint8Array>,
  { contents, claims, today, similar }: Completing,
): void {
  const begun = starter(today, undefined)
  const take = (path: string) => {
    if (!files.has(path)) files.set(path, begun.get(path)?.text ?? '')
  }
  if (contents.layouts === undefined) {
    for (const path of ['layouts/default.ejs', 'layouts/post.ejs', 'pages/main.css']) take(path)
    if (!claims.has('index.html')) take('pages/index.ejs')
  }
  files.set('imprimatur.config.mjs', configText(contents, similar))
}

function configText({ title, url, lang, description }: OldContents, similar: ReadonlySet<string>): string {
  const address = text(url)?.replace(/[?#].*$/s, '')
  const site = {
    title: title ?? 'My site',
    url: address !== undefined && siteAddress.accepts(address) ? address : 'https://example.org',
    lang: lang !== undefined && languageTag.accepts(lang) ? canonicalLanguage(lang) : 'en',
    ...(description !== undefined && { description }),
  }
  return `/** @type {import('imprimatur').UserConfig} */
export default {
  site: ${JSON.stringify(site, null, 2).replaceAll('\n', '\n  ')},
  dirs: { assets: 'static' },
${
  similar.size === 0
    ? ''
    : `  // Fields of your own, whose names are nearly those of others.
  fields: ${JSON.stringify([...similar])},
`
}  // Links are not checked until this line is gone: take it out, and mend what the build then names.
  build: { elsewhere: ['/'] },
}
`
}
