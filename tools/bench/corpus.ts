import { dice as diceFrom, type Dice } from './dice.ts'
import { listings } from './listings.ts'
import { vocabularies, type Vocabulary } from './vocabulary.ts'

export interface Post {
  readonly slug: string
  readonly title: string
  /** An ISO day. Never in the future, for programs leave future posts out. */
  readonly date: string
  readonly lang: 'en' | 'ru'
  readonly description: string
  readonly section: string
  readonly year: number
  /** Markdown, without the front matter. */
  readonly body: string
}

const firstYear = 2013
const years = 12
/** UTF-8 bytes; the last paragraph carries a body some way beyond it. */
const enough = 5900
const lineWidth = 76

/** The first `count` posts, English and Russian by turns: a larger corpus begins with the smaller one. */
export const posts = (count: number): readonly Post[] =>
  Array.from({ length: count }, (_, index) => post(index))

/** With the index, a site of five pages that say next to nothing: what is left is the start of a program. */
export const fewPosts = (): readonly Post[] =>
  posts(4).map(each => Object.assign(each, { body: `# ${each.title}\n\nThat is all.\n` }))

/** Depends on `index` alone. */
export function post(index: number): Post {
  const dice = diceFrom(0x9e3779b9 ^ Math.imul(index + 1, 2654435761))
  const lang = index % 2 === 0 ? 'en' : 'ru'
  const words = vocabularies[lang]
  const year = firstYear + (index % years)
  const day = [year, 1 + dice.below(12), 1 + dice.below(28)].map(part => String(part).padStart(2, '0'))
  const title = `${dice.pick(words.headings)}: ${lowerFirst(dice.pick(words.subjects))} № ${index}`
  return {
    slug: `post-${String(index).padStart(5, '0')}`,
    title,
    date: day.join('-'),
    lang,
    description: `${clause(words, dice)} ${dice.pick(words.circumstances)}.`,
    section: 'posts',
    year,
    body: body(title, words, dice),
  }
}

/** The post's file: the same bytes for every program. */
export function source(post: Post): string {
  const { title, date, lang, description, section, year } = post
  return frontMatter({ title, date, lang, description, section, year }) + post.body
}

/** Strings that YAML might take for something else are quoted; a day stays bare, as people write it. */
export function frontMatter(fields: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(fields).map(([key, value]) => {
    const bare = typeof value === 'number' || /^[\w-]+$/.test(value)
    return `${key}: ${bare ? value : JSON.stringify(value)}\n`
  })
  return `---\n${lines.join('')}---\n\n`
}

function body(title: string, words: Vocabulary, dice: Dice): string {
  const headings = shuffled(words.headings, dice)
  const heading = (level: number) => `${'#'.repeat(level)} ${headings.pop() ?? dice.pick(words.headings)}`
  const plain = (sentences: number) => wrap(several(sentences, () => sentence(words, dice)).join(' '))
  const bullets = several(4 + dice.below(3), () => `- ${sentence(words, dice)}`)
  const steps = several(3 + dice.below(3), at => {
    return `${at + 1}. ${sentence(words, dice)} [link](/posts/${firstYear + dice.below(years)}/)`
  })
  const blocks = [
    `# ${title}`,
    rich(words, dice),
    heading(2),
    plain(4 + dice.below(3)),
    plain(3),
    bullets.join('\n'),
    heading(3),
    rich(words, dice),
    dice.pick(listings)(dice),
    heading(2),
    `> ${dice.pick(words.sayings)}.\n>\n> -- ${sentence(words, dice)}`,
    plain(3),
    steps.join('\n'),
  ]
  let size = Buffer.byteLength(blocks.join('\n\n'))
  while (size < enough) {
    const more = dice.chance(0.5) ? rich(words, dice) : plain(2)
    if (dice.chance(0.2)) blocks.push(heading(3))
    blocks.push(more)
    size += Buffer.byteLength(more)
  }
  return `${blocks.join('\n\n')}\n`
}

/** A paragraph with emphasis, a link and inline code. */
function rich(words: Vocabulary, dice: Dice): string {
  const [first = '', ...others] = several(4, () => sentence(words, dice))
  const emphasised = first.replace(/^\S+/, '*$&*')
  others.splice(1, 0, words.linked(dice))
  others.splice(3, 0, words.emphatic(dice))
  return wrap([emphasised, ...others].join(' '))
}

function sentence(words: Vocabulary, dice: Dice): string {
  const first = clause(words, dice)
  const ending = dice.pick(words.circumstances)
  if (dice.chance(0.55)) return `${first} ${ending}${dice.pick(['.', '.', '.', '!', '...'])}`
  return `${first}${dice.pick(words.conjunctions)}${lowerFirst(clause(words, dice))} ${ending}.`
}

const clause = (words: Vocabulary, dice: Dice) =>
  `${dice.pick(words.subjects)} ${dice.pick(words.verbs)} ${dice.pick(words.objects)}`

const several = <T>(count: number, make: (index: number) => T): readonly T[] & T[] =>
  Array.from({ length: count }, (_, index) => make(index))

function shuffled<T>(items: readonly T[], dice: Dice): T[] {
  const left = [...items]
  return several(left.length, () => left.splice(dice.below(left.length), 1)[0] as T)
}

/** Breaks lines at spaces, as an author's editor would. */
function wrap(text: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > lineWidth) {
      lines.push(line)
      line = word
    } else {
      line = line ? `${line} ${word}` : word
    }
  }
  return [...lines, line].join('\n')
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
