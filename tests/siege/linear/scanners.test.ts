import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAst } from 'vitest/node'
import { nodesBelow } from '../../../tools/house.ts'
import { folderWith } from '../../folder.ts'
import { repository } from '../../program.ts'
import { SEED } from '../../seed.ts'
import { countedProgram, TooMuchWork, type Steps } from './counted-program.ts'
import { counterOf } from './count-steps.ts'
import { scannersOf, type Scanner } from './scanners.ts'
import { unitsOf, usual } from './worst-texts.ts'

/*
 * Whatever goes through a text by hand takes a number of steps that grows no faster than the text. The program is run with a counter in
 * every loop and every function, and with methods of strings and arrays that tell how much they look at, on texts made of what stands in
 * its own source, again and again: each counter is compared with itself on a text twice as long. No clock is looked at.
 *
 * `npm run siege` takes every text, `npm test` some that a seed chooses: `SEED=7 npx vitest run tests/siege/linear/scanners.test.ts`.
 */
const isLong = process.env.SIEGE === 'long'
/** Of each scanner, besides those that it names itself. */
const CHOSEN = isLong ? Infinity : 2

/** Loops that look at places and go through no text: how long what they go through is does not hang on what a text says. */
const others: Readonly<Record<string, string>> = {
  'build/cache/page-columns.js': 'fields of a page',
  'build/cache/kept-files.js': 'groups of entries, of which each thread makes one',
  'build/output/lock.js': 'tries to take a lock',
  'build/pages/path-claims.js': 'folders in a path',
  'build/pages/collections.js': 'places in a list, of which half are left each time',
  'build/pages/relations.js': 'pages beside one of a few that have changed',
  'build/steps/make-pictures.js': 'pictures, some at a time',
  'build/workers/work-queue.js': 'shares of the work',
  'cli/commands/keys/compare.js': 'manifests of a history, at most so many',
  'cli/commands/keys/confirm.js': 'eight lines that somebody types',
  'cli/site-branch.js': 'depths of folders',
  'core/text/folders.js': 'folders in a path',
  'document/find-sources.js': 'places in a list, of which half are left each time',
  'document/place/folder-defaults.js': 'folders in a path',
  'document/secrets.js': 'stretches of 80,000 bytes',
  'keys/qr/decode.js': 'a code, which has a size',
  'keys/qr/encode.js': 'a code, which has a size',
  'keys/qr/read-image.js': 'a code, which has a size',
  'keys/qr/read-picture.js': 'pixels of a picture, which may have so many',
  'keys/verify/seen-chains.js': 'what git hands out, each byte once',
  'planet/fetch/download.js': 'redirects, at most so many',
  'scaffold/import/convert-pages.js': 'folders in a path',
}

const program = countedProgram(folderWith())
const scanners = Object.entries(scannersOf(program))
/** How often each loop was run at most. */
const passed = new Uint32Array(program.spots.length)

/** A repetition or so more than a call of the program takes for itself. */
const DRIVEN = 10
const [SHORT, LONG] = [300, 2400]
/** A look ahead of 20,000 characters at most, from each of 38,400, stays below. */
const MOST_WORK = 200_000_000
/** Twice the text takes twice the steps when growth is linear, four times when it is quadratic. */
const MOST_GROWTH = 2.7

const again = (unit: string, length: number) => unit.repeat(Math.max(6, Math.ceil(length / unit.length)))

async function count({ run }: Scanner, text: string): Promise<readonly number[]> {
  const { own, native }: Steps = await program.count(MOST_WORK, () => run(text))
  own.forEach((times, spot) => (passed[spot] = Math.max(passed[spot]!, times)))
  return [...own, ...native]
}

/** Where in the program steps grow faster than the text does. */
async function faster(scanner: Scanner, unit: string): Promise<readonly string[]> {
  const compare = async (length: number, suspected?: readonly number[]) => {
    const text = again(unit, length)
    const [once, twice] = [await count(scanner, text), await count(scanner, text + text)]
    // What was done less than once for each repetition is not done for the text.
    const least = (2 * text.length) / unit.length
    const grows = (spot: number) => twice[spot]! > Math.max(least, MOST_GROWTH * once[spot]!)
    return (suspected ?? [...twice.keys()]).filter(grows)
  }
  try {
    let found = await compare(SHORT)
    // What has a limit grows up to there.
    for (const length of [LONG, 8 * LONG]) if (found.length > 0) found = await compare(length, found)
    return found.map(spot => program.spots[spot % program.spots.length]!.place)
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error
    return ['so many places that it takes for ever']
  }
}

const known = new Map<string, readonly string[]>()

/** What stands between quotation marks in a module, and what its expressions are about. */
function unitsIn(path: string): readonly string[] {
  const text = readFileSync(join(repository, 'dist', path), 'utf8').replace(/^#!.*/, '')
  return [...nodesBelow(parseAst(text))]
    .flatMap(({ type, value, regex }) => {
      const { pattern, flags = '' } = (regex ?? {}) as { readonly pattern?: string; readonly flags?: string }
      if (pattern !== undefined) return unitsOf(counterOf(pattern, flags))
      return type === 'Literal' && typeof value === 'string' && /[^a-zA-Z.]/.test(value) ? [value] : []
    })
    .filter(unit => unit.length > 0 && unit.length <= 16 && !/^(?:\.|node:)/.test(unit))
}

/** Of all modules that take part. */
async function unitsFor(scanner: Scanner): Promise<readonly string[]> {
  const steps = await count(scanner, again(scanner.texts.join(''), SHORT))
  const paths = new Set(program.spots.filter((_, spot) => steps[spot]! > 0).map(({ path }) => path))
  const units = [...paths].flatMap(path => {
    const own = known.get(path) ?? unitsIn(path)
    known.set(path, own)
    return own
  })
  const all = [...new Set([...usual, ...units])].flatMap(unit => [unit, `${unit}\n`])
  return isLong ? all : fc.sample(fc.constantFrom(...all), { seed: SEED, numRuns: CHOSEN })
}

describe(`seed ${SEED}`, () => {
  test.each(scanners)(
    '%s takes steps that grow no faster than the text',
    async (_, scanner) => {
      const own = isLong || (await isQuick(scanner)) ? scanner.texts : []
      const units = [scanner.texts.join(''), ...own, ...(await unitsFor(scanner))]
      const found: Record<string, string> = {}
      for (const unit of units) for (const place of await faster(scanner, unit)) found[place] ??= unit
      expect(found).toEqual({})
    },
    isLong ? 3_600_000 : undefined,
  )
})

/** Whether it is no command, which writes files. */
const isQuick = async (scanner: Scanner) => {
  const steps = await count(scanner, again(scanner.texts[0]!, SHORT))
  return !program.spots.some(({ path }, spot) => path === 'cli/program.js' && steps[spot]! > 0)
}

/** Loops, by module, that none of the texts takes round so often: a new one is to be taken round, and is not to be added here. */
const left: Readonly<Record<string, number>> = {
  'build/feeds/plain-html.js': 1,
  'build/links/resolve-sources.js': 1,
  'build/links/written.js': 1,
  'core/text/enclosed.js': 1,
  'document/opaque/inline.js': 1,
  'document/syntax/math.js': 1,
  'editor/published.js': 1,
  'lint/parse/content.js': 1,
  'lint/rules/typograf/optional.js': 1,
  'lint/safety/recheck-inline.js': 1,
  'lint/ties/readable-text.js': 1,
}

test('and that is every loop that goes through a text', () => {
  const found: Record<string, number> = {}
  program.spots.forEach(({ scans, path }, spot) => {
    if (scans && others[path] === undefined && passed[spot]! < DRIVEN) found[path] = (found[path] ?? 0) + 1
  })
  const more = Object.entries(found).filter(([path, count]) => count > (left[path] ?? 0))
  expect(more).toEqual([])
  expect(Object.keys(others).filter(path => !program.spots.some(each => each.path === path))).toEqual([])
})
