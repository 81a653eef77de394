import { dashes } from '../characters.ts'
import type { EditBuffer } from '../../engine/edit-buffer.ts'
import type { Rule } from '../rule.ts'

export const doubleHyphen: Rule = {
  code: 'imprimatur/double-hyphen',
  title: 'Two hyphens without blanks are a dash between words, and a short one between numbers',
  why: 'A typewriter had no dashes; SmartyPants and Pandoc read the hyphens so.',
  writes: dashes,
  languages: ['en', 'ru'],
  needs: ['two dashes'],
  guard: /[^\s-]--/,
  examples: [
    { lang: 'en', before: 'They came--eventually--home.', after: 'They came—eventually—home.' },
    { lang: 'en', before: 'The slots 1990--1995', after: 'The slots 1990–1995' },
    { lang: 'en', before: 'block__element--modifier', after: 'block__element--modifier' },
  ],
  run(buffer, { lang }) {
    const ranges = { pattern: /(?<=\d)--(?=\d)/g, wanted: inText(buffer, '–'), again: false }
    const words = { pattern: betweenWords, wanted: inText(buffer, '—'), again: false }
    buffer.replace(lang === 'ru' ? [ranges] : [ranges, words])
  },
}

const betweenWords = /(?<=[\p{L}\d)\]!?.,…\uE000]|[^\s(][”"’'»])---?(?=[\p{L}“"‘'«(…\uE000])/gu

/** Not in what is no prose: an option, the name of a class or a file. And not in a heading, whose text is its address. */
const inText = (buffer: EditBuffer, dash: string) => (match: RegExpExecArray) => {
  const { 0: found, index } = match
  const { text } = buffer
  if (!buffer.grows(index)) return found
  const before = /[^\s\u2029]{0,40}$/.exec(text.slice(Math.max(0, index - 40), index))?.[0] ?? ''
  const behind =
    /^[^\s\u2029]{0,40}/.exec(text.slice(index + found.length, index + found.length + 40))?.[0] ?? ''
  const isName =
    /[_/\\@=<>#$|]/.test(before + behind) ||
    /\p{L}\d|\d\p{L}/u.test(before + behind) ||
    /^[\p{L}\d-]+\.[a-z][a-z\d]{1,4}(?![\p{L}\d])/u.test(behind) ||
    /^["'“‘(]*[.-]/.test(before) ||
    (/\d$/.test(before) && /--\d/.test(behind))
  return isName ? found : dash
}
