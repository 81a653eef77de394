import type { Candidates, Command } from '../arguments.ts'
import { formats as reportFormats } from '../reporters/formats.ts'
import { readHelp, shorten } from './help-text.ts'

/** What a shell has to know of a command. */
export interface ShellCommand {
  /** One word, or two: `keys sign`. */
  readonly name: string
  readonly title: string
  readonly options: readonly ShellOption[]
  readonly argument?: Candidates | undefined
  /** Whether it takes more than one. */
  readonly hasMore: boolean
}

export interface ShellOption {
  /** Without dashes. */
  readonly name: string
  readonly text: string
  readonly isMultiple: boolean
  /** The word for its value, where it has one. */
  readonly value?: string | undefined
  readonly candidates?: Candidates | undefined
}

/** The commands by their names, those of a family behind it. */
export const shellCommands = (commands: Readonly<Record<string, Command>>): readonly ShellCommand[] =>
  Object.entries(commands).map(([name, command]) => {
    const { title, blocks } = readHelp(command.help)
    const texts = new Map(
      blocks.flatMap(block => (block.kind === 'options' ? block.options : [])).map(each => [each.name, each]),
    )
    const options = Object.entries(command.options).map(([option, { type, multiple = false, completes }]) => {
      const { text = '', value = 'VALUE' } = texts.get(option) ?? {}
      return {
        name: option,
        text: option === 'format' ? 'how findings are reported' : shorten(text),
        isMultiple: multiple,
        value: type === 'string' ? value : undefined,
        candidates: option === 'format' ? (command.formats ?? reportFormats) : completes,
      }
    })
    return { name, title, options, argument: command.completes, hasMore: command.most > 1 }
  })

/** The first words of families, such as `keys`, with the second words that they have. */
export function familiesOf(commands: readonly ShellCommand[]): ReadonlyMap<string, readonly ShellCommand[]> {
  const families = new Map<string, ShellCommand[]>()
  for (const command of commands) {
    const [first = '', second] = command.name.split(' ')
    if (second !== undefined) families.set(first, [...(families.get(first) ?? []), command])
  }
  return families
}

export const topLevel = (commands: readonly ShellCommand[]): readonly ShellCommand[] =>
  commands.filter(({ name }) => !name.includes(' '))

/** The second word of a family's command, or its only one. */
export const lastWord = (name: string): string => name.split(' ').at(-1) ?? name

export const pageEndings = ['md', 'markdown', 'html', 'htm', 'ejs']

export const levels = ['off', 'warn', 'error']
