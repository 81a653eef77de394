import slugify from '@sindresorhus/slugify'

/** Jekyll, `mode: default`: what is neither letter nor digit of any script is one hyphen. */
export const jekyllSlug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')

/** Jekyll, `mode: pretty`, for `:title`: case stays, and so do marks that a path may have. */
export const jekyllTitle = (text: string): string =>
  text.replace(/[^\p{L}\p{M}\p{N}._~!$&'()+,;=@]+/gu, '-').replace(/^-+|-+$/g, '')

/** Hugo’s `urlize`: blanks become hyphens, most marks go, letters of any script stay. */
export const hugoPath = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\s+/g, '-')
    .replace(/[^\p{L}\p{M}\p{N}\-_./~+@]/gu, '')

/** The crate `slug` of Zola: spelt in ASCII by `deunicode`, hyphens in the place of all else. */
export const zolaSlug = (text: string): string =>
  ascii(text.toLowerCase())
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '') || 'page'

/** The same for headings; undefined where letters are of a script that only the crate can spell. */
export const zolaAnchor = (text: string): string | undefined => (isSpelt(text) ? zolaSlug(text) : undefined)

const isSpelt = (text: string) =>
  !/(?![\p{Script=Latin}\p{Script=Cyrillic}])[\p{L}\p{Extended_Pictographic}]/u.test(text)

/** As `deunicode` and `unidecode` spell Latin and Cyrillic letters. */
const ascii = (text: string) =>
  text
    .replace(/[\u0400-\u04FF]/g, letter => CYRILLIC[letter] ?? letter)
    .replace(/[ßæœøđłþ]/g, letter => LATIN[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')

const LATIN: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', þ: 'th' }

const CYRILLIC: Readonly<Record<string, string>> = Object.fromEntries(
  'а:a б:b в:v г:g д:d е:e ё:io ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch ъ:- ы:y ь:- э:e ю:iu я:ia і:i ї:yi є:ie'
    .split(' ')
    .map(pair => pair.split(':') as [string, string]),
)

/** Pelican: spelt in ASCII by `unidecode`; marks go, blanks become hyphens. Undefined for a script that it alone can spell. */
export const pelicanSlug = (text: string): string | undefined =>
  isSpelt(text)
    ? ascii(text.toLowerCase().replace(/[ъь]/g, ''))
        .replace(/[^\w\s-]/g, '')
        .trim()
        .replace(/[-\s]+/g, '-')
    : undefined

/** Of GitHub, kramdown’s GFM, goldmark and marked: letters, digits, `-` and `_` stay, each blank becomes a hyphen. */
export const githubAnchor = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')

/** marked’s `smartypants`, which Hexo turns on: what is typographic then is no mark that `slugize` knows. */
export const smartypants = (text: string): string =>
  text
    .replace(/---/g, '—')
    .replace(/--/g, '–')
    .replace(/(^|[-—/([{"\s])'/g, '$1‘')
    .replace(/'/g, '’')
    .replace(/(^|[-—/([{‘\s])"/g, '$1“')
    .replace(/"/g, '”')
    .replace(/\.{3}/g, '…')

/** hexo-util’s `slugize`: case stays, marks become one hyphen. */
export const hexoAnchor = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036F]/g, '')
    .normalize('NFC')
    .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'<>,.?/]+/g, '-')
    .replace(/^-+|-+$/g, '')

/**
 * Of marked before its version 0.6, which nanogen has: what is no ASCII letter or digit becomes one hyphen, a no-break space, which is
 * an entity there, nothing. A heading of no such letter had no anchor of its own.
 */
export const markedAnchor = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('\u00A0', '')
    .replace(/[^\w]+/g, '-')
    .replace(/^-$/, '')

/** Eleventy’s `slugify` filter, which its IdAttributePlugin uses. */
export const eleventyAnchor = (text: string): string => slugify(text, { decamelize: false })
