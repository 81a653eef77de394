import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { parseAst } from 'vitest/node'

/** A part of a syntax tree, as ESTree has it. */
export interface SyntaxNode {
  readonly type: string
  readonly [field: string]: unknown
}

export interface Module {
  /** Below src/. */
  readonly path: string
  readonly text: string
  readonly nodes: readonly SyntaxNode[]
  /** What it imports or exports from, types too: a path below src/ or the name of a package. */
  readonly imports: readonly string[]
}

/** Reads modules by their paths below `src`. */
export const readModules = (src: string, paths: readonly string[]): readonly Module[] =>
  paths
    .filter(path => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .map(path => {
      const text = readFileSync(posix.join(src, path), 'utf8')
      const nodes = [...nodesBelow(parseAst(text.replace(/^#!.*/, ''), { lang: 'ts' }))]
      const imports = nodes
        .filter(({ type }) =>
          /^(?:Import(?:Declaration|Expression)|Export(?:All|Named)Declaration|TSImportType)$/.test(type),
        )
        .flatMap(({ source }) => (source as { value?: string } | null)?.value ?? [])
        .map(name => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name))
      return { path, text, nodes, imports }
    })

/** A node and all below it. */
export function* nodesBelow(value: unknown): Generator<SyntaxNode> {
  if (typeof value !== 'object' || value === null) return
  if (typeof (value as SyntaxNode).type === 'string') yield value as SyntaxNode
  for (const inner of Object.values(value)) yield* nodesBelow(inner)
}

/** Modules that import one another, round in a circle: each circle once, as `a -> b -> a`. */
export function circles(modules: readonly Module[]): readonly string[] {
  const importsOf = new Map(modules.map(({ path, imports }) => [path, imports]))
  const found: string[] = []
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path)
    if (start >= 0) found.push([...trail.slice(start), path].join(' -> '))
    if (start >= 0 || done.has(path)) return
    for (const imported of importsOf.get(path) ?? [])
      if (importsOf.has(imported)) visit(imported, [...trail, path])
    done.add(path)
  }
  for (const path of importsOf.keys()) visit(path, [])
  return found
}

const MOST_FILES = 16

/** Folders with more files than somebody takes in at a glance; folders in them do not count. */
export function crowdedFolders(paths: readonly string[]): readonly string[] {
  const files = groupBy(paths, path => posix.dirname(path))
  return [...files]
    .filter(([, all]) => all.length > MOST_FILES)
    .map(([dir, all]) => `${dir}: ${all.length} files`)
}

const MOST_LINES = 250

/** Long files that do not say why they are in a comment before anything else, as in “longer than 250 lines: one table”. */
export const longFiles = (modules: readonly Module[]): readonly string[] =>
  modules
    .map(({ path, text }) => ({ path, text, lines: text.split('\n').length - 1 }))
    .filter(({ text, lines }) => lines > MOST_LINES && !givesReason(text))
    .map(({ path, lines }) => `${path}: ${lines} lines`)

const firstComment = /^(?:#!.*\n)?(?:\/\*[^]*?\*\/|(?:\/\/.*\n)+)/

const givesReason = (text: string) =>
  new RegExp(`longer than ${MOST_LINES} lines`, 'i').test(firstComment.exec(text)?.[0] ?? '')

/** Names of types that several modules declare. */
export function sharedTypeNames(modules: readonly Module[]): readonly string[] {
  const declared = modules.flatMap(({ path, nodes }) =>
    [...new Set(nodes.flatMap(typeName))].map(name => ({ name, path })),
  )
  return [...groupBy(declared, ({ name }) => name)]
    .filter(([, all]) => all.length > 1)
    .map(([name, all]) => `${name}: ${all.map(({ path }) => path).join(', ')}`)
}

function typeName({ type, id }: SyntaxNode): readonly string[] {
  const isType = /^(?:TS(?:Interface|TypeAlias|Enum)|Class)Declaration$/.test(type)
  const { name } = (id ?? {}) as { readonly name?: string }
  return isType && name !== undefined ? [name] : []
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
