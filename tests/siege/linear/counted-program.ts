import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseAst } from 'vitest/node'
import { nodesBelow, type SyntaxNode } from '../../../tools/house.ts'
import { repository } from '../../program.ts'
import { pathsOf } from '../../tree.ts'
import { countNative, type Count } from './native-steps.ts'

/** A loop or a function of the program. */
export interface Spot {
  /** The module and line of dist/ that have it. */
  readonly place: string
  readonly path: string
  /** Whether it is a loop that goes through a text, or through what is made of one, from place to place. */
  readonly scans: boolean
}

/** How often each spot was passed, and what the methods of strings and arrays did for it, by its number. */
export interface Steps {
  readonly own: Uint32Array
  readonly native: Float64Array
}

/** The program with a counter in every loop and every function. */
export interface CountedProgram {
  readonly spots: readonly Spot[]
  /** A module of it, by its path below dist/. */
  load<T>(path: string): Promise<T>
  /** Throws when the sum comes to `most`. */
  count(most: number, task: () => unknown): Promise<Steps>
}

export class TooMuchWork extends Error {}

interface Counting {
  step(spot: number): void
  spread<T>(value: T): T
  piece<T>(value: T): T
}
declare global {
  var counting: Counting
}

const LOOP = /^(?:For|ForIn|ForOf|While|DoWhile)Statement$/
const FUNCTION = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/

/** What looks at a place in a text; a `for … of` that has nothing of it goes through a list. */
const AT_A_PLACE =
  /charCodeAt|codePointAt|charAt|lastIndex|(?:indexOf|startsWith|endsWith|includes)\([^()]*,|\.exec\(|matchAll|\.search\(|\.at\(|\.test\(|\w\[[\w+\- ]+\](?! =)|\.slice\(|\.substring/

interface Insertion {
  readonly at: number
  readonly text: string
}

const start = (node: SyntaxNode) => node.start as number
const end = (node: SyntaxNode) => node.end as number

/** Insertions into a module that let it count; `spots` grows by what it has. */
function insertionsFor(path: string, text: string, spots: Spot[]): readonly Insertion[] {
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index)
  let line = 0
  return [...nodesBelow(parseAst(text))].flatMap(node => {
    const isLoop = LOOP.test(node.type)
    if (isLoop || FUNCTION.test(node.type)) {
      const source = text.slice(start(node), end(node))
      while (line > 0 && breaks[line - 1]! > start(node)) line--
      while (line < breaks.length && breaks[line]! < start(node)) line++
      const scans = isLoop && !/^For(?:Of|In)/.test(node.type) && AT_A_PLACE.test(source)
      const step = `counting.step(${spots.push({ place: `${path}:${line + 1}`, path, scans }) - 1})`
      const body = node.body as SyntaxNode
      if (body.type === 'BlockStatement') return [{ at: start(body) + 1, text: `${step};` }]
      const [before, after] = isLoop ? [`{${step};`, '}'] : [`(${step},`, ')']
      return [
        { at: start(body), text: before },
        { at: end(body), text: after },
      ]
    }
    const wrapped = (inner: SyntaxNode, by: keyof Counting) => [
      { at: start(inner), text: `counting.${by}(` },
      { at: end(inner), text: ')' },
    ]
    if (node.type === 'ObjectExpression')
      return (node.properties as readonly SyntaxNode[])
        .filter(({ type }) => type === 'SpreadElement')
        .flatMap(({ argument }) => wrapped(argument as SyntaxNode, 'spread'))
    // A part of a text is free, but is copied when another is joined to it.
    const joined =
      node.type === 'BinaryExpression' && node.operator === '+'
        ? [node.left, node.right]
        : node.type === 'TemplateLiteral'
          ? (node.expressions as readonly unknown[])
          : []
    return (joined as readonly SyntaxNode[]).filter(isPiece).flatMap(part => wrapped(part, 'piece'))
  })
}

const isPiece = ({ type, callee }: SyntaxNode) =>
  type === 'CallExpression' &&
  /^(?:slice|substring|replace|replaceAll)$/.test(
    ((callee as SyntaxNode).property as { readonly name?: string } | undefined)?.name ?? '',
  )

function counted(path: string, text: string, spots: Spot[]): string {
  // One that ends at a place comes before one that begins there, and of two that begin, the outer one.
  const insertions = insertionsFor(path, text, spots).toSorted((one, other) => one.at - other.at)
  let [made, from] = ['', 0]
  for (const { at, text: own } of insertions) {
    made += text.slice(from, at) + own
    from = at
  }
  return made + text.slice(from)
}

export function countedProgram(root: string): CountedProgram {
  const dist = join(repository, 'dist')
  const spots: Spot[] = []
  for (const path of pathsOf(dist)) {
    const file = join(root, 'dist', path)
    mkdirSync(dirname(file), { recursive: true })
    const isProgram = path.endsWith('.js') && !path.startsWith('dev/client/')
    if (isProgram)
      writeFileSync(file, counted(path, readFileSync(join(dist, path), 'utf8').replace(/^#!.*/, ''), spots))
    else cpSync(join(dist, path), file)
  }
  for (const name of ['package.json', 'node_modules', 'schema', 'src'])
    symlinkSync(join(repository, name), join(root, name))

  let steps: Steps = { own: new Uint32Array(spots.length), native: new Float64Array(spots.length) }
  let [spot, sum, limit, isTooMuch] = [0, 0, Infinity, false]
  const weigh = (amount: number) => {
    sum += amount
    if (sum <= limit) return
    // What makes the message of an error would be counted, too.
    limit = Infinity
    isTooMuch = true
    throw new TooMuchWork()
  }
  const add: Count = amount => {
    steps.native[spot]! += amount
    weigh(amount)
  }
  globalThis.counting = {
    step(each) {
      spot = each
      steps.own[each]!++
      weigh(1)
    },
    spread(value) {
      if (typeof value === 'object' && value !== null) add(Object.keys(value).length)
      return value
    },
    piece(value) {
      if (typeof value === 'string') add(value.length)
      return value
    },
  }
  return {
    spots,
    load: async <T>(path: string) => (await import(pathToFileURL(join(root, 'dist', path)).href)) as T,
    async count(most, task) {
      steps = { own: new Uint32Array(spots.length), native: new Float64Array(spots.length) }
      ;[sum, limit, isTooMuch] = [0, most, false]
      const restore = countNative(add)
      try {
        await task()
      } finally {
        restore()
        limit = Infinity
      }
      // Something has caught it.
      if (isTooMuch) throw new TooMuchWork()
      return steps
    },
  }
}
