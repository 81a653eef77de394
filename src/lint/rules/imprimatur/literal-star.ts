import type { Rule } from '../rule.ts'

/**
 * CommonMark 6.2: beside a letter outside and a mark inside, stars neither open emphasis nor close it. Each pattern begins with a star: V8
 * finds that at once, where it would look back from every character.
 */
const stars = [
  /(\*\*)([\p{L}\d«“„"(][^*\u2029]*[»”“"…)!?.,:;%])\1(?=[\p{L}\d])/gu,
  /(\*\*)(?<=[\p{L}\d]\*\*)([«“„"(][^*\u2029]*[^\s*\u2029])\1/gu,
  /(\*)([«“„"][^*\u2029]*[»”“"])\1(?=\p{L})/gu,
  /(\*)(?<=\p{L}\*)([«“„"][^*\u2029]*[»”“"])\1/gu,
]

const quoted = /^[«“„"][^«»“”„"]*[»”“"]$/

export const literalStar: Rule = {
  code: 'imprimatur/literal-star',
  title: 'Stars around words are emphasis, also beside a quotation mark and a letter',
  why: 'CommonMark takes **«Word»**s for stars, since a mark stands between them and the word. «**Word**»s is bold. To move the quotation marks is the author’s decision, so that --fix leaves it alone; editors and reports offer it.',
  writes: '',
  languages: ['en', 'ru'],
  examples: [
    { lang: 'ru', before: 'Это **«Текст»**ом', after: 'Это **«Текст»**ом' },
    { lang: 'en', before: 'the **“Page”**s, a **page**s', after: 'the **“Page”**s, a **page**s' },
  ],
  needs: ['*'],
  run(buffer) {
    const reported = new Set<number>()
    for (const pattern of stars) {
      for (const { 0: found, 1: mark = '', 2: inside = '', index } of buffer.text.matchAll(pattern)) {
        if (reported.has(index)) continue
        reported.add(index)
        const [size, end] = [mark.length, index + found.length]
        const marks = quoted.test(inside)
        buffer.report(index, found.length, `The stars of “${found}” are read as stars`, {
          literally: mark,
          hint: marks
            ? `put them within the quotation marks: ${inside[0]}${mark}${inside.slice(1, -1)}${mark}${inside.at(-1)}`
            : 'leave a blank beside them, or put the mark outside',
          swaps: marks
            ? [
                [index, index + size, index + size + 1],
                [end - size - 1, end - size, end],
              ]
            : [],
        })
      }
    }
  },
}
