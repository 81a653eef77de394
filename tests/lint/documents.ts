import { array, constantFrom, oneof, string, tuple, type Arbitrary } from 'fast-check'

/** Markdown as no one would write it on purpose: everything that may meet, met. */
export const documents = (): Arbitrary<string> =>
  array(block(), { minLength: 1, maxLength: 6 }).map(blocks => blocks.join(''))

const words = constantFrom(
  ...'a I in of to the it’s it\'s don\'t в и на не лес слово бы же г. т.п. т. е. XX 5 15 5км № § 1990-2000 \'90s \'tis -- - --- — … & < > " « » “ ” „ \' * ** _ __ ~~ ` `` [ ] ( ) ! ![ ]( | \\ \\" \\* &nbsp; &quot; &mdash; &#8239; {{ }} <% %> ^[ [^1] :) ^_^" 5" /x http://a.b/c www.a.b a@b.c <b> </b> <i> <code> </code> <br> <!-- --> <span lang="en"> </span> <a title="it\'s"> </a> <x@y.z> <http://q.w/e\'r> ==='.split(
    ' ',
  ),
)
const separators = constantFrom(' ', ' ', ' ', ' ', '', '\n', '  \n', '\u00A0', '  ', '\t', '\\\n', '\r\n')

const line = () =>
  array(tuple(words, separators), { minLength: 1, maxLength: 14 }).map(pairs => pairs.flat().join(''))

const inline = () =>
  oneof(
    { weight: 6, arbitrary: line() },
    { weight: 1, arbitrary: line().map(text => `**${text}**`) },
    { weight: 1, arbitrary: line().map(text => `*${text}* "${text}"`) },
    {
      weight: 1,
      arbitrary: tuple(line(), line()).map(
        ([text, title]) => `[${text}](/x "${title.replace(/["\n\r\\]/g, '')}")`,
      ),
    },
    { weight: 1, arbitrary: line().map(text => `[${text}][ref]`) },
    { weight: 1, arbitrary: line().map(text => `\`${text}\``) },
    { weight: 1, arbitrary: string({ unit: 'grapheme', maxLength: 12 }) },
  )

const prefix = constantFrom(
  '',
  '',
  '',
  '> ',
  '- ',
  '1. ',
  '  ',
  '    ',
  '> > ',
  '- - ',
  '# ',
  '## ',
  ': ',
  '\t',
  '[^1]: ',
  '[ref]: ',
)

const block = () =>
  oneof(
    {
      weight: 8,
      arbitrary: tuple(prefix, inline(), constantFrom('\n', '\n\n', '\r\n\r\n', ' #\n', '\n---\n')).map(
        parts => parts.join(''),
      ),
    },
    { weight: 1, arbitrary: array(inline(), { minLength: 2, maxLength: 3 }).map(table) },
    { weight: 1, arbitrary: line().map(text => `\`\`\`\n${text}\n\`\`\`\n\n`) },
    { weight: 1, arbitrary: line().map(text => `<section>\n  <p>${text}</p>\n</section>\n\n`) },
    { weight: 1, arbitrary: line().map(text => `<div title="${text}">\n\n${text}\n\n</div>\n\n`) },
    { weight: 1, arbitrary: line().map(text => `[ref]: /y "${text.replace(/["\n\r\\]/g, '')}"\n\n`) },
    { weight: 1, arbitrary: line().map(text => `[^1]: ${text}\n\n`) },
  )

function table(cells: readonly string[]): string {
  const row = `| ${cells.map(cell => cell.replace(/[\r\n]+/g, ' ')).join(' | ')} |\n`
  return `${row}|${'---|'.repeat(cells.length)}\n${row}\n`
}
