import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseAst } from 'vitest/node'
import { nodesBelow, type SyntaxNode } from '../../../tools/house.ts'
import { repository } from '../../program.ts'
import { pathsOf } from '../../tree.ts'

export interface Expression {
  /** The module and line of dist/ that have it. */
  readonly place: string
  readonly source: string
  readonly flags: string
}

interface Site {
  readonly place: string
  readonly node: SyntaxNode
}

const dist = join(repository, 'dist')
/** These run the program, or wait for work, when they are loaded. */
const modules = pathsOf(dist).filter(
  path => path.endsWith('.js') && !/^(?:cli\/main|build\/workers\/worker)\.js$/.test(path),
)

/** Every place in the program, as it is compiled, that has or makes a regular expression. */
function sitesIn(path: string): readonly Site[] {
  const text = readFileSync(join(dist, path), 'utf8').replace(/^#!.*/, '')
  return [...nodesBelow(parseAst(text))].flatMap(node => {
    const makes =
      /^(?:New|Call)Expression$/.test(node.type) &&
      (node.callee as { name?: string } | undefined)?.name === 'RegExp'
    if (!makes && node.regex === undefined) return []
    const before = text.slice(0, node.start as number).split('\n')
    return [{ place: `${path}:${before.length}:${before.at(-1)!.length + 1}`, node }]
  })
}

interface TemplateElement {
  readonly value: { readonly raw: string; readonly cooked: string }
}

/** The text of a template or a string, with `a` for what is filled in; undefined for anything else. */
function textOf(node: SyntaxNode | undefined): string | undefined {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  const [template, kind] =
    node?.type === 'TaggedTemplateExpression'
      ? [node.quasi as SyntaxNode, 'raw' as const]
      : [node, 'cooked' as const]
  if (template?.type !== 'TemplateLiteral') return undefined
  return (template.quasis as readonly TemplateElement[]).map(({ value }) => value[kind]).join('a')
}

export interface Expressions {
  readonly all: readonly Expression[]
  /** Places that make one of what is known only when they do: the text of another expression, or what somebody configures. */
  readonly unknown: readonly string[]
}

/**
 * Every regular expression of the program: those that are written, those that are made while `use` uses it, and of the others what is
 * written of them.
 */
export async function expressionsOf(use: () => Promise<unknown>): Promise<Expressions> {
  const sites = modules.flatMap(sitesIn)
  const made = await whileMade(async () => {
    for (const path of modules) await import(pathToFileURL(join(dist, path)).href)
    await use()
  })
  const unknown: string[] = []
  const all = sites.flatMap(({ place, node }): readonly Expression[] => {
    const { pattern, flags = '' } = (node.regex ?? {}) as { pattern?: string; flags?: string }
    if (pattern !== undefined) return [{ place, source: pattern, flags }]
    const own = made.get(place)
    if (own) return [...own.values()].map(({ source, flags }) => ({ place, source, flags }))
    const [textNode, flagsNode] = node.arguments as readonly SyntaxNode[]
    const text = textOf(textNode)
    if (text !== undefined) {
      const { source, flags } = new RegExp(text, textOf(flagsNode) ?? '')
      return [{ place, source, flags }]
    }
    unknown.push(place)
    return []
  })
  return { all: [...new Map(all.map(each => [`/${each.source}/${each.flags}`, each])).values()], unknown }
}

type Made = Pick<RegExp, 'source' | 'flags'>

/** What places of the program make, by place and then by what it is, while something is done. */
async function whileMade(task: () => Promise<void>): Promise<ReadonlyMap<string, ReadonlyMap<string, Made>>> {
  const made = new Map<string, Map<string, Made>>()
  const real = RegExp
  const frame = /\/dist\/(\S+\.js:\d+:\d+)/
  const note = (expression: RegExp) => {
    const place = new Error().stack?.split('\n').flatMap(line => frame.exec(line)?.[1] ?? [])[0]
    if (place === undefined) return expression
    const { source, flags } = expression
    const own = made.get(place) ?? new Map<string, Made>()
    made.set(place, own.set(String(expression), { source, flags }))
    return expression
  }
  globalThis.RegExp = new Proxy(real, {
    construct: (target, [source, flags]: readonly string[]) => note(new target(source!, flags)),
    apply: (target, _, [source, flags]: readonly string[]) => note(target(source!, flags)),
  })
  try {
    await task()
  } finally {
    globalThis.RegExp = real
  }
  return made
}
