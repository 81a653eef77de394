import type { Config } from '../../config/config.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import { languageOf } from '../../document/language.ts'
import type { ParsedPages } from '../cache/parsed-pages.ts'
import { isHeldBack } from './publication.ts'

/** That a build which is to set typography, or to fail for it, has no rules for some pages: said once, whatever their number. */
export function unruledPages(
  { build, dirs }: Config,
  { known }: Pick<ParsedPages, 'known'>,
): readonly Diagnostic[] {
  const languages = new Set<string>()
  const paths: string[] = []
  for (const [path, { value }] of known) {
    if (!value || isHeldBack(value)) continue
    const { lang, typography = build.typography } = value.page
    if ((typography !== 'fix' && typography !== 'error') || languageOf(lang)) continue
    languages.add(lang)
    paths.push(path)
  }
  const [path] = paths
  if (path === undefined) return []
  const names = [...languages].toSorted().join(', ')
  const pages = paths.length === 1 ? 'one page is' : `${paths.length} pages are`
  const message = `No rule knows the language of some text (${names}): ${pages} published as written`
  const hint =
    'typography: off in their front matter, or in _defaults.yaml of their folder, says that this is meant'
  return [diagnostic('lint/no-rules', message, { hint, file: { path: `${dirs.pages}/${path}`, text: '' } })]
}
