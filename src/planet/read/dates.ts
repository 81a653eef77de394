/** The names that feeds give to zones, by minutes east of Greenwich; RFC 5322, section 4.3, and what else is met. */
const zones: ReadonlyMap<string, number> = new Map(
  [
    'z ut utc gmt wet 0, west bst cet mez 60, cest mesz eet 120, eest msk мск 180, msd 240, yekt 300, novt 420',
    'hkt sgt awst 480, jst kst 540, acst 570, aest 600, aedt 660, nzst 720, nzdt 780',
    'adt -180, ast edt -240, est cdt -300, cst mdt -360, mst pdt -420, pst akdt -480, akst -540, hst -600',
  ].flatMap(line =>
    line.split(', ').flatMap(group => {
      const names = group.split(' ')
      const minutes = Number(names.pop())
      return names.map(each => [each, minutes] as const)
    }),
  ),
)

/** How the names of months begin, in English, Russian, German, French, Spanish and Italian. */
const months: readonly RegExp[] = [
  /^(?:jan|янв|jän|ene|gen)/,
  /^(?:feb|фев|fév)/,
  /^(?:mar|мар|mär|mrz)/,
  /^(?:apr|апр|avr|abr)/,
  /^(?:may|ма[йя]|mai|mag)/,
  /^(?:jun|июн|juin|giu)/,
  /^(?:jul|июл|juil|lug)/,
  /^(?:aug|авг|aoû|ago)/,
  /^(?:sep|сен|set)/,
  /^(?:oct|окт|okt|ott)/,
  /^(?:nov|ноя)/,
  /^(?:dec|дек|dez|déc|dic)/,
]

/** Blanks are single ones by then. */
const TIME = /(?:[ ,Tt]{1,4}(?:at )?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)? ?([ap]m\b)?)?/.source
const REMARK = /\((?:[^()]|\([^()]*\))*\)/.source
const ZONE = ` ?(?:${REMARK}|(?:gmt|utc)? ?([+-]\\d{1,2}:?(?:\\d\\d)?)|(\\p{L}+))? ?(?:${REMARK}|\\[[^\\]]*\\])?`

/** RFC 3339 and W3C-DTF, with what is left out in the wild. */
const ISO = new RegExp(`^(\\d{4})[-/]?(\\d\\d)?[-/]?(\\d\\d)?${TIME}${ZONE}$`, 'iu')
const ISO_COMPACT = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)$/i
/** RFC 822 and what came after it: the day before the month. */
const DAY_FIRST = new RegExp(
  `^(\\d{1,2})(?:st|nd|rd|th|\\.)?[ -]{1,3}(\\p{L}+)\\.?[ ,-]{1,3}(\\d{2}|\\d{4})${TIME}${ZONE}$`,
  'iu',
)
const MONTH_FIRST = new RegExp(
  `^(\\p{L}+)\\.? (\\d{1,2})(?:st|nd|rd|th)?[ ,]{1,3}(\\d{4})${TIME}${ZONE}$`,
  'iu',
)
/** asctime, and with a zone before the year as well. */
const YEAR_LAST = /^(\p{L}+)\s+(\d{1,2})\s+(\d{1,2}):(\d\d):(\d\d)\s+(?:(\p{L}+|[+-]\d{4})\s+)?(\d{4})$/u

/**
 * Milliseconds since 1970 of a date as feeds write it, or undefined for what is none, for a day that does not exist, and for
 * anything up to the first day of 1970, which is how programs write that they do not know. Without a zone, or with one that has
 * no known name, it is taken for UTC; a day of the week is not looked at.
 */
export function parseFeedDate(written: string): number | undefined {
  const text = written.trim().replace(/\s+/g, ' ')
  if (text.length > 100) return undefined
  const plain = text.replace(/^\p{L}+\.?(?:,\s*|\s+(?=\d)|\s+(?=\p{L}+\.?\s+\d))(?!\d{1,2}[\s,]+\d{4})/u, '')
  const moment = [text, plain].flatMap(each => read(each) ?? [])[0]
  return moment !== undefined && moment >= 86_400_000 ? moment : undefined
}

function read(text: string): number | undefined {
  let found = ISO_COMPACT.exec(text)
  if (found) return at(found[1], found[2], found[3], [found[4], found[5], found[6]], 0)
  found = ISO.exec(text)
  if (found) {
    const [, year, month = '1', day = '1', hour, minute, second, half, offset, name] = found
    return at(year, month, day, [hour, minute, second, half], zone(offset, name))
  }
  found = DAY_FIRST.exec(text)
  if (found) {
    const [, day, month, year = '', hour, minute, second, half, offset, name] = found
    const full = year.length === 2 ? `${Number(year) < 70 ? 20 : 19}${year}` : year
    return at(full, monthOf(month), day, [hour, minute, second, half], zone(offset, name))
  }
  found = MONTH_FIRST.exec(text)
  if (found) {
    const [, month, day, year, hour, minute, second, half, offset, name] = found
    return at(year, monthOf(month), day, [hour, minute, second, half], zone(offset, name))
  }
  found = YEAR_LAST.exec(text)
  if (found) {
    const [, month, day, hour, minute, second, where, year] = found
    const isNumber = where !== undefined && /\d/.test(where)
    return at(year, monthOf(month), day, [hour, minute, second], zone(isNumber ? where : undefined, where))
  }
  return undefined
}

const monthOf = (name = '') => String(months.findIndex(month => month.test(name.toLowerCase())) + 1)

function zone(offset: string | undefined, name: string | undefined): number {
  if (offset === undefined) return zones.get((name ?? '').toLowerCase()) ?? 0
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{1,2}):?(\d\d)?$/.exec(offset) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

type Clock = readonly [hour?: string, minute?: string, second?: string, half?: string]

function at(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  [hour = '0', minute = '0', second = '0', half]: Clock,
  offset: number,
): number | undefined {
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (/^p/i.test(half) ? 12 : 0)
  if (hours > 24 || Number(minute) > 59 || Number(second) > 60 || Math.abs(offset) > 14 * 60) return undefined
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const isDay = new Date(midnight).getUTCMonth() === Number(month) - 1
  if (!isDay || Number(month) < 1 || Number(day) < 1) return undefined
  return midnight + ((hours * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000
}
