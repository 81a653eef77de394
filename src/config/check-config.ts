import { append } from '../core/lists/long-lists.ts'
import { join, relative, resolve } from 'node:path'
import { diagnostic, suggestion } from '../core/diagnostic.ts'
import { reason } from '../core/source.ts'
import type { Diagnostic, ExtendMarkdown, SourceFile, Span } from '../core/types.ts'
import { listOf, text, type Kind } from '../core/value-kinds.ts'
import { extensionFault } from './markdown-extension.ts'
import { ruleFault } from './rule-definition.ts'
import { isFolder } from './site-root.ts'
import { themeKinds, themeNames } from './theme/theme-config.ts'

/** What a configuration file exports, and its text, if there is one. */
export interface WrittenConfig {
  readonly config: unknown
  readonly file?: SourceFile
}

/** By section and key. */
type ConfigSchema = Readonly<Record<string, Readonly<Record<string, Kind>>>>

interface Folders {
  readonly pages: string
  readonly layouts: string
  readonly assets?: string | undefined
  readonly output: string
}

/**
 * Values that cannot be looked at or written down: a BigInt, an object that is in itself, a field whose getter fails. What is made of
 * functions and classes is left alone, for templates.
 */
export function checkForm({ config, file }: WrittenConfig): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const report = (path: readonly string[], what: string) => {
    const hint = 'write text, numbers, true, false, lists and objects of these'
    const place = file ? { file, span: keySpan(file.text, path) } : {}
    const name = path.length === 0 ? 'The configuration' : `“${path.join('.')}”`
    diagnostics.push(diagnostic('config/value', `${name} ${what}`, { hint, ...place }))
  }
  const visit = (value: unknown, path: readonly string[], above: readonly unknown[]) => {
    if (typeof value === 'bigint') return report(path, `is a BigInt, ${value}n`)
    if (typeof value !== 'object' || value === null) return
    if (above.includes(value)) return report(path, 'is in itself')
    if (above.length > DEEPEST) return report(path.slice(0, 2), 'is too deep')
    try {
      const prototype: unknown = Object.getPrototypeOf(value)
      if (prototype !== Object.prototype && prototype !== null && !Array.isArray(value)) return
      for (const [name, field] of Object.entries(value)) visit(field, [...path, name], [...above, value])
    } catch (error) {
      report(path, `cannot be looked at: ${reason(error)}`)
    }
  }
  visit(config, [], [])
  return diagnostics
}

/** No list of a person is that deep. */
const DEEPEST = 200

/** Names that no section has, and values of another kind than the schema wants; what a rule of the configuration lacks. */
export function checkValues({ config, file }: WrittenConfig, schema: ConfigSchema): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  const at = (path: readonly string[]) => (file ? { file, span: keySpan(file.text, path) } : {})
  if (!isRecord(config)) {
    const hint = 'export an object: export default defineConfig({ … })'
    return [diagnostic('config/value', 'The configuration is not an object', { hint, ...at([]) })]
  }
  const unknown = (path: readonly string[], known: readonly string[]) => {
    const key = path.at(-1) ?? ''
    const hint = `${suggestion(key, known)}the keys here are ${known.join(', ')}`
    diagnostics.push(diagnostic('config/key', `“${path.join('.')}” is no key`, { hint, ...at(path) }))
  }
  for (const [section, fields] of Object.entries(config)) {
    if (section === 'markdown') continue
    // For editors.
    if (section === '$schema' && text.accepts(fields)) continue
    if (section === 'fields') {
      if (!fieldNames.accepts(fields)) diagnostics.push(wrongFields(fields, at(['fields'])))
      continue
    }
    if (section === 'theme' && typeof fields === 'string') {
      if (!themeKinds.name.accepts(fields)) diagnostics.push(wrongTheme(fields, at(['theme'])))
      continue
    }
    const kinds = Object.hasOwn(schema, section) ? schema[section] : undefined
    if (!kinds) {
      unknown([section], [...Object.keys(schema), 'fields', 'markdown'])
    } else if (!isRecord(fields)) {
      const hint = `its keys are ${Object.keys(kinds).join(', ')}`
      const message = `“${section}” must be an object`
      diagnostics.push(diagnostic('config/value', message, { hint, ...at([section]) }))
    } else {
      for (const [key, value] of Object.entries(fields)) {
        const kind = Object.hasOwn(kinds, key) ? kinds[key] : undefined
        if (!kind && section !== 'site') unknown([section, key], Object.keys(kinds))
        if (section === 'lint' && key === 'rules' && isRecord(value))
          append(diagnostics, checkRules(value, at))
        if (!kind || value === undefined || kind.accepts(value)) continue
        const message = `“${section}.${key}” is ${JSON.stringify(value)}; it must be ${kind.expected}`
        const why = kind.why?.(value)
        const hint = `${why === undefined ? '' : `${why}${why.endsWith('?') ? '' : ';'} `}correct it, or leave it out for the default`
        diagnostics.push(diagnostic('config/value', message, { hint, ...at([section, key]) }))
      }
    }
  }
  return diagnostics
}

const fieldNames = listOf(text)

const wrongTheme = (name: string, place: Pick<Diagnostic, 'file' | 'span'>) =>
  diagnostic('config/value', `There is no theme “${name}”`, {
    hint: `${suggestion(name, themeNames)}write theme: 'imprimatur', or leave it out and have layouts of your own alone`,
    ...place,
  })

const wrongFields = (fields: unknown, place: Pick<Diagnostic, 'file' | 'span'>) =>
  diagnostic('config/value', `“fields” is ${JSON.stringify(fields)}; it must be ${fieldNames.expected}`, {
    hint: "write, for example, fields: ['craft']",
    ...place,
  })

/** Whether `markdown` can be called. */
export async function checkMarkdown({ config, file }: WrittenConfig): Promise<readonly Diagnostic[]> {
  const extend = isRecord(config) ? config.markdown : undefined
  if (extend === undefined) return []
  const place = file ? { file, span: keySpan(file.text, ['markdown']) } : {}
  const fault =
    typeof extend === 'function'
      ? await extensionFault(extend as ExtendMarkdown)
      : `is ${JSON.stringify(extend)}; it must be a function`
  const hint = 'write, for example, markdown: md => md.use(plugin)'
  return fault === undefined ? [] : [diagnostic('config/value', `“markdown” ${fault}`, { hint, ...place })]
}

function checkRules(
  rules: Readonly<Record<string, unknown>>,
  at: (path: readonly string[]) => Pick<Diagnostic, 'file' | 'span'>,
): readonly Diagnostic[] {
  return Object.entries(rules).flatMap(([code, rule]) => {
    const fault = isRecord(rule) ? ruleFault(code, rule) : undefined
    const hint = 'the page on rules of your own in the manual shows a whole one'
    const place = at(['lint', 'rules', code])
    return fault ? [diagnostic('config/rule', `The rule “${code}” ${fault}`, { hint, ...place })] : []
  })
}

/** The pages must be there, and the output must not lie among the sources, which it would overwrite. Paths are relative to `root`. */
export function checkFolders(root: string, dirs: Folders): readonly Diagnostic[] {
  const wrong = (message: string, hint: string) => [diagnostic('config/dirs', message, { hint })]
  const { pages, output } = dirs
  if (!isFolder(join(root, pages))) {
    return wrong(
      `There is no folder ${pages}/ in ${root}`,
      'run imprimatur init here, name another folder with --root, or set dirs.pages',
    )
  }
  for (const source of [pages, dirs.layouts, dirs.assets]) {
    if (source !== undefined && (inside(root, source, output) || inside(root, output, source))) {
      return wrong(
        `The output folder ${output}/ and the source folder ${source}/ lie one inside the other`,
        'choose an output folder of its own: --output, or dirs.output',
      )
    }
  }
  return []
}

const inside = (root: string, inner: string, outer: string) =>
  !/^\.\.(?:[/\\]|$)/.test(relative(resolve(root, outer), resolve(root, inner)))

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where a nested key is written: each key is sought behind the one before. Good enough to point at. */
function keySpan(source: string, path: readonly string[]): Span {
  let span: Span = [0, 0]
  for (const key of path) {
    const pattern = new RegExp(`(?<![\\w$])(["']?)${key.replace(/[^\w]/g, '\\$&')}\\1\\s*:`, 'g')
    pattern.lastIndex = span[1]
    const found = pattern.exec(source)
    if (!found) return span
    span = [found.index, found.index + key.length + 2 * (found[1]?.length ?? 0)]
  }
  return span
}
