import { loadConfig } from '../../src/config/config.ts'
import type { Diagnostic } from '../../src/core/types.ts'
import { listSources } from '../../src/document/find-sources.ts'
import { createParsedPages } from '../../src/build/cache/parsed-pages.ts'
import { prepareSite } from '../../src/build/prepare-site.ts'
import type { TextSetter } from '../../src/build/render/typography.ts'
import { arrangePages } from '../../src/build/steps/arrange-pages.ts'
import { position } from '../../src/core/source.ts'
import { folderWith } from '../folder.ts'
import { type Files } from '../tree.ts'

/** A finding as tests expect it: `code file:line:column`. */
export function place({ code, file, span }: Diagnostic): string {
  const at = file && span ? Object.values(position(file.text, span[0])) : []
  return [code, [file?.path, ...at].filter(Boolean).join(':')].filter(Boolean).join(' ')
}

export interface BuiltSite {
  /** Output path -> text. */
  readonly output: Readonly<Record<string, string>>
  readonly findings: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
  readonly unpublished: number
}

/** Layouts that add nothing, so that a test sees the body alone. */
export const bare = {
  'layouts/default.ejs': '<%- body %>',
  'imprimatur.config.json': '{ "build": { "extras": false } }',
}

/** Builds a site in memory, one thread, on 1 June 2026. */
export async function builtSite(files: Files): Promise<BuiltSite> {
  const root = folderWith({ ...bare, ...files })
  const { value: config, diagnostics: wrong } = await loadConfig(root)
  const empty = { output: {}, unpublished: 0 }
  if (!config) return { ...empty, ...withPlaces(wrong) }
  const { value: sources, diagnostics: unread } = listSources(config)
  if (!sources) return { ...empty, ...withPlaces(unread) }
  const now = Date.UTC(2026, 5, 1)
  const input = { config, now, sources, parsed: createParsedPages(), keys: undefined }
  const { value, diagnostics } = arrangePages(input)
  if (!value) return { ...empty, ...withPlaces(diagnostics) }
  const typography: TextSetter = { setPage: file => ({ file }), setText: text => text }
  const prepared = prepareSite({ config, ...value, keys: undefined, typography })
  const output: Record<string, string> = {}
  const found = [...diagnostics]
  for (const [path, file] of prepared.output) {
    const { value: contents, diagnostics: failed } = file.contents()
    found.push(...failed)
    if (contents !== undefined) output[path] = Buffer.from(contents as string).toString('utf8')
  }
  return { output, unpublished: value.arrangement.heldBack.length, ...withPlaces(found) }
}

const withPlaces = (diagnostics: readonly Diagnostic[]) => ({ diagnostics, findings: diagnostics.map(place) })

/** The HTML of one Markdown page. */
export async function html(markdown: string, files: Files = {}): Promise<string> {
  const { output, findings } = await builtSite({ ...files, 'pages/index.md': markdown })
  if (findings.length > 0) throw new Error(findings.join('\n'))
  return output['index.html'] ?? ''
}

/** What a template makes of a page; the template is the page itself. */
export async function ejs(template: string, files: Files = {}): Promise<string> {
  const { output, diagnostics } = await builtSite({ ...files, 'pages/index.ejs': template })
  if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return output['index.html'] ?? ''
}
