import type { SourceFile, Span } from '../model.ts'
import { asCharacter, asEntity, inMarkdown, settleDoubts } from './blank.ts'
import type { Segment } from './cells.ts'
import { readDocument } from './document.ts'
import { findingsOf, type Finding } from './edits.ts'
import { typeset } from './engine.ts'
import { Galley, type Silence } from './galley.ts'
import { languageOf, type Language } from './language.ts'

export interface Settings {
  /** The page's language: its own, else the site's. */
  readonly lang: string
  readonly noBreakSpace: 'entity' | 'character'
  enabled(rule: string): boolean
}

export interface Note {
  readonly rule: string
  readonly span: Span
  readonly message: string
}

export interface Inspection {
  readonly findings: readonly Finding[]
  /** What is wrong and only the author can put right. */
  readonly notes: readonly Note[]
}

/** Finds what is to be set otherwise in a page's body. */
export function inspect(file: SourceFile, settings: Settings): Inspection {
  const { prose, outline } = readDocument(file, settings.lang)
  const doubts = new Set<number>()
  const silences: readonly Silence[] = []
  const write =
    settings.noBreakSpace === 'character' ? asCharacter : outline ? inMarkdown(file.text, doubts) : asEntity
  const byLanguage = new Map<Language, Segment[]>()
  for (const segment of prose.segments) {
    const lang = languageOf(segment.lang)
    if (!lang) continue
    const list = byLanguage.get(lang)
    if (list) list.push(segment)
    else byLanguage.set(lang, [segment])
  }
  const findings: Finding[] = []
  const notes: Note[] = []
  for (const [lang, segments] of byLanguage) {
    const galley = new Galley(file.text, segments, silences)
    const draft = typeset(galley.text, { lang, enabled: settings.enabled, permission: galley })
    findings.push(...findingsOf(draft, galley, file.text, write))
    for (const { rule, cell, length, message } of draft.notes) {
      notes.push({ rule, span: [galley.span(cell)[0], galley.span(cell + length - 1)[1]], message })
    }
  }
  if (byLanguage.size > 1) findings.sort((a, b) => a.span[0] - b.span[0])
  return { findings: outline ? settleDoubts(findings, doubts, prose.contents, outline) : findings, notes }
}
