import { checkDay } from '../../core/dates.ts'

/** What the name of a page's file says of the page, as Jekyll, Hugo, Zola and Eleventy read it. */
export interface FileName {
  /** Without its ending, its day and its language: `2020-01-02-title.ru.md` -> `title`; `_index.md` -> `index`. */
  readonly stem: string
  /** The day that it begins with, or that the folder of an index begins with; it may be none that exists. */
  readonly day?: string | undefined
  /** A BCP 47 tag behind a full stop: `title.ru.md`. */
  readonly lang?: string | undefined
  /** `_index`: the page of a folder that shows what is in it. */
  readonly isList: boolean
}

/**
 * What may stand between the last two full stops of a name as a language. A list, and not what this machine's Intl knows, since it
 * decides about addresses. `socket.io.md` and `node.js.md` name none.
 */
const LANGUAGES = new Set(
  `af am ar as az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv
  mk ml mn mr ms my nb ne nl nn no or pa pl ps pt ro ru sd si sk sl so sq sr sv sw ta te tg th tk tr tt uk ur uz vi zh zu`.split(
    /\s+/,
  ),
)

const LANGUAGE = /^(.+)\.(([a-z]{2})(?:[-_](?:[A-Z]{2}|[A-Z][a-z]{3}))?)$/i
const DAY = /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:[-_ ](?:[-_ ]*(?=[^-_ ]|[-_ ]$))?(.+))?$/

/**
 * @param path of the file, with `/` between segments
 * @param lang the language that the page itself names: behind a full stop another one is a word of the name, as in `what.is.md`
 */
export function readFileName(path: string, lang?: string): FileName {
  const segments = path.split('/')
  const [folder = '', name = ''] = [segments.at(-2), segments.at(-1)]
  const bare = name.replace(/\.[^./]+$/, '')
  const [, before = '', tag = '', language = ''] = LANGUAGE.exec(bare) ?? []
  const hasLanguage =
    LANGUAGES.has(language.toLowerCase()) && (lang === undefined || isSameLanguage(tag, lang))
  const whole = hasLanguage ? before : bare
  const isIndex = whole === 'index' || whole === '_index'
  const [, day, title] = DAY.exec(isIndex ? folder : whole) ?? []
  return {
    stem: isIndex ? 'index' : (title ?? whole),
    // A folder that is a day lists what is of that day.
    day: title === undefined ? undefined : day,
    lang: hasLanguage ? tag.replace('_', '-') : undefined,
    isList: whole === '_index',
  }
}

/** Why the day of a name is none that exists. */
export const wrongDay = ({ day }: FileName): string | undefined =>
  day === undefined ? undefined : checkDay(day)

/** Whether one of them says no more than the other: `en` and `en-GB`, but not `pt-BR` and `pt-PT`. */
export function isSameLanguage(one: string, other: string): boolean {
  const [a, b] = [one, other].map(tag => tag.replaceAll('_', '-').toLowerCase())
  return (
    a === b || `${a}-` === `${b}-`.slice(0, `${a}-`.length) || `${b}-` === `${a}-`.slice(0, `${b}-`.length)
  )
}
