const FORM =
  /^(\d{4})-(\d{2})-(\d{2})(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/

/** YAML lets a time stand behind a space; ISO 8601 wants a T. */
export const normalizeDate = (written: string): string =>
  written
    .trim()
    .replace(/^(\d{4}-\d{2}-\d{2})[ t]+(\d)/, '$1T$2')
    .replace(/ +(?=Z|[+-]\d)/, '')

/** Why a normalized text is no ISO 8601 day or time, or undefined when it is one. */
export function checkDay(written: string): string | undefined {
  const [, year, month, day] = FORM.exec(written) ?? []
  if (!year) return 'it has another form'
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  if (Number(month) < 1 || Number(month) > 12) return `there is no month ${month}`
  if (Number(day) < 1 || Number(day) > days) return `${year}-${month} has ${days} days`
  return undefined
}

/** Of the year 9999: a later year has no ISO day of ten characters. */
const LAST_SECOND = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000

/** When the site is built; `SOURCE_DATE_EPOCH` (seconds) stands in for the clock. */
export function now(env: NodeJS.ProcessEnv): Date {
  const epoch = env.SOURCE_DATE_EPOCH
  const told = epoch !== undefined && /^\d+$/.test(epoch) && Number(epoch) <= LAST_SECOND
  return told ? new Date(Number(epoch) * 1000) : new Date()
}

/** The same as a day, in UTC. */
export const today = (env: NodeJS.ProcessEnv): string => now(env).toISOString().slice(0, 10)

/** Milliseconds since 1970 of an ISO day or time; one without an offset is in UTC. */
export function instant(date: string): number {
  const timed = date.includes('T')
  return Date.parse(timed && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(date) ? `${date}Z` : date)
}

/** An ISO day or time as RFC 3339 has it: to the second, in UTC. */
export const internetTime = (date: string): string =>
  new Date(instant(date)).toISOString().replace('.000Z', 'Z')

/** The styles of `date(value, style)` in templates. */
const styles: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  full: { dateStyle: 'full' },
  long: { dateStyle: 'long' },
  medium: { dateStyle: 'medium' },
  short: { dateStyle: 'short' },
  day: { day: 'numeric', month: 'long' },
  month: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
}

const formats = new Map<string, Intl.DateTimeFormat>()

export type DateStyle = string | Intl.DateTimeFormatOptions

/**
 * A date as a reader of the language writes it. The style is a name above, `iso`, or options of `Intl.DateTimeFormat`.
 * Always in UTC, so that a day is the same day wherever the site is built.
 */
export function formatDate(value: string, style: DateStyle, lang: string): string {
  const moment = typeof value === 'string' ? instant(normalizeDate(value)) : NaN
  if (Number.isNaN(moment))
    throw new RangeError(`date() was given ${JSON.stringify(value)}, which is no date such as 2026-11-21`)
  if (style === 'iso') return value
  const options = typeof style !== 'string' ? style : Object.hasOwn(styles, style) ? styles[style] : undefined
  if (!options)
    throw new RangeError(
      `date() has no style “${String(style)}”; it has ${[...Object.keys(styles), 'iso'].join(', ')}`,
    )
  const key = `${lang} ${JSON.stringify(options)}`
  let format = formats.get(key)
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(lang, { timeZone: 'UTC', ...options })))
  return format.format(moment)
}
