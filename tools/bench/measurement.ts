import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { checkAgreement, type Built } from './agreement.ts'
import { posts as corpus } from './corpus.ts'
import { measured, wallTime, type Command, type Usage } from './process.ts'
import type { Program } from './program.ts'
import { clearSite, snapshot, writeSite, writtenBetween } from './workplace.ts'

/** One program's runs, in the order of the rounds; the warm-up is not among them. */
export interface BuildRuns {
  readonly program: Program
  readonly cold: readonly Usage[]
  readonly unchanged: readonly Usage[]
  /** With a sentence more in one post. */
  readonly changed: readonly Usage[]
  /** The most files that a build wrote although nothing had changed, the warm-up included. */
  readonly written: number
}

export interface Round {
  /** Counted rounds; one more goes before them. */
  readonly runs: number
  /** Gets a line about each step. */
  progress(message: string): void
}

/**
 * Builds `count` posts with every program by turns in `folder`: first without an output folder, then with nothing changed, then
 * with one post changed.
 */
export async function measureBuilds(
  programs: readonly Program[],
  count: number,
  folder: string,
  { runs, progress }: Round,
): Promise<readonly BuildRuns[]> {
  const posts = corpus(count)
  const notes = join(folder, 'usage')
  const sites = programs.map(program => ({ program, folder: join(folder, program.name), written: 0 }))
  for (const site of sites) {
    progress(`${count} posts: writing the site for ${site.program.name}`)
    writeSite(site.program, posts, site.folder)
  }
  const build = ({ program, folder: site }: Built) => measured(program.command, site, notes)

  const cold = await rounds(sites, runs, async (site, round) => {
    progress(`${count} posts, cold, run ${round} of ${runs}: ${site.program.name}`)
    clearSite(site.program, site.folder)
    return build(site)
  })
  progress(`${count} posts: comparing the pages`)
  checkAgreement(sites, posts)

  const followed = sites.filter(({ program }) => !program.isColdOnly)
  const unchanged = await rounds(followed, runs, async (site, round) => {
    progress(`${count} posts, unchanged, run ${round} of ${runs}: ${site.program.name}`)
    const before = snapshot(site.folder)
    const usage = await build(site)
    site.written = Math.max(site.written, writtenBetween(before, snapshot(site.folder)))
    return usage
  })
  progress(`${count} posts: comparing the pages again`)
  checkAgreement(followed, posts)
  const { slug } = posts[posts.length >> 1]!
  const changed = await rounds(followed, runs, async (site, round) => {
    progress(`${count} posts, one changed, run ${round} of ${runs}: ${site.program.name}`)
    const [path] = [...site.program.files(posts)].find(([name]) => name.includes(slug))!
    appendFileSync(join(site.folder, path), `\nRound ${round} came.\n`)
    return build(site)
  })
  for (const site of sites) rmSync(site.folder, { recursive: true })
  return sites.map((site, at) => ({
    program: site.program,
    cold: cold[at] ?? [],
    unchanged: unchanged[followed.indexOf(site)] ?? [],
    changed: changed[followed.indexOf(site)] ?? [],
    written: site.written,
  }))
}

/** Seconds of each command's whole process, by turns, each after `clear`, which does not count. */
export const measureStarts = (commands: readonly Command[], runs: number, clear = () => {}) =>
  rounds(commands, runs, command => {
    clear()
    return wallTime(command)
  })

/** A B C, A B C …: a machine that gets slower or faster does so for everybody. Round 0 warms up, uncounted. */
export async function rounds<T, R>(
  subjects: readonly T[],
  runs: number,
  measure: (subject: T, round: number) => Promise<R>,
): Promise<readonly (readonly R[])[]> {
  const results = subjects.map((): R[] => [])
  for (let round = 0; round <= runs; round++) {
    for (const [at, subject] of subjects.entries()) {
      const result = await measure(subject, round)
      if (round > 0) results[at]?.push(result)
    }
  }
  return results
}
