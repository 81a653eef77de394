import { join, relative } from 'node:path'
import { isPresent } from '../core/read-file.ts'
import { builtInLayouts } from '../build/render/built-in-layouts.ts'
import { layoutPath, partialPaths, templatesIn, themeTemplatesIn } from '../build/render/layouts.ts'
import type { Config } from '../config/config.ts'
import { readDocument } from '../document/document.ts'
import { partFile } from '../theme/parts.ts'
import type { OpenText } from './actions/code-actions.ts'

/** `include('name'` of EJS. */
const INCLUDE = /\binclude\(\s*(['"`])([^'"`\n]*)\1/dg

/** The file of the layout or partial that is named at an offset, relative to the root. */
export function templateAt({ file, workspace: { config } }: OpenText, at: number): string | undefined {
  const isThere = (path: string | undefined) => path !== undefined && isPresent(join(config.root, path))
  const themed = (name: string) => {
    const part = config.theme && partFile(`layouts/${name}.ejs`)
    return part === undefined ? undefined : relative(config.root, part)
  }
  const { frontMatter } = readDocument(file)
  const { layout } = frontMatter.fields
  const [start, end] = frontMatter.span('layout', 'value')
  if (typeof layout === 'string' && start <= at && at <= end) {
    const path = layoutPath(config.dirs, layout)
    return isThere(path) ? path : themed(layout)
  }
  const included = [...file.text.matchAll(INCLUDE)].find(({ indices }) => {
    const [from = 0, to = 0] = indices?.[2] ?? []
    return from <= at && at <= to
  })
  const name = included?.[2]
  return name === undefined ? undefined : (partialPaths(config.dirs, name).find(isThere) ?? themed(name))
}

/** The layouts that a page may name. */
export const layoutNames = ({ root, dirs, theme }: Config): readonly string[] => [
  ...new Set([
    ...templatesIn(join(root, dirs.layouts)),
    ...(theme ? themeTemplatesIn('layouts') : []),
    ...builtInLayouts.keys(),
    'none',
  ]),
]

/** The partials that a template may include. */
export const partialNames = ({ root, dirs, theme }: Config): readonly string[] =>
  [
    ...new Set([
      ...templatesIn(join(root, dirs.layouts, 'partials')),
      ...(theme ? themeTemplatesIn('layouts/partials') : []),
    ]),
  ].map(name => `partials/${name}`)
