import { checkDay, normalizeDate } from '../../core/dates.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** An ISO day or time of what other generators take for one; undefined when it is none that can be understood. */
export function oldDate(value: unknown): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : isoOf(value)
  if (typeof value !== 'string') return undefined
  return [value, numbered(value), named(value)]
    .flatMap(each =>
      each === undefined ? [] : [normalizeDate(each).replace(/ UTC$/, 'Z').replace(/T24:/, 'T23:')],
    )
    .find(each => checkDay(each) === undefined)
}

/** TOML has days and times without a zone; those of a day alone are at midnight. */
function isoOf(date: Date): string {
  const written = date.toISOString()
  return /^\d{4}-\d{2}-\d{2}$/.test(written) ? written : written.replace(/\.000(?=Z|[+-]|$)/, '')
}

/** `2020/1/5`, `2020-1-5 9:05` */
function numbered(text: string): string | undefined {
  const [, year, month = '', day = '', hour, minute, second = '00', zone = ''] =
    /^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?/.exec(
      text,
    ) ?? []
  return (
    year &&
    iso(
      { year, month, day },
      hour === undefined ? '' : `T${hour.padStart(2, '0')}:${minute}:${second}${zone}`,
    )
  )
}

/** `Jan 5, 2020`, `5 January 2020` */
function named(text: string): string | undefined {
  const [, first, monthFirst, dayAfter, year] =
    /^\s*(?:[A-Za-z]{3,9},\s*)?(?:(\d{1,2})\s+)?([A-Za-z]{3})[a-z]*\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})/.exec(
      text,
    ) ?? []
  const month = MONTHS.indexOf((monthFirst ?? '').toLowerCase()) + 1
  const day = first ?? dayAfter
  return month === 0 || year === undefined || day === undefined
    ? undefined
    : iso({ year, month: String(month), day })
}

const iso = (
  { year, month, day }: { readonly year: string; readonly month: string; readonly day: string },
  rest = '',
) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${rest}`
