import { PACKAGE } from '../../config/program-state.ts'
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
  const begun = starter({ today, name: 'site', version: '0.0.0' })
  const isThemed = contents.layouts === undefined
  if (isThemed) {
    for (const [address, path] of [
      ['/', 'pages/index.md'],
      ['/404.html', 'pages/404.md'],
    ] as const)
      if (claims.claim(address, path) === undefined && !files.has(path))
        files.set(path, (begun.get(path)?.text ?? '').replace(/\n<p lang="ru">[^\n]*\n$/, ''))
  }
  const hasStatic = [...files.keys()].some(path => path.startsWith('static/'))
  files.set(
    'imprimatur.config.mjs',
    configText(contents, similar, [
      ...(isThemed ? ["  theme: 'imprimatur',\n"] : []),
      ...(hasStatic ? ["  dirs: { assets: 'static' },\n"] : []),
    ]),
  )
}

function configText(
  { title, url, lang, description }: OldContents,
  similar: ReadonlySet<string>,
  lines: readonly string[],
): string {
  const address = text(url)?.replace(/[?#].*$/s, '')
  const site = {
    title: title ?? 'My site',
    url: address !== undefined && siteAddress.accepts(address) ? address : 'https://example.org',
    lang: lang !== undefined && languageTag.accepts(lang) ? canonicalLanguage(lang) : 'en',
    ...(description !== undefined && { description }),
  }
  return `/** @type {import('${PACKAGE}').UserConfig} */
export default {
  site: ${JSON.stringify(site, null, 2).replaceAll('\n', '\n  ')},
${lines.join('')}${
    similar.size === 0
      ? ''
      : `  // Fields of your own, whose names are nearly those of others.
  fields: ${JSON.stringify([...similar])},
`
  }  // A broken link does not stop a build until this line is gone: mend what the build names, then take it out.
  build: { links: 'warn' },
}
`
}
