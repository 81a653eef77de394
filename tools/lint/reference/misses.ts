/**
 * What an editor would still set in a paragraph that was linted, by kind. A pattern errs on the side of silence:
 * where two readings are open (a feet mark, a minus, a product's name), it does not count.
 *
 * `b` in a pattern stands for a blank that may break. A kind marked `wish` is asked for by style books and not
 * promised by the rules that are on by default; it is counted apart.
 */
export interface Kind {
  readonly name: string
  readonly pattern: RegExp
  readonly wish?: boolean
}

/**
 * What the linter says to the author in place of setting it: of a paragraph as a whole, or of as many places as it reports. The program
 * promises to set it or to say so; that it says so is counted apart.
 */
export const reports: readonly {
  readonly code: string
  /** Only reports with this in their message. */
  readonly says?: string
  readonly kinds: RegExp
  readonly of: 'paragraph' | 'place'
}[] = [
  { code: 'imprimatur/unbalanced-quote', says: 'no partner', kinds: /quote/, of: 'paragraph' },
  {
    code: 'imprimatur/unbalanced-quote',
    says: 'Nobody can tell',
    kinds: /single quote|apostrophe/,
    of: 'paragraph',
  },
  { code: 'imprimatur/language', kinds: /quote|apostrophe|dash|hyphen/, of: 'paragraph' },
  { code: 'imprimatur/minus-or-range', kinds: /dash/, of: 'place' },
]

const kind = (name: string, source: string, flags = ''): Kind => ({
  name,
  pattern: new RegExp(source.replaceAll('⍽', ' '), `gu${flags}`),
})
const wish = (name: string, source: string, flags = ''): Kind => ({
  ...kind(name, source, flags),
  wish: true,
})

/** As far as a number is one that counts: up to five digits, and a fraction. */
const number = String.raw`(?<![\p{L}\d.,:/#-])\d{1,5}(?:[.,]\d+)*`
const units =
  'kg|mg|km|cm|mm|nm|ms|ns|Hz|kHz|MHz|GHz|[kKMGT]i?B|[MG]bit/s|fps|px|em|pt|dpi|GB|MB|KB|TB|°C|°F|seconds?|minutes?|hours?|days?|weeks?|months?|years?|bytes?|bits|people|times|percent|pages|lines|files'
const labels =
  'chapters?|sections?|figures?|figs?\\.|tables?|pages?|pp?\\.|nos?\\.|parts?|steps?|volumes?|vols?\\.|appendix|version'
/** Not behind code, of which it may be the ending, nor in what is written with signs. */
const beforeWord = String.raw`(?<![\p{L}\d'’.@/_+\uFFFC-])`
/** What a unit stands behind, which is no short word. */
const behindNumber = String.raw`(?<!\d\u00A0)`

/** Behind a label: the number is not that of a unit. */
const countsNothing = String.raw`(?!\d+(?:[.,]\d+)*⍽(?:${units})(?!\p{L}))`

export const english: readonly Kind[] = [
  kind('straight double quote', String.raw`(?<![\d"])"(?=[\p{L}\d([])|(?<=[\p{L}.,!?)\]])"(?!")`),
  kind(
    'straight apostrophe',
    String.raw`(?<=\p{L})'(?=\p{L})|(?<=s)'(?= [a-z])|(?<![\p{L}\d])'(?=(?:\d\ds|tis|twas|em|til|cause)\b)`,
  ),
  kind(
    'straight single quote',
    String.raw`(?<![\p{L}\d'])'(?!(?:\d\ds|tis|twas|em|til|cause)\b)[\p{L}][^'’]*?[\p{L}.,!?]'(?![\p{L}'])`,
  ),
  kind('hyphen for a dash', String.raw`(?<=[\p{L}.,!?)”’"']) -{1,2} (?=[\p{L}(“‘"'])(?<![ ]\p{L} -{1,2} )`),
  kind('hyphens between words', String.raw`(?<=\p{L}{2})-{2,3}(?=\p{L}{2})`),
  kind('breakable blank before a dash', String.raw`(?<=[\p{L}.,!?)”’]) —`),
  kind(
    'short word not tied',
    `${beforeWord}${behindNumber}(?:(?!(?:[A-Z]{2}|[b-zB-HJ-NP-Z])⍽)[A-Za-z]{1,2})⍽(?=[\\p{L}\\d“‘"'(])`,
  ),
  kind('number and unit', `${number}⍽(?:${units})(?![\\p{L}\\d-])`),
  kind('label and number', `${beforeWord}(?:${labels})⍽(?=\\d)${countsNothing}`, 'i'),
  kind(
    'name and number',
    String.raw`(?<=[\p{Ll},][  ])\p{Lu}[\p{L}]+⍽(?=\d{1,3}(?:\.\d+)*(?![\d\p{L}%/:-]))${countsNothing}`,
  ),
  kind('section or number mark', String.raw`[§¶№]⍽(?=\d)`),
  wish(
    'other label and number',
    `${beforeWord}(?:rules?|levels?|issues?|lines?|days?|rounds?|phases?|types?|class(?:es)?)⍽(?=\\d)${countsNothing}`,
    'i',
  ),
  wish('title and name', `${beforeWord}(?:Mr|Mrs|Ms|Dr|Prof|St)\\.⍽(?=\\p{Lu})`),
  wish('initials', `${beforeWord}\\p{Lu}\\.(?:⍽\\p{Lu}\\.|\\p{Lu}\\.⍽(?=\\p{Lu}\\p{Ll}))`),
  wish('three dots', String.raw`(?<!\.)\.\.\.(?!\.)`),
  wish('range with a hyphen', String.raw`(?<![\d.,/:-])\d{1,4}-\d{1,4}(?![\d\p{L}/:-]|\.\d)`),
  wish('spaced en dash', String.raw`(?<=\p{L})[ \u00A0]– (?=\p{L})`),
]

const months = 'января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря'
const russianUnits =
  'кг|г|мг|км|м|см|мм|л|мл|мс|сек|мин|ч|шт|тыс|млн|млрд|трлн|руб|коп|[КМГТ]Б|[кКМГ]бит|Гц|[кМГ]Гц|лет|года|год|раз|раза|человек|часов|минут|секунд|дней|страниц|символов|байт|рублей|долларов|%|₽|\\$|€|°C|°С'
const russianLabels =
  'глав[аыеу]|част[ьи]|раздел[аеу]?|рис\\.|табл\\.|гл\\.|стр\\.|кн\\.|шаг[аеу]?|верси[яиюей]|пункт[аеу]?|п\\.|ст\\.|ч\\.|т\\.|с\\.|Vue|Python|Ruby|Windows|Java|React|PHP|iOS|Android'
const short = 'а|и|о|у|к|с|в|я|во|до|за|из|ко|на|не|ни|но|об|от|по|со|то|да|мы|ты|вы|он|их|ее|её|им|ей'

export const russian: readonly Kind[] = [
  kind('straight double quote', String.raw`(?<![\d"])"(?=[\p{L}\d([])|(?<=[\p{L}.,!?…)])"(?!")`),
  kind('foreign quotes', String.raw`(?<![«„][^»“]*)“(?=[А-ЯЁа-яё])`),
  kind('hyphen for a dash', String.raw`(?<=[\p{L}.,!?…)»"]) -{1,2} (?=[\p{L}(«"])|(?:^|\u2028)- (?=[А-ЯЁ])`),
  kind('breakable blank before a dash', String.raw`(?<=[\p{L}.,!?…)»“]) [—–](?= )`),
  kind(
    'short word not tied',
    `(?<![\\p{L}\\d‑.@/_+’\\uFFFC-])${behindNumber}(?:${short})⍽(?=[\\p{L}\\d«„"(])`,
    'i',
  ),
  kind('particle not tied', String.raw`(?<=\p{L})⍽(?:ли|же|бы|ль)(?![\p{L}-])`),
  kind('number and unit', `${number}⍽(?:${russianUnits})(?![\\p{L}\\d-])`),
  kind('day and month', `(?<!\\d)\\d{1,2}⍽(?:${months})`),
  kind('year', String.raw`\d{4}⍽(?:гг?\.|году?|года|годом)(?!\p{L})`),
  kind('century', String.raw`[XVI]+⍽вв?(?:\.|ек)`),
  kind(
    'label and number',
    `(?<![\\p{L}\\d.])(?:${russianLabels})⍽(?=\\d)(?!\\d+⍽(?:${russianUnits})(?!\\p{L}))`,
    'i',
  ),
  kind('section or number mark', String.raw`[§№]⍽(?=\d)`),
  kind('abbreviation', String.raw`(?<!\p{L})т\.(?: |)[дпекн]\.|(?<!\p{L})н\. э\.`),
  // “Помните им. Ведь …” is a pronoun at the end of its sentence.
  kind(
    'см., им.',
    String.raw`(?<!\p{L})(?:[Сс]м\.⍽(?=\p{L})|(?<=(?:[а-яё]+ский|театр|завод|парк|музей|школ|библиотек|институт|университет)\p{Ll}*[  ])им\.⍽(?=\p{Lu}))`,
  ),
  kind(
    'initials',
    String.raw`(?<![\p{L}.])[А-ЯЁ]\.(?:⍽[А-ЯЁ]\.|[А-ЯЁ]\.⍽[А-ЯЁ][а-яё]|⍽[А-ЯЁ]\.[  ]?[А-ЯЁ][а-яё])|[А-ЯЁ][а-яё]+⍽[А-ЯЁ]\.[  ]?[А-ЯЁ]\.`,
  ),
  kind(
    'title or place and name',
    String.raw`(?<!\p{L})(?<!\d[  ])(?:проф|акад|доц|ул|оз|г|пл)\.⍽(?=[А-ЯЁ][а-яё])`,
  ),
  kind('digit groups', String.raw`(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)`),
  wish('three dots', String.raw`(?<!\.)\.\.\.(?!\.)`),
  wish('range with a hyphen', String.raw`(?<![\d.,/:-])\d{1,4}-\d{1,4}(?![\d\p{L}/:-]|\.\d)`),
  wish('single quotes', String.raw`(?<![\p{L}\d'])'[А-Яа-яё][^']*?'(?![\p{L}'])`),
]
