import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as RunBuild from '../../src/build/run-build.ts'
import type { SitePage } from '../../src/build/pages/site-page.ts'
import { outline } from '../../src/document/headings.ts'
import type * as MakeZine from '../../src/zine/make-zine.ts'
import { place } from '../build/built-site.ts'
import { repository } from '../program.ts'

/** Of the built program, which has the files beside its modules that a site with keys is made with. */
const built = async <Module>(path: string): Promise<Module> =>
  (await import(pathToFileURL(join(repository, 'dist', path)).href)) as Module

/** A zine as tests look at it. */
export interface Made {
  readonly pdf: Uint8Array
  readonly booklet: Uint8Array
  readonly epub: Uint8Array
  readonly page: string
  readonly pages: number
  readonly files: ReadonlyMap<string, Uint8Array | string>
  /** `code file:line:column` */
  readonly findings: readonly string[]
  readonly messages: readonly string[]
}

export async function make(root: string, path = 'zines/01.yaml'): Promise<Made> {
  const made = await tryToMake(root, path)
  if (!made.value) throw new Error(made.findings.join('\n') || 'no zine, and no word why')
  return made.value
}

export async function tryToMake(root: string, path = 'zines/01.yaml') {
  const { makeZine } = await built<typeof MakeZine>('zine/make-zine.js')
  const { value, diagnostics } = await makeZine(root, path)
  const findings = diagnostics.map(place)
  const messages = diagnostics.map(({ message }) => message)
  const ending = (end: string) => [...(value?.files ?? [])].find(([name]) => name.endsWith(end))?.[1]
  const made: Made | undefined = value && {
    pdf: ending('.pdf') as Uint8Array,
    booklet: ending('-booklet.pdf') as Uint8Array,
    epub: ending('.epub') as Uint8Array,
    page: ending('.html') as string,
    pages: value.pages,
    files: value.files,
    findings,
    messages,
  }
  return { value: made, findings, messages, diagnostics }
}

/** The posts of a site as a build renders them, typeset, by their sources. */
export async function renderedPosts(root: string): Promise<ReadonlyMap<string, SitePage>> {
  const { readSite } = await built<typeof RunBuild>('build/run-build.js')
  const { value } = await readSite({ root, config: { build: { typography: 'fix' } } })
  return new Map(value!.plan.arrangement.own.map(page => [page.source, page]))
}

/** The headings of a page as bookmarks: those within one another one blank deeper, without gaps. */
export function bookmarksOf({ title, body }: SitePage): readonly string[] {
  const around: number[] = []
  const below = outline(body)
    .filter(({ level, text }, i) => !(i === 0 && level === 1 && text === title))
    .map(({ level, text }) => {
      while (around.length > 0 && around.at(-1)! >= level) around.pop()
      around.push(level)
      return ' '.repeat(around.length) + text
    })
  return [title, ...below]
}
