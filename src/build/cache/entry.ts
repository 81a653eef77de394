import type { OutputFile, Result } from '../../core/types.ts'
import type { Answers } from './fingerprints.ts'
import type { Site } from '../render/template-context.ts'
import type { PageLinks } from '../links/collect.ts'
import type { SitePage } from '../pages/page.ts'

/** What a later build has to know of a file so as not to render it again. It can be cloned. */
export interface Note {
  /** What was asked of the site, one question a line, and the answers in one text. */
  readonly asked: string
  readonly answers: string
  readonly links?: PageLinks | undefined
}

export interface Printed {
  readonly result: Result<string | Uint8Array>
  /** Absent where the file is to be rendered every time. */
  readonly note?: Note | undefined
}

/** Renders a file and notes what it depends on. */
export function print(
  { inquiry, links }: Site,
  answers: Answers,
  file: OutputFile,
  page: SitePage | undefined,
): Printed {
  const { value: result, asked } = inquiry.during(() => file.contents())
  const isSound = result.value !== undefined && result.diagnostics.length === 0
  const questions = asked.has('pages') ? beyondPages([...asked]) : [...asked]
  const answered = isSound && questions.length > 0 ? answers(questions) : undefined
  if (answered === undefined) return { result }
  const note = { asked: questions.join('\n'), answers: answered, ...(page && { links: links.last }) }
  return { result, note }
}

/** Of so many pages at most the bodies are asked about one by one. */
const FEW = 100

/** Who knows what all pages say of themselves knows which are around each of them, and not what is in their bodies. */
function beyondPages(asked: readonly string[]): readonly string[] {
  const others = asked.filter(question => !question.startsWith('around '))
  const besides = others.filter(question => !question.startsWith('source '))
  return others.length - besides.length > FEW ? [...besides, 'bodies'] : others
}

/**
 * Whether the file would be rendered now as it was when the note was taken; its links are taken from the note, and looked at
 * again where the site has other places than it had.
 */
export function holds(
  site: Site,
  answers: Answers,
  page: SitePage | undefined,
  note: Note,
  hasSamePlaces: boolean,
): boolean {
  if (answers(note.asked.split('\n')) !== note.answers) return false
  return !page || !note.links || site.links.recall(page, note.links, hasSamePlaces)
}
