/** Something that could not be carried over as it was, and where it stands in the old site. */
export interface ImportNote {
  /** Relative to the old site. */
  readonly file: string
  /** From 1. */
  readonly line: number | undefined
  readonly note: string
}

/** The report that lies in the new site, as Markdown: each file with what is left to be done for it. */
export function reportText(
  generator: string,
  {
    notes,
    pages,
    files,
  }: {
    readonly notes: readonly ImportNote[]
    readonly pages: number
    readonly files: ReadonlyMap<string, unknown>
  },
): string {
  const byFile = new Map<string, ImportNote[]>()
  for (const note of notes) byFile.set(note.file, [...(byFile.get(note.file) ?? []), note])
  const templates = notes.filter(({ note }) => note.startsWith('a template or data'))
  const sections = [...byFile]
    .filter(([, of]) => of.some(each => !templates.includes(each)))
    .map(
      ([file, of]) =>
        `## ${code(file)}\n\n${of.map(({ line, note }) => `- ${line === undefined ? '' : `line ${line}: `}${code(note)}\n`).join('')}`,
    )
  const list = templates.map(({ file }) => `- ${code(file)}\n`).join('')
  return [
    `# Imported from ${generator}\n\n${pages} pages, ${files.size} files. What could not be carried over, by its place in the old site:\n`,
    ...(sections.length > 0 ? sections : ['Nothing of the pages was lost.\n']),
    ...(list === ''
      ? []
      : [
          `## Templates and data\n\nThese belong to the old generator. Layouts here are EJS, in ${code('layouts/')}.\n\n${list}`,
        ]),
  ].join('\n')
}

/** Text that stands in the report as it is. */
const code = (text: string) => {
  const fence = '`'.repeat(Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1)
  return fence.length > 1 ? `${fence} ${text} ${fence}` : `\`${text}\``
}
