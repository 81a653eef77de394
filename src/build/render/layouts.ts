import { readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Config } from '../../config/config.ts'
import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import type { SourceFile } from '../../core/types.ts'
import { isPresent, readSource } from '../../core/read-file.ts'
import { builtInLayouts, PLAIN } from './built-in-layouts.ts'
import { readDocument } from '../../document/document.ts'
import { checkFields } from '../../document/front-matter.ts'
import { fieldAt } from '../../document/place/folder-defaults.ts'
import { partsIn, partSource } from '../../theme/parts.ts'
import { compileTemplate, TemplateFailure, type Template } from './ejs.ts'

export interface CompiledLayout {
  readonly template: Template
  /** The layout around this one. */
  readonly outer: string
}

export interface Layouts {
  /** Throws a TemplateFailure when it is missing or not valid; `asker` is the page or layout that names it. */
  layout(name: string, namedBy: string): CompiledLayout
  /** A partial: sought in the layouts folder, then beside it, then in the theme, then among those built in. */
  partial(name: string): Template
  /** Reads them anew when they are next needed. */
  forget(): void
}

/** Reads and compiles layouts and partials when they are first needed. */
export function createLayouts(
  { root, dirs, siteCode, theme }: Config,
  builtIn: Readonly<Record<string, string>> = {},
): Layouts {
  const layouts = new Map<string, CompiledLayout>()
  const partials = new Map<string, Template>()

  /** Templates of the site's own are code. */
  const isThere = (path: string | undefined): path is string =>
    siteCode === 'run' && path !== undefined && isPresent(join(root, path))

  /** The template of the site's own at the first of these places, or the theme's. */
  function find(paths: readonly (string | undefined)[], name: string): SourceFile | undefined {
    const path = paths.find(isThere)
    if (path === undefined) return theme && themeTemplate(name)
    const { value: file, diagnostics } = readSource(root, path)
    if (!file) throw new TemplateFailure(diagnostics[0]!)
    return file
  }

  function compile(file: SourceFile): CompiledLayout {
    const document = readDocument(file)
    const [wrong] = checkFields(document)
    if (wrong) throw new TemplateFailure(wrong)
    const { layout } = document.frontMatter.fields
    const outer = typeof layout === 'string' ? layout : 'none'
    return { template: compileTemplate(file, document.bodyStart), outer }
  }

  /** A site without a default layout gets a plain page around it. */
  function compileBuiltIn(name: string, text: string): CompiledLayout {
    const { template, outer } = compile({ path: `${name} (built in)`, text })
    if (outer === 'none' || find([layoutPath(dirs, outer)], outer)) return { template, outer }
    layouts.set(PLAIN, compile({ path: 'plain (built in)', text: PLAIN }))
    return { template, outer: PLAIN }
  }

  return {
    layout(name, asker) {
      let layout = layouts.get(name)
      if (!layout) {
        const file = find([layoutPath(dirs, name)], name)
        const builtIn = builtInLayouts.get(name)
        if (file) layout = compile(file)
        else if (builtIn !== undefined) layout = compileBuiltIn(name, builtIn)
        else if (siteCode === 'none') layout = compile({ path: 'plain (built in)', text: PLAIN })
        else throw missingLayout({ root, dirs, theme }, name, asker)
        layouts.set(name, layout)
      }
      return layout
    },
    partial(name) {
      let template = partials.get(name)
      if (!template) {
        const text = builtIn[name]
        const file =
          find(partialPaths(dirs, name), name) ??
          (text === undefined ? undefined : { path: `${name} (built in)`, text })
        if (!file) throw missingPartial({ root, dirs, theme }, name)
        partials.set(name, (template = compile(file).template))
      }
      return template
    },
    forget() {
      layouts.clear()
      partials.clear()
    },
  }
}

/** Where the layout of this name would be, relative to the root; undefined when the name leads out of its folder. */
export const layoutPath = ({ layouts }: Pick<Config['dirs'], 'layouts'>, name: string): string | undefined =>
  inside(layouts, name)

const partialFolders = ({ layouts }: Pick<Config['dirs'], 'layouts'>) => [layouts, posix.dirname(layouts)]

/** Where a partial of this name is looked for, the first place first. */
export const partialPaths = (dirs: Pick<Config['dirs'], 'layouts'>, name: string): readonly string[] =>
  partialFolders(dirs).flatMap(dir => inside(dir, name) ?? [])

/** `post` in `layouts` -> `layouts/post.ejs`; nothing when the name leads out of the folder. */
function inside(dir: string, name: string): string | undefined {
  const path = posix.join(dir, /\.(?:ejs|html|svg|xml|txt)$/.test(name) ? name : `${name}.ejs`)
  return dir === '.'
    ? path.startsWith('..')
      ? undefined
      : path
    : path.startsWith(`${dir}/`)
      ? path
      : undefined
}

/** The theme's template of this name. */
function themeTemplate(name: string): SourceFile | undefined {
  const part = inside('layouts', name)
  return part === undefined ? undefined : partSource(part)
}

/** The names of the theme's templates directly in a folder. */
export const themeTemplatesIn = (folder: 'layouts' | 'layouts/partials'): readonly string[] =>
  partsIn('layouts').flatMap(part =>
    posix.dirname(part) === folder && part.endsWith('.ejs') ? [posix.basename(part, '.ejs')] : [],
  )

type Searched = Pick<Config, 'root' | 'dirs' | 'theme'>

function missingLayout({ root, dirs, theme }: Searched, name: string, asker: string): TemplateFailure {
  const dir = dirs.layouts
  const own = templatesIn(join(root, dir))
  const there = [...new Set([...own, ...(theme ? themeTemplatesIn('layouts') : [])])]
  const where = theme ? 'the site and its theme have' : `${dir}/ has`
  const has = there.length > 0 ? `${where} ${there.join(', ')}` : `${dir}/ has no layouts yet`
  const hint = `${suggestion(name, there)}${has}; layout: none writes the page without one`
  return new TemplateFailure(
    diagnostic('template/missing', `There is no layout “${name}” (${dir}/${name}.ejs)`, {
      hint,
      ...fieldAt(root, asker, 'layout'),
    }),
  )
}

function missingPartial({ root, dirs, theme }: Searched, name: string): TemplateFailure {
  const places = partialFolders(dirs)
  const there = [
    ...places.flatMap(dir => [dir, `${dir}/partials`].flatMap(each => templatesIn(join(root, each)))),
    ...(theme ? themeTemplatesIn('layouts/partials') : []),
  ]
  const base = posix.basename(name)
  const hint = `${suggestion(base, there)}it is sought as ${places.map(dir => posix.join(dir, `${name}.ejs`)).join(', then ')}`
  return new TemplateFailure(diagnostic('template/missing', `There is no partial “${name}”`, { hint }))
}

/** The names of the templates in a folder, in order; none when it cannot be read. */
export function templatesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir)
      .filter(name => name.endsWith('.ejs'))
      .map(name => name.slice(0, -4))
      .toSorted()
  } catch {
    return []
  }
}
