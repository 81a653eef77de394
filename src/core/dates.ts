const FORM =
  /^(\d{4})-(\d{2})-(\d{2})(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/

/** YAML lets a time stand behind a space; ISO 8601 wants a T. */
export const normalizeDate = (written: string): string =>
  written
    .trim()
    .replace(/^(\d{4}-\d{2}-\d{2})[ t]+(\d)/, '$1T$2')
    .replace(/(?<! ) +(?=Z|[+-]\d)/, '')

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

const OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/

const hasOffset = (date: string) => date.includes('T') && OFFSET.test(date)

/**
 * Milliseconds since 1970 of an ISO day or time. A day, or a time without an offset, is one of `timeZone` (an IANA name), else of UTC;
 * a time that a clock there jumps over is the one that it shows instead.
 */
export function instant(date: string, timeZone = 'UTC'): number {
  if (hasOffset(date)) return Date.parse(date)
  const asWritten = Date.parse(date.includes('T') ? `${date}Z` : date)
  if (timeZone === 'UTC' || Number.isNaN(asWritten)) return asWritten
  const guess = asWritten - offsetAt(asWritten, timeZone)
  return asWritten - offsetAt(guess, timeZone)
}

/** Where a day begins first: Kiritimati and, in summer, nowhere earlier. */
const EARLIEST = 14 * 60 * 60 * 1000

/** When a written day or time has come: in `timeZone`, or, without one, as soon as it has come anywhere on Earth. */
export const beginning = (date: string, timeZone: string | undefined): number =>
  timeZone === undefined && !hasOffset(date) ? instant(date) - EARLIEST : instant(date, timeZone)

/** An instant as an ISO day in a time zone, the machine’s when none is named: what a person there would write. */
export function localDay(time: Date, timeZone?: string): string {
  const ahead =
    timeZone === undefined ? -time.getTimezoneOffset() * 60_000 : offsetAt(time.getTime(), timeZone)
  return new Date(time.getTime() + ahead).toISOString().slice(0, 10)
}

/** Its IANA name; undefined when it has none. */
export function machineTimeZone(): string | undefined {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  return isTimeZone(timeZone) ? timeZone : undefined
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format()
    return true
  } catch {
    return false
  }
}

/** Milliseconds that clocks of a time zone are ahead of UTC at an instant. */
function offsetAt(time: number, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(time)
  const read = (type: string) => Number(parts.find(part => part.type === type)?.value)
  const [year, month, day] = [read('year'), read('month'), read('day')]
  const wall = Date.UTC(year, month - 1, day, read('hour'), read('minute'), read('second'))
  return wall - Math.floor(time / 1000) * 1000
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone)
  if (!clock) {
    const inTwoDigits = {
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    } as const
    clock = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', ...inTwoDigits })
    clocks.set(timeZone, clock)
  }
  return clock
}

/** An ISO day or time as RFC 3339 has it: to the second, in UTC. */
export const internetTime = (date: string, timeZone?: string): string =>
  new Date(instant(date, timeZone)).toISOString().replace('.000Z', 'Z')

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

/** How a language writes the styles. */
type OwnNames = Readonly<
  Record<'full' | 'long' | 'medium' | 'short' | 'day' | 'month' | 'year', (date: DateParts) => string>
>

/** The month from 0, `w` the day of the week, from Sunday. */
interface DateParts {
  readonly y: number
  readonly m: number
  readonly d: number
  readonly w: number
}

const names = (words: string): readonly string[] => words.split(' ')

const months = {
  en: names('January February March April May June July August September October November December'),
  ru: names('январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'),
  ruOf: names('января февраля марта апреля мая июня июля августа сентября октября ноября декабря'),
  ruShort: names('янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.'),
}
const days = {
  en: names('Sunday Monday Tuesday Wednesday Thursday Friday Saturday'),
  ru: names('воскресенье понедельник вторник среда четверг пятница суббота'),
}
const twoDigits = (n: number) => String(n).padStart(2, '0')

const english: OwnNames = {
  full: ({ y, m, d, w }) => `${days.en[w]}, ${months.en[m]} ${d}, ${y}`,
  long: ({ y, m, d }) => `${months.en[m]} ${d}, ${y}`,
  medium: ({ y, m, d }) => `${months.en[m]?.slice(0, 3)} ${d}, ${y}`,
  short: ({ y, m, d }) => `${m + 1}/${d}/${twoDigits(y % 100)}`,
  day: ({ m, d }) => `${months.en[m]} ${d}`,
  month: ({ y, m }) => `${months.en[m]} ${y}`,
  year: ({ y }) => String(y),
}
const russian: OwnNames = {
  full: ({ y, m, d, w }) => `${days.ru[w]}, ${d} ${months.ruOf[m]} ${y} г.`,
  long: ({ y, m, d }) => `${d} ${months.ruOf[m]} ${y} г.`,
  medium: ({ y, m, d }) => `${d} ${months.ruShort[m]} ${y} г.`,
  short: ({ y, m, d }) => `${twoDigits(d)}.${twoDigits(m + 1)}.${y}`,
  day: ({ m, d }) => `${d} ${months.ruOf[m]}`,
  month: ({ y, m }) => `${months.ru[m]} ${y} г.`,
  year: ({ y }) => String(y),
}

/** The first date that `Intl` formats takes it 25 ms. A test holds that these say what it says. */
const ownNames = new Map<string, OwnNames>([
  ['en', english],
  ['ru', russian],
])

/** What `Intl` would write of a moment in UTC; undefined for what it is to be asked. It writes years of three digits in its own way. */
function inOwnNames(moment: number, style: DateStyle, lang: string): string | undefined {
  const write = typeof style === 'string' ? ownNames.get(lang)?.[style as keyof OwnNames] : undefined
  const date = new Date(moment)
  const y = date.getUTCFullYear()
  if (!write || y < 1000 || y > 9999) return undefined
  return write({ y, m: date.getUTCMonth(), d: date.getUTCDate(), w: date.getUTCDay() })
}

export type DateStyle = string | Intl.DateTimeFormatOptions

/**
 * A date as a reader of the language writes it. The style is a name above, `iso`, or options of `Intl.DateTimeFormat`. The day and the
 * time are those that were written, whatever their offset, so that they are the same wherever the site is built; options with a time
 * zone of their own ask for the moment there.
 */
export function formatDate(value: string, style: DateStyle, lang: string): string {
  const date = typeof value === 'string' ? normalizeDate(value) : ''
  const moment = instant(date)
  if (Number.isNaN(moment))
    throw new RangeError(`date() was given ${JSON.stringify(value)}, which is no date such as 2026-11-21`)
  if (style === 'iso') return value
  const options = typeof style !== 'string' ? style : Object.hasOwn(styles, style) ? styles[style] : undefined
  if (!options)
    throw new RangeError(
      `date() has no style “${String(style)}”; it has ${[...Object.keys(styles), 'iso'].join(', ')}`,
    )
  const isMoved = options.timeZone === undefined && hasOffset(date)
  const shown = isMoved ? instant(date.replace(OFFSET, '')) : moment
  const own = inOwnNames(shown, style, lang)
  if (own !== undefined) return own
  const key = `${lang} ${JSON.stringify(options)}`
  let format = formats.get(key)
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(lang, { timeZone: 'UTC', ...options })))
  return format.format(shown)
}
