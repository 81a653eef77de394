import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { checkAgreement } from './agreement.ts'
import { fewPosts, posts as corpus } from './corpus.ts'
import { rounds, type Round } from './measurement.ts'
import { measured, type Usage } from './process.ts'
import type { Program } from './program.ts'
import { clearSite, writeSite } from './workplace.ts'

/** What cold builds of so many posts need, in the order of the rounds. */
export interface Grown {
  readonly posts: number
  readonly usages: readonly Usage[]
}

export const sizes: readonly number[] = [1000, 10_000, 50_000]

/** Builds every size by turns; the first is a site of five pages, for the start is no part of the growth. */
export async function measureGrowth(
  program: Program,
  folder: string,
  { runs, progress }: Round,
): Promise<readonly Grown[]> {
  const all = corpus(Math.max(...sizes))
  const corpora = [fewPosts(), ...sizes.map(size => all.slice(0, size))]
  const sites = corpora.map(posts => ({ posts, folder: join(folder, `grown-${posts.length}`) }))
  for (const site of sites) writeSite(program, site.posts, site.folder)
  const usages = await rounds(sites, runs, ({ posts, folder: site }, round) => {
    progress(`growth, ${posts.length} posts, run ${round} of ${runs}`)
    clearSite(program, site)
    return measured(program.command, site, join(folder, 'usage'))
  })
  for (const { posts, folder: site } of sites.slice(1)) checkAgreement([{ program, folder: site }], posts)
  for (const { folder: site } of sites) rmSync(site, { recursive: true })
  return sites.map(({ posts }, at) => ({ posts: posts.length, usages: usages[at] ?? [] }))
}
