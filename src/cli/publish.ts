import { append } from '../core/lists/long-lists.ts'
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { diagnostic } from '../core/diagnostic.ts'
import { reason } from '../core/source.ts'
import type { Diagnostic, SourceFile } from '../core/types.ts'
import type { Call, Outcome } from './arguments.ts'
import { fileAddress, hasHyperlinks } from './reporters/hyperlinks.ts'
import { placeFrom, placeInRepository, type PathRewriter } from './places.ts'
import { reports, type ReportFormat } from './reporters/formats.ts'

/** Streams, environment and folder that the program runs with. */
export interface Io extends Pick<Call, 'cwd' | 'env' | 'stdin' | 'pipes' | 'interrupted' | 'terminated'> {
  readonly stdout: Stream
  readonly stderr: Stream
}

interface Stream {
  readonly isTerminal: boolean
  write(text: string): void
}

/** Where a report goes: `sarif` to the terminal, `sarif=report.sarif` into a file. */
export interface Target {
  readonly format: string
  readonly path?: string
}

interface PublishOptions {
  readonly targets: readonly Target[]
  /** The site's folder, absolute: where the paths of diagnostics begin. */
  readonly root: string
  /** Of the program. */
  readonly version: string
}

/** As on a terminal, unless NO_COLOR says no; FORCE_COLOR says yes to whatever it is, as logs of CI that show them do. */
const hasColours = ({ isTerminal }: Stream, { env: { FORCE_COLOR, NO_COLOR } }: Io): boolean =>
  FORCE_COLOR !== undefined && FORCE_COLOR !== '0' && FORCE_COLOR !== 'false' ? true : isTerminal && !NO_COLOR

/** Writes an outcome in every format that was asked for, and gives the exit code. */
export async function publish(
  outcome: Outcome,
  { targets, root, version }: PublishOptions,
  io: Io,
): Promise<number> {
  const code = exitCode(outcome)
  const { output } = outcome
  const unwritten: Diagnostic[] = []
  if (output !== undefined) io.stdout.write(output)
  for (const { format, path } of targets) {
    const { load, pathsFrom } = reports[format as ReportFormat]
    const { report } = await load()
    const stream = output !== undefined || (code === 2 && format === 'text') ? io.stderr : io.stdout
    const colours = path === undefined && hasColours(stream, io)
    const place = placeIn(pathsFrom, root, io)
    const { diagnostics, checked } = outcome
    const text = report(
      {
        ...outcome,
        diagnostics: movedFrom(diagnostics, place),
        ...(checked && { checked: checked.map(place) }),
        ...(path === undefined &&
          hasHyperlinks(stream, io.env) && { addressOf: (file: string) => fileAddress(file, io.cwd) }),
        version,
      },
      colours,
    )
    if (path === undefined) stream.write(text)
    else append(unwritten, writeReport(resolve(io.cwd, path), `--format ${format}=${path}`, text))
  }
  if (unwritten.length === 0) return code
  const { report } = await reports.text.load()
  io.stderr.write(report({ diagnostics: unwritten }, hasColours(io.stderr, io)))
  return exitCode({ diagnostics: unwritten })
}

function writeReport(path: string, option: string, text: string): readonly Diagnostic[] {
  try {
    writeFileSync(path, text)
    return []
  } catch (error) {
    const hint = 'name a file that can be written'
    return [diagnostic('usage/option', `${option} cannot be written: ${reason(error)}`, { hint })]
  }
}

function placeIn(
  from: (typeof reports)[ReportFormat]['pathsFrom'],
  root: string,
  { cwd, env }: Io,
): PathRewriter {
  if (from === 'site') return path => path
  return from === 'working directory' ? placeFrom(cwd, root) : placeInRepository(root, env)
}

/** The same diagnostics, read when they are asked for as before, with the paths of their files moved. */
function movedFrom(diagnostics: readonly Diagnostic[], place: PathRewriter): readonly Diagnostic[] {
  const files = new Map<SourceFile, SourceFile>()
  return diagnostics.map(found => {
    const { file } = found
    if (!file) return found
    const moved = files.get(file) ?? { ...file, path: place(file.path) }
    files.set(file, moved)
    return moved.path === file.path
      ? found
      : (Object.create(found, { file: { value: moved, enumerable: true } }) as Diagnostic)
  })
}

/** 128 and the number of SIGINT, as shells have it. */
const INTERRUPTED = 130

/** 0 clean, 1 findings, 2 wrong usage or configuration, or nothing could be looked at. */
export function exitCode({ diagnostics, failed = false }: Outcome): number {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.some(({ code }) => code === 'build/interrupted')) return INTERRUPTED
  if (errors.some(({ code }) => /^(?:usage|config)\//.test(code) || code === 'follow/store')) return 2
  if (errors.length > 0 && errors.every(({ code }) => code === 'follow/unreachable') && !failed) return 2
  return errors.length > 0 || failed ? 1 : 0
}
