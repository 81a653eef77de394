import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5'
import { folderWith } from '../folder.ts'

/** What other programs make of the files of a zine. */

const inFile = (name: string, bytes: Uint8Array): string => {
  const file = join(folderWith(), name)
  writeFileSync(file, bytes)
  return file
}

const run = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 28 })

/** Page by page, as somebody gets it who copies it. */
export const pdfPages = (pdf: Uint8Array, ...options: readonly string[]): readonly string[] =>
  run('pdftotext', ...options, inFile('a.pdf', pdf), '-')
    .replace(/\f$/, '')
    .split('\f')

/**
 * The whole text in the three orders in which pdftotext gives it. By lines it keeps hyphens that were written, and parts of a line that
 * stand apart; otherwise it keeps the lines of a cell together; as the file has it, what is raised stays with its word.
 */
export const pdfTexts = (pdf: Uint8Array): readonly string[] =>
  [pdfPages(pdf, '-layout'), pdfPages(pdf), pdfPages(pdf, '-raw')].map(pages =>
    withoutPageNumbers(pages.join('\n')),
  )

/** Without those that follow a link to another post: no post has them. */
const withoutPageNumbers = (text: string) => text.replace(/[ \n\u00A0]*\((?:p|с)\.[\u00A0 ]\d+\)/gu, '')

/** Each font: whether it is embedded, a subset, and has a ToUnicode table. */
export const pdfFonts = (pdf: Uint8Array): readonly string[] =>
  run('pdffonts', inFile('a.pdf', pdf))
    .split('\n')
    .slice(2)
    .filter(Boolean)
    .map(line =>
      /^(?:[A-Z]{6}\+)?(\S+).* (yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$/.exec(line)!.slice(1).join(' '),
    )

export const pdfInfo = (pdf: Uint8Array): Readonly<Record<string, string>> =>
  Object.fromEntries(
    run('pdfinfo', inFile('a.pdf', pdf))
      .split('\n')
      .filter(Boolean)
      .map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  )

/** The bookmarks, each with as many blanks before it as others are around it. */
export function pdfOutline(pdf: Uint8Array): readonly string[] {
  const xml = run('pdftohtml', '-xml', '-i', '-stdout', inFile('a.pdf', pdf))
  const [, outline = ''] = /<outline>([^]*)<\/outline>/.exec(xml) ?? []
  let depth = 0
  return [...outline.matchAll(/<(\/?)outline>|<item[^>]*>([^]*?)<\/item>/g)].flatMap(
    ([tag, closes, text]) => {
      if (text !== undefined) return [' '.repeat(depth) + decode(text)]
      depth += closes === '/' ? -1 : 1
      return tag ? [] : []
    },
  )
}

const decode = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|#34);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name] ?? '"')

/** What epubcheck says, but for its own business. */
export function epubFaults(epub: Uint8Array): readonly string[] {
  const jar = '/usr/share/java/epubcheck.jar'
  // A run is too short for the machine to be worth warming.
  const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']
  const { stdout, stderr } = spawnSync('java', [...quick, '-jar', jar, inFile('a.epub', epub)], {
    encoding: 'utf8',
  })
  const said = stdout + stderr
  if (!said.includes('EPUBCheck completed')) throw new Error(`epubcheck did not do its work: ${said}`)
  return said.split('\n').filter(line => /^(?:FATAL|ERROR|WARNING|USAGE)/.test(line))
}

interface Token {
  readonly text: string
  readonly endsLine: boolean
}

const tokensOf = (text: string): readonly Token[] =>
  text.split('\n').flatMap(line => {
    const words = wordsOf(line)
    return words.map((word, i) => ({ text: word, endsLine: i === words.length - 1 }))
  })

/** A no-break space parts words, too. */
export const wordsOf = (text: string): readonly string[] =>
  text.split(/[\s\u00A0\u202F\u2009]+/u).filter(Boolean)

/** The number of a note stands at the end of a word, or before its last stop. */
function isWord(wanted: string, found: string): boolean {
  if (wanted === found) return true
  const more = found.length - wanted.length
  if (more <= 0) return false
  let same = 0
  while (same < wanted.length && wanted[same] === found[same]) same++
  return /^\d+$/.test(found.slice(same, same + more)) && found.slice(same + more) === wanted.slice(same)
}

/** Words of a page that may stand between those of one paragraph: notes, the head and the foot of pages. */
const MOST_BETWEEN = 600

/**
 * The paragraphs whose words the text does not have in their order, whole and apart. A page may end within one, and a word at the end
 * of a line; numbers of notes do not count.
 */
export function missingParagraphs(
  pages: readonly string[],
  paragraphs: readonly string[],
): readonly string[] {
  const tokens = tokensOf(pages.join('\n'))
  const places = new Map<string, number[]>()
  tokens.forEach(({ text }, i) => {
    const key = text.slice(0, 1)
    places.set(key, [...(places.get(key) ?? []), i])
  })
  /** Where the next token is, if the word is here: its parts may be at the ends of lines, and on two pages. */
  const take = (wanted: string, at: number): number | undefined => {
    let found = ''
    for (let i = at; i < Math.min(at + 30, tokens.length); i++) {
      const { text: part, endsLine } = tokens[i]!
      found += part.replace(/\u00AD$/, '')
      if (isWord(wanted, found)) return i + 1
      if (part.endsWith('\u00AD')) {
        const rest = tokens
          .slice(i + 1, i + MOST_BETWEEN)
          .findIndex(each => isWord(wanted, found + each.text))
        if (rest >= 0) return i + rest + 2
      }
      // The number of a note stands apart from its word, and a stop behind it.
      if (!endsLine && !/^\d+\D?$/.test(tokens[i + 1]?.text ?? '')) break
    }
    return /^\d+$/.test(tokens[at]?.text ?? '') && at + 1 < tokens.length ? take(wanted, at + 1) : undefined
  }
  const follows = (words: readonly string[], at: number, count: number) => {
    let next: number | undefined = at
    for (const word of words.slice(0, count)) next = next === undefined ? undefined : take(word, next)
    return next !== undefined
  }
  const has = (words: readonly string[], start: number): boolean => {
    let at = start
    for (let i = 0; i < words.length; i++) {
      let next = take(words[i]!, at)
      const last = i === 0 ? at : Math.min(at + MOST_BETWEEN, tokens.length)
      for (let other = at + 1; next === undefined && other < last; other++)
        if (follows(words.slice(i), other, 3)) next = take(words[i]!, other)
      if (next === undefined) return false
      at = next
    }
    return true
  }
  return paragraphs.filter(paragraph => {
    const words = wordsOf(paragraph)
    return words.length > 0 && !(places.get(words[0]!.slice(0, 1)) ?? []).some(start => has(words, start))
  })
}

type Node = DefaultTreeAdapterTypes.ChildNode

const LEAVES = /^(?:p|li|td|th|dt|dd|h[1-6]|figcaption|summary)$/

/** The text of every paragraph, heading, cell and item of a page’s HTML, without the marks of notes. */
export function paragraphsOf(html: string): readonly string[] {
  const found: string[] = []
  const text = (node: Node): string => {
    if ('value' in node) return node.value
    if (!('tagName' in node)) return ''
    const name = node.attrs.find(each => each.name === 'class')?.value ?? ''
    if (/footnote-ref|footnote-backref/.test(name)) return ''
    return node.tagName === 'br' ? ' ' : node.childNodes.map(text).join('')
  }
  const visit = (node: Node) => {
    if (!('tagName' in node)) return
    if (node.attrs.some(({ value }) => value === 'toc')) return
    if (node.tagName === 'pre') found.push(...text(node).split('\n'))
    else if (
      LEAVES.test(node.tagName) &&
      !node.childNodes.some(
        child => 'tagName' in child && /^(?:p|ul|ol|dl|pre|blockquote|table|figure)$/.test(child.tagName),
      )
    )
      found.push(text(node))
    else node.childNodes.forEach(visit)
  }
  parseFragment(html).childNodes.forEach(visit)
  return found.map(each => each.trim()).filter(Boolean)
}
