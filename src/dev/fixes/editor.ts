import { spawn } from 'node:child_process'
import { basename } from 'node:path'

/** How places of files are opened by whoever looks at the site. */
export type Editor =
  | { readonly kind: 'address'; addressOf(file: string, line: number, column: number): string }
  | {
      readonly kind: 'program'
      open(file: string, line: number, column: number): Promise<string | undefined>
    }

/**
 * An editor by what somebody calls it: an address such as `vscode://file` or `txmt://open?url=file://{file}&line={line}`, or a command,
 * as in EDITOR. What `open` gives is why it could not be started. Undefined for a command that needs a terminal, which the server has.
 */
export function editorNamed(written: string): Editor | undefined {
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(written))
    return { kind: 'address', addressOf: (file, line, column) => fillIn(written, { file, line, column }) }
  const [program, ...args] = wordsOf(written)
  if (program === undefined || needsTerminal(program, args)) return undefined
  return {
    kind: 'program',
    open: (file, line, column) => start(program, [...args, ...placeArguments(program, file, [line, column])]),
  }
}

interface FilePlace {
  readonly file: string
  readonly line: number
  readonly column: number
}

function fillIn(template: string, { file, line, column }: FilePlace): string {
  const path = encodeURI(file.replaceAll('\\', '/')).replace(/[?#&]/g, encodeURIComponent)
  if (!template.includes('{file}'))
    return `${template.replace(/\/$/, '')}/${path.replace(/^\//, '')}:${line}:${column}`
  return template
    .replaceAll('{file}', path)
    .replaceAll('{line}', String(line))
    .replaceAll('{column}', String(column))
}

/** Words of a command as a shell would have them; `"` and `'` keep blanks together. */
const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '')

const nameOf = (program: string) =>
  basename(program)
    .replace(/\.(?:exe|cmd|bat)$/i, '')
    .toLowerCase()

const TERMINAL =
  /^(?:vi|vim|nvim|view|nano|pico|micro|helix|hx|kak|joe|jed|mg|ne|ed|ex|emacs-nox|mcedit|tilde)$/

const needsTerminal = (program: string, args: readonly string[]): boolean =>
  TERMINAL.test(nameOf(program)) ||
  (/^emacs(?:client)?$/.test(nameOf(program)) &&
    args.some(arg => /^(?:-nw|-t|--tty|--no-window-system)$/.test(arg)))

/** How editors are told a place; to those that nobody knows only the file is given. */
function placeArguments(
  program: string,
  file: string,
  [line, column]: readonly [number, number],
): readonly string[] {
  const name = nameOf(program)
  if (/^(?:code|code-insiders|codium|vscodium|cursor|windsurf|positron)$/.test(name))
    return ['--goto', `${file}:${line}:${column}`]
  if (/^(?:subl|sublime_text|zed|zeditor|atom|pulsar|lapce|lite-xl)$/.test(name))
    return [`${file}:${line}:${column}`]
  if (/^(?:emacs|emacsclient)$/.test(name)) return [`+${line}:${column}`, file]
  if (/^(?:gvim|mvim|gedit|xed|pluma|geany|neovide)$/.test(name)) return [`+${line}`, file]
  if (/^(?:kate|kwrite)$/.test(name)) return ['--line', String(line), '--column', String(column), file]
  if (/^(?:mate|rmate|bbedit|mousepad)$/.test(name)) return ['--line', String(line), file]
  if (/^(?:idea|webstorm|phpstorm|pycharm|goland|rubymine|clion|rider)(?:64)?$/.test(name))
    return ['--line', String(line), '--column', String(column), file]
  if (name === 'notepad++') return [`-n${line}`, `-c${column}`, file]
  return [file]
}

/** Without a shell: nothing of a file’s name is taken for a command. */
const start = (program: string, args: readonly string[]) =>
  new Promise<string | undefined>(resolve => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    child.once('error', error => resolve(error.message))
    child.once('spawn', () => {
      child.unref()
      resolve(undefined)
    })
  })
