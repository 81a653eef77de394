import { posix } from 'node:path'
import { readSite } from '../build/run-build.ts'
import type { SiteCode } from '../config/config.ts'
import type { Result } from '../core/types.ts'
import { makeEpub } from './epub/book.ts'
import { readIssue, type ZineIssue } from './issue/issue.ts'
import { selectPosts } from './issue/select-posts.ts'
import { createPictures } from './picture-source.ts'
import { makePdf } from './pdf/make-pdf.ts'
import { readZine, type ZineSource } from './read-zine.ts'
import { zinePage } from './zine-page.ts'

/** A zine that is not written yet. */
export interface MadeZine {
  /** Its files by their paths from the root. */
  readonly files: ReadonlyMap<string, Uint8Array | string>
  /** The address of its page. */
  readonly address: string
  readonly posts: number
  /** Of the PDF. */
  readonly pages: number
  /** Sheets of the booklet. */
  readonly sheets: number
}

/** Makes the zine of a file, by its path from the root: everything in memory, or why there is none. */
export async function makeZine(
  root: string,
  path: string,
  siteCode: SiteCode = 'run',
): Promise<Result<MadeZine>> {
  const { value: site, diagnostics } = await readSite({
    root,
    siteCode,
    config: { build: { typography: 'fix' } },
  })
  if (!site) return { diagnostics: diagnostics.filter(({ severity }) => severity === 'error') }
  const { value: issue, diagnostics: wrong } = readIssue(root, path, site.config.site.lang)
  if (!issue) return { diagnostics: wrong }
  const { value: posts, diagnostics: missing } = selectPosts(issue, site.plan.arrangement)
  if (!posts) return { diagnostics: missing }
  const pictures = createPictures(site.config, site.plan.prepared.output)
  return makeOf(issue, { ...site, posts, pictures })
}

/** A picture that the typesetter cannot read is found out only then; the zine is then made without it. */
async function makeOf(issue: ZineIssue, source: ZineSource): Promise<Result<MadeZine>> {
  const { value: zine, diagnostics: found } = readZine(issue, source)
  if (!zine) return { diagnostics: found }
  const { value: printed, broken, diagnostics } = await makePdf(zine)
  if (broken && broken.length > 0) {
    source.pictures.refuse(broken)
    return makeOf(issue, source)
  }
  if (!printed) return { diagnostics: [...found, ...diagnostics] }
  const { pdf, booklet, pages, sheets } = printed
  const { name } = issue
  const folder = posix.join(source.config.dirs.pages, 'zines', name)
  const epub = makeEpub(zine)
  const { value: page, diagnostics: unset } = zinePage(zine, { pdf, booklet, epub, pages })
  const files = new Map<string, Uint8Array | string>([
    [posix.join(folder, 'index.html'), page ?? ''],
    [posix.join(folder, `${name}.pdf`), pdf],
    [posix.join(folder, `${name}-booklet.pdf`), booklet],
    [posix.join(folder, `${name}.epub`), epub],
  ])
  const made = { files, address: `/zines/${name}/`, posts: zine.pieces.length, pages, sheets }
  return { value: made, diagnostics: [...found, ...diagnostics, ...unset] }
}
