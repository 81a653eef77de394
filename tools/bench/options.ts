import { parseArgs } from 'node:util'
import { astro } from './peers/astro.ts'
import { eleventy } from './peers/eleventy.ts'
import { hugo } from './peers/hugo.ts'
import { nanogen } from './peers/nanogen.ts'
import type { Program } from './program.ts'

const peers: Readonly<Record<string, () => Promise<Program>>> = { hugo, eleventy, nanogen, astro }

const parts = ['builds', 'dev', 'growth', 'start', 'lint', 'editor', 'heap', 'rules'] as const

export interface Options {
  readonly parts: readonly (typeof parts)[number][]
  readonly posts: readonly number[]
  readonly peers: readonly (() => Promise<Program>)[]
  readonly runs: number
  /** Whether what is built with is the program as it is packed, and not `dist/`; starts are always measured of that. */
  readonly isPacked: boolean
}

export const help = `Measures imprimatur beside other site generators, building the same generated site, and its linter
beside textlint and Prettier.

  npm run bench -- [options]

  --parts builds,dev      what to measure (builds,dev,growth,start,lint,editor,heap,rules)
  --posts 1000,10000      how many posts, one table for each (100,1000,10000)
  --peers hugo,eleventy   what to compare with; none for imprimatur alone (hugo,eleventy,nanogen,astro)
  --runs 5                counted runs of each build, after one that is not; fewer than five say little (5)
  --packed                build and serve with the program as it is packed, and not with dist/
  --help

builds  cold, unchanged, and with one post changed
dev     from writing a file until the new page is served, by the servers that follow changes
growth  cold builds of 1,000, 10,000 and 50,000 posts, and the exponent: 1 is linear
start   what the program takes, as it is packed, that has next to nothing to do
lint    the linter
rules   what each of the linter's rules takes of a run; one that takes more than 2 % says why
heap    bytes that survive their page, cold and served, and where they come from
editor  what one waits for in an editor: a keystroke, a fix, the whole site

Every post has 6 KB, English and Russian by turns, with code to highlight. The typography pass, which no
other has, is off where nothing else is said. Programs are measured by turns. Figures are medians with
their minimum and maximum; × is the median of the ratios to imprimatur in the same round: 2.00 takes
twice as long as imprimatur.

Hugo comes from Debian (apt-get install hugo), memory is measured by GNU time (apt-get install time);
Eleventy, nanogen, Astro and textlint are installed with npm into node_modules/.cache when they are first used.

Exit codes: 0 measured, however slow; 1 a build failed, the programs did not make the same pages, or
imprimatur wrote a file although nothing had changed; 2 wrong usage.
`

export class UsageError extends Error {}

/** Undefined when only help is wanted. */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { posts, runs, packed: isPacked, help: wanted, peers: names, parts: wantedParts } = parsed(args)
  if (wanted) return undefined
  return {
    parts: wantedParts.split(',').map(part),
    posts: posts.split(',').map(count => positive('--posts', count)),
    peers: names === 'none' ? [] : names.split(',').map(peer),
    runs: positive('--runs', runs),
    isPacked,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        parts: { type: 'string', default: parts.join() },
        posts: { type: 'string', default: '100,1000,10000' },
        peers: { type: 'string', default: Object.keys(peers).join() },
        runs: { type: 'string', default: '5' },
        packed: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error })
  }
}

function part(name: string): Options['parts'][number] {
  const found = parts.find(each => each === name)
  if (!found) throw new UsageError(`There is no part “${name}”; there are ${parts.join(', ')}`)
  return found
}

function peer(name: string) {
  const load = Object.hasOwn(peers, name) ? peers[name] : undefined
  if (!load)
    throw new UsageError(`There is no peer “${name}”; there are ${Object.keys(peers).join(', ')}, none`)
  return load
}

function positive(option: string, text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new UsageError(`${option} takes whole numbers from 1 to 999999, not “${text}”`)
}
