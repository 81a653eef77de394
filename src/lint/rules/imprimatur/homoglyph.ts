import type { Rule } from '../rule.ts'

/** Cyrillic letters and the Latin ones that look the same. */
const lookalikes = new Map(
  [...'АВЕКМНОРСТУХІЅЈаеорсухіѕј'].map(
    (letter, i) => [letter, 'ABEKMHOPCTYXISJaeopcyxisj'[i] as string] as const,
  ),
)
const latin = new Set(lookalikes.values())

export const homoglyph: Rule = {
  code: 'imprimatur/homoglyph',
  title: 'A word is written in one script',
  why: 'A Cyrillic “С” in “Сomplete” looks right and is not: it cannot be found, copied or read aloud.',
  writes: '',
  languages: ['en', 'ru'],
  examples: [
    { lang: 'en', before: 'Сomplete', after: 'Сomplete' },
    { lang: 'ru', before: 'PDFа и HTMLем', after: 'PDFа и HTMLем' },
  ],
  needs: ['two scripts'],
  run(buffer) {
    const { text } = buffer
    seam.lastIndex = 0
    for (let match = seam.exec(text); match; match = seam.exec(text)) {
      const [start, end] = wordAround(text, match.index)
      const word = text.slice(start, end)
      seam.lastIndex = end
      const stranger = findStranger(word)
      if (!stranger) continue
      const script = latin.has(stranger.letter) ? 'Latin' : 'Cyrillic'
      buffer.report(start + stranger.at, 1, `“${stranger.letter}” in “${word}” is a ${script} letter`)
    }
  },
}

const seam = /(?<=[a-z])[а-яёіѕј]|[а-яёіѕј](?=[a-z])/gi

/** No word is longer than 60 letters; what is, is data. */
function wordAround(text: string, at: number): readonly [start: number, end: number] {
  let start = at
  let end = at
  while (start > 0 && at - start < 60 && letter.test(text[start - 1] as string)) start--
  while (end < text.length && end - at < 60 && letter.test(text[end] as string)) end++
  return [start, end]
}

const letter = /\p{L}/u

/** A letter of the script that has fewer here, when all of them pass for the other's; an ending on an abbreviation is no stranger. */
function findStranger(word: string): { letter: string; at: number } | undefined {
  if (/^[A-Z\d]{2,}[а-яё]+$/.test(word)) return undefined
  const cyrillic = [...word].filter(each => /\p{Script=Cyrillic}/u.test(each))
  const roman = [...word].filter(each => /\p{Script=Latin}/u.test(each))
  const few = cyrillic.length <= roman.length ? cyrillic : roman
  const [first] = few
  const pass = few.every(each => (few === cyrillic ? lookalikes : latin).has(each))
  return first !== undefined && pass ? { letter: first, at: word.indexOf(first) } : undefined
}
