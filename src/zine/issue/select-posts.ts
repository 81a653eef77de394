import { posix } from 'node:path'
import { suggestion } from '../../core/diagnostic.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import type { Arrangement } from '../../build/pages/arrangement.ts'
import type { SitePage } from '../../build/pages/site-page.ts'
import type { WrittenChoice } from './form.ts'
import type { ZineIssue } from './issue.ts'

/** The posts of an issue, in the order in which they are printed, each once. */
export function selectPosts(
  issue: ZineIssue,
  { own, listed, heldBack }: Arrangement,
): Result<readonly SitePage[]> {
  const diagnostics: Diagnostic[] = []
  const byName = new Map<string, SitePage>()
  for (const page of own) for (const name of [page.source, page.url]) byName.set(name.normalize('NFC'), page)
  const find = (name: string) =>
    [name, `${name}/`, posix.join('zines', name)]
      .map(each => byName.get(each.normalize('NFC')))
      .find(page => page !== undefined)
  const posts = new Set<SitePage>()
  issue.posts.forEach((written, n) => {
    const refuse = (message: string, hint: string) =>
      diagnostics.push(issue.report('zine/posts', ['posts', n], message, hint))
    if (typeof written !== 'string') {
      const chosen = listed.filter(page => isChosen(page, written)).toReversed()
      if (chosen.length === 0)
        refuse(`There are no posts of ${describe(written)}`, 'see imprimatur build --list')
      for (const page of chosen) posts.add(page)
      return
    }
    const page = find(written)
    const held = heldBack.find(({ source }) => source === posix.normalize(written))
    if (held) refuse(`This post is not published: ${held.why}`, 'publish it, or leave it out')
    else if (!page)
      refuse(
        `There is no post ${written}`,
        `${suggestion(written, byName.keys())}name its file, from the root, or its address`,
      )
    else posts.add(page)
  })
  return diagnostics.length > 0 ? { diagnostics } : { value: [...posts], diagnostics }
}

const isChosen = (page: SitePage, { tag, section, year }: WrittenChoice): boolean =>
  (tag === undefined || page.tags.includes(tag)) &&
  (section === undefined || page.section === section) &&
  (year === undefined || page.year === year)

const describe = (choice: WrittenChoice): string =>
  Object.entries(choice)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ')
