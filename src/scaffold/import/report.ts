import { largest } from '../../core/lists/long-lists.ts'

/** Something that could not be carried over as it was, and where it stands in the old site. */
export interface ImportNote {
  /** Relative to the old site; '' when the note is about an address that no source had. */
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
    isWhole,
  }: {
    readonly notes: readonly ImportNote[]
    readonly pages: number
    readonly files: ReadonlyMap<string, unknown>
    /** Whether every address of the old site was looked for. */
    readonly isWhole: boolean
  },
): string {
  const [templates, addresses, places] = (['templates', 'addresses', 'places'] as const).map(kind =>
    notes.filter(note => kindOf(note) === kind),
  ) as [ImportNote[], ImportNote[], ImportNote[]]
  const byFile = new Map<string, ImportNote[]>()
  for (const note of places) {
    const own = byFile.get(note.file)
    if (own) own.push(note)
    else byFile.set(note.file, [note])
  }
  const sections = [...byFile].map(
    ([file, of]) =>
      `## ${code(file)}\n\n${of.map(({ line, note }) => `- ${line === undefined ? '' : `line ${line}: `}${code(note)}\n`).join('')}`,
  )
  const section = (title: string, lead: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`## ${title}\n\n${lead}\n\n${items.map(item => `- ${item}\n`).join('')}`]
  return [
    `# Imported from ${generator}\n\n${pages} pages, ${files.size} files. What could not be carried over, by its place in the old site:\n`,
    ...(sections.length > 0 ? sections : ['Nothing of the pages was lost.\n']),
    ...section(
      'Addresses where nothing is now',
      'The old site had these. Give a page one of them as `permalink`, or name it in `aliases` of the page that takes its place.',
      addresses.map(({ note }) => code(note)),
    ),
    ...section(
      'Templates and data',
      `These belong to the old generator. Layouts here are EJS, in ${code('layouts/')}.`,
      templates.map(
        ({ file, note }) =>
          `${code(file)}${note.startsWith('a template or data of the old generator; ') ? `: ${code(note.slice(note.indexOf(';') + 2))}` : ''}`,
      ),
    ),
    ...(isWhole
      ? []
      : [
          `What the old generator made is known by its sources alone. With ${code('--built DIR')}, the site as it was built last, an import looks for every address that there was.\n`,
        ]),
  ].join('\n')
}

const kindOf = ({ file, note }: ImportNote) =>
  file === '' ? 'addresses' : note.startsWith('a template or data') ? 'templates' : 'places'

/** Text that stands in the report as it is. */
const code = (text: string) => {
  const fence = '`'.repeat(
    largest(
      [...text.matchAll(/`+/g)].map(([ticks]) => ticks.length),
      0,
    ) + 1,
  )
  return fence.length > 1 ? `${fence} ${text} ${fence}` : `\`${text}\``
}
