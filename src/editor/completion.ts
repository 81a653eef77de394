import { posix } from 'node:path'
import type { CompletionItem, CompletionItemKind as Kind, Position, Range } from 'vscode-languageserver'
import { readDocument } from '../document/document.ts'
import { pageFields } from '../document/front-matter.ts'
import { ruleSet } from '../lint/rules/rule-set.ts'
import type { OpenText } from './actions/code-actions.ts'
import { rangeOf } from './positions.ts'
import type { SiteIndex } from './site/site-index.ts'
import { layoutNames, partialNames } from './templates.ts'
import { CompletionItemKind } from './protocol.ts'

/** One thing that may stand where somebody is writing. */
interface Proposal {
  readonly label: string
  /** What is written; the label when absent. */
  readonly text?: string
  readonly detail?: string | undefined
  readonly kind: Kind
}

/** What is being written at the end of a line, and what it may become. */
interface Context {
  /** The last group is what is there of it already. */
  readonly pattern: RegExp
  readonly where: 'front matter' | 'body'
  propose(page: OpenText, match: RegExpExecArray): readonly Proposal[]
}

const contexts: readonly Context[] = [
  { where: 'front matter', pattern: /^([\w-]*)$/, propose: fieldNames },
  {
    where: 'front matter',
    pattern: /^layout:\s*['"]?([\w/-]*)$/,
    propose: ({ workspace }) =>
      layoutNames(workspace.config).map(label => ({ label, kind: CompletionItemKind.File })),
  },
  {
    where: 'front matter',
    pattern: /^typography:\s*(\w*)$/,
    propose: () =>
      ['off', 'warn', 'error', 'fix'].map(label => ({ label, kind: CompletionItemKind.EnumMember })),
  },
  {
    where: 'front matter',
    pattern: /^section:\s*['"]?([^'"]*)$/,
    propose: page => counted(page, 'sections'),
  },
  {
    where: 'front matter',
    pattern: /^tags:\s*\[(?:[^\]]*,)?\s*(?!\s)['"]?([^,\]'"]*)$/,
    propose: page => counted(page, 'tags'),
  },
  { where: 'front matter', pattern: /^\s*-\s+['"]?([^'"]*)$/, propose: page => counted(page, 'tags') },
  {
    where: 'front matter',
    pattern: /^translationOf:\s*['"]?(\S*)$/,
    propose: page => pages(page, 'address'),
  },
  { where: 'body', pattern: /(?:\]\(<?|\bhref=["'])([^\s"'()<>#]*)#([^\s"'()<>]*)$/, propose: headingsOf },
  { where: 'body', pattern: /\]\(<?([^\s"'()<>#]*)$/, propose: page => pages(page, 'source') },
  { where: 'body', pattern: /\bhref=["']([^\s"'<>#]*)$/, propose: page => pages(page, 'source') },
  {
    where: 'body',
    pattern: /<!--\s*typography(?:-next-line)?\s+off:\s*(?:[^\s<]+\s+)*([^\s,<]*)$/,
    propose: ruleNames,
  },
  {
    where: 'body',
    pattern: /\binclude\(\s*['"`]([^'"`]*)$/,
    propose: ({ workspace }) =>
      partialNames(workspace.config).map(label => ({ label, kind: CompletionItemKind.File })),
  },
]

/** What may be written at a place: what an author has begun is replaced. */
export function completion(page: OpenText, position: Position): CompletionItem[] {
  const { document, file } = page
  const at = document.offsetAt(position)
  const line = file.text.slice(document.offsetAt({ line: position.line, character: 0 }), at)
  const where = at < readDocument(file).bodyStart ? 'front matter' : 'body'
  for (const context of contexts) {
    const match = context.where === where ? context.pattern.exec(line) : null
    if (!match) continue
    const range = rangeOf(document, [at - (match.at(-1)?.length ?? 0), at])
    return context.propose(page, match).map((each, i) => itemOf(each, range, i))
  }
  return []
}

function itemOf({ label, text = label, detail, kind }: Proposal, range: Range, i: number): CompletionItem {
  return {
    label,
    kind,
    sortText: String(i).padStart(5, '0'),
    // Clients look for what is written among these.
    filterText: text === label ? label : `${text} ${label}`,
    ...(detail !== undefined && { detail }),
    textEdit: { range, newText: text },
  }
}

function fieldNames({ file }: OpenText): readonly Proposal[] {
  const { fields } = readDocument(file).frontMatter
  return Object.entries(pageFields).flatMap(([label, { kind, words }]) =>
    kind && !Object.hasOwn(fields, label)
      ? [{ label, text: `${label}: `, detail: words, kind: CompletionItemKind.Field }]
      : [],
  )
}

function counted({ workspace: { site } }: OpenText, by: 'tags' | 'sections'): readonly Proposal[] {
  return [...(site?.collections[by] ?? [])]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([label, { length }]) => ({
      label,
      detail: `${length} ${length === 1 ? 'page' : 'pages'}`,
      kind: CompletionItemKind.Keyword,
    }))
}

/** Pages by title; what is written is the way to the source from this one, as editors show it, or the address. */
function pages({ file, workspace: { site } }: OpenText, by: 'source' | 'address'): readonly Proposal[] {
  return (site?.pages ?? []).map(({ title, source, url }) => ({
    label: title,
    text: by === 'address' ? url : wayTo(source, file.path),
    detail: url,
    kind: CompletionItemKind.Reference,
  }))
}

/** A relative path, as a destination of Markdown may have it (CommonMark 6.3: no blanks, no unbalanced parentheses). */
export const wayTo = (source: string, from: string): string =>
  posix
    .relative(posix.dirname(from), source)
    .replace(/[\s()<>%]/g, encodeURIComponent)
    .replace(/[()]/g, each => (each === '(' ? '%28' : '%29'))

function headingsOf(
  { file, workspace: { site } }: OpenText,
  [, address = '']: RegExpExecArray,
): readonly Proposal[] {
  const target = address === '' ? file : targetFile(site, file.path, address)
  if (!site || !target) return []
  return site.headings(target).map(({ id, text, level }) => ({
    label: text,
    text: id,
    detail: `${'#'.repeat(level)} ${id}`,
    kind: CompletionItemKind.Reference,
  }))
}

function targetFile(site: SiteIndex | undefined, from: string, address: string) {
  const to = site?.targetOf(from, address)
  return to && site?.read(to.target.source)
}

function ruleNames({ file, workspace: { typography } }: OpenText): readonly Proposal[] {
  const { rules } = ruleSet(typography.settingsOf(file.path).ownRules)
  return rules.map(({ code, title }) => ({ label: code, detail: title, kind: CompletionItemKind.EnumMember }))
}
