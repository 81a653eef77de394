import type { SitePage } from '../build/pages/site-page.ts'
import type { Config } from '../config/config.ts'
import { formatDate } from '../core/dates.ts'
import type { ZineIssue } from './issue/issue.ts'
import type { ZineWords } from './words.ts'

/** Below the title of a post: who wrote it, if that is not the site’s author, and when. */
export function bylineOf({ author, date, lang }: SitePage, { site }: Config): readonly string[] {
  const name = author?.name
  return [
    ...(name === undefined || name === site.author?.name ? [] : [name]),
    ...(date === undefined ? [] : [formatDate(date, 'long', lang)]),
  ]
}

/** Below the title of a zine: which issue it is, and when it came out. */
export const subtitleOf = (
  { number, date, lang }: ZineIssue,
  words: Pick<ZineWords, 'issue'>,
): readonly string[] => [
  ...(number === undefined ? [] : [/^\d+$/.test(number) ? `${words.issue}\u00A0${number}` : number]),
  formatDate(date, 'long', lang),
]

/** Everybody who wrote something in it. */
export function authorsOf(posts: readonly SitePage[], { site }: Config): readonly string[] {
  const names = posts.flatMap(({ author }) => author?.name ?? site.author?.name ?? [])
  return [...new Set(names)]
}
