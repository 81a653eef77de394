import slugify from '@sindresorhus/slugify'

/** Jekyll, `mode: default`: what is neither letter nor digit of any script is one hyphen. */
export const jekyllSlug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')

/** Hugo’s `urlize`: blanks become hyphens, most marks go, letters of any script stay. */
export const hugoPath = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\s+/g, '-')
    .replace(/[^\p{L}\p{M}\p{N}\-_./~+@]/gu, '')

/** The crate `slug` of Zola: ASCII, hyphens in the place of all else. */
export const zolaSlug = (text: string): string => slugify(text, { decamelize: false }) || 'page'

/** Pelican: ASCII where the text has any, what is neither letter nor digit goes. */
export const pelicanSlug = (text: string): string => slugify(text, { decamelize: false })

/** Of GitHub, kramdown’s GFM, goldmark and marked: letters, digits, `-` and `_` stay, each blank becomes a hyphen. */
export const githubAnchor = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')

/** hexo-util’s `slugize`: case stays, marks become one hyphen. */
export const hexoAnchor = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036F]/g, '')
    .normalize('NFC')
    .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'<>,.?/]+/g, '-')
    .replace(/^-+|-+$/g, '')
