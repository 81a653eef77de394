import { Script } from 'node:vm'
import ejs from 'ejs'
import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import type { Diagnostic, Result, SourceFile, Span } from '../../core/types.ts'
import { withEject } from '../../theme/parts.ts'
import { whileRunning, type WorkEnded } from './time-limit.ts'

/** A compiled EJS template. Running it throws a `TemplateFailure` and nothing else. */
export interface Template {
  readonly file: SourceFile
  run(locals: object, page: string): string
}

/** Carries a diagnostic up through EJS, which knows only exceptions; `renderPage` turns it into a result again. */
export class TemplateFailure extends Error {
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.message)
  }
}

/** For Ctrl-C in a step of a build, by its name: `judging the links`. */
export const interruptedWhile = (step: string): Diagnostic =>
  diagnostic('build/interrupted', `Interrupted while ${step}`, {
    hint: 'nothing was written: the site is as it was; --verbose shows which step takes long',
  })

/** Why a page was not made in time. */
export function workEnded({ why, unfinished }: WorkEnded, seconds: number, fallback: string): Diagnostic {
  const { template, page = fallback } = unfinished
  const what = template === undefined || template === page ? page : `${page}, with ${template},`
  if (why === 'interrupted')
    return diagnostic('build/interrupted', `Interrupted while ${what} was being made`, {
      hint: 'nothing was written; --profile shows what takes long',
    })
  const path = template ?? page
  return diagnostic('template/endless', `After ${seconds} seconds ${what} is not made`, {
    hint: 'look for a loop in it that never ends; build.patience in the configuration gives more seconds',
    file: { path, text: '' },
  })
}

/** Runs a template and turns what it throws into a result. */
export function guard<T>(render: () => T): Result<T> {
  try {
    return { value: render(), diagnostics: [] }
  } catch (error) {
    if (error instanceof TemplateFailure) return { diagnostics: [error.diagnostic] }
    throw error
  }
}

/** Locals are not copied: that would read every one, and each read is recorded as a dependency. */
const OPTIONS = { compileDebug: false, unsafePrototypeLocals: true }

interface CompiledTemplate {
  run(locals: object): string
  /** The generated code. */
  readonly code: string
}

/** Compiles what follows `bodyStart` in the file. Throws a `TemplateFailure`. */
export function compileTemplate(file: SourceFile, bodyStart: number): Template {
  const text = mark(file.text, bodyStart)
  let plain: CompiledTemplate | undefined
  const compilePlain = () => (plain ??= compileAsEjs(text, file, bodyStart))
  const direct = compileDirect(text) ?? compilePlain()
  return {
    file,
    run(locals, page) {
      const { run, code } = GENERATED.some(name => name in locals) ? compilePlain() : direct
      try {
        return whileRunning(file.path, page, () => run(locals))
      } catch (error) {
        if (error instanceof TemplateFailure && error.diagnostic.file) throw error
        const span = runSpan(file, code, error)
        const found = error instanceof TemplateFailure ? error.diagnostic : runFailure(error, namesIn(locals))
        const during = page === file.path ? '' : ` (while rendering ${page})`
        throw new TemplateFailure(withEject({ ...found, message: found.message + during, file, span }))
      }
    },
  }
}

function compileAsEjs(text: string, file: SourceFile, bodyStart: number): CompiledTemplate {
  const template = new ejs.Template(text, OPTIONS)
  try {
    const run = template.compile() as (locals: object) => string
    return { run, code: template.source }
  } catch (error) {
    throw new TemplateFailure(withEject(syntaxFailure(file, bodyStart, template.source, error as Error)))
  }
}

/** What EJS generates calls for each tag and each text between two. */
const CALLED = '__append|escapeFn'
const OUTPUT = '__output_function'
const DIRECTLY = `<% const __append = ${OUTPUT}, escapeFn = arguments[1] %>`

/** In an author’s code: what could tell where these names are declared, also by an escape or in a text that is run. */
const MAY_TELL = new RegExp(`${CALLED}|${OUTPUT}|\\barguments\\b|\\beval\\b|\\\\u`)

const GENERATED = [...CALLED.split('|'), OUTPUT, 'arguments']

/**
 * The same, but that the two functions are declared where they are called: within `with`, each call asks the template’s names first,
 * which takes V8 longer than the call. Undefined for code that could tell, and for code that is not valid.
 */
function compileDirect(text: string): CompiledTemplate | undefined {
  if (MAY_TELL.test(text)) return undefined
  const template = new ejs.Template(DIRECTLY + text, { ...OPTIONS, outputFunctionName: OUTPUT })
  try {
    const run = template.compile() as (locals: object) => string
    return { run, code: template.source }
  } catch {
    return undefined
  }
}

/**
 * Writes each tag's offset into the tag, as a comment that EJS copies into the code it generates: `<%= x %>` becomes
 * `<%=/*@17*\/ x %>`. From a position in that code the nearest mark leads back to the template.
 */
const mark = (text: string, start: number) =>
  text
    .slice(start)
    .replace(/<%(?![%#])[=\-_]?/g, (tag, at: number) => `${tag}/*@${start + at + tag.length}*/`)

/** Lines that a function made of generated code has before that code. */
const HEADER = 2

function syntaxFailure(file: SourceFile, start: number, code: string, error: Error): Diagnostic {
  const unclosed = unclosedTag(file.text, start)
  if (unclosed) {
    const hint = 'close it with %>'
    return diagnostic('template/syntax', 'This tag is not closed', { hint, file, span: unclosed })
  }
  const message = `This template is not valid: ${error.message.split('\n')[0]?.replace(/ while compiling ejs$/, '')}`
  const hint =
    'what stands between <% and %> is JavaScript; every { and ( opened in one tag is closed in another'
  return diagnostic('template/syntax', message, { hint, file, span: syntaxSpan(file, code) })
}

function unclosedTag(text: string, start: number): Span | undefined {
  for (let open = text.indexOf('<%', start); open >= 0;) {
    const next = text.indexOf('<%', open + 2)
    const close = text.indexOf('%>', open + 2)
    if (text[open + 2] !== '%' && (close < 0 || (next >= 0 && next < close))) return [open, open + 2]
    open = next
  }
  return undefined
}

/** A SyntaxError of `new Function` has no position; that of `vm.Script` has the line and carets below it. */
function syntaxSpan(file: SourceFile, code: string): Span {
  const end: Span = [file.text.length, file.text.length]
  try {
    const wrapped = `(function (locals, escapeFn, include, rethrow\n) {\n${code}\n})`
    new Script(wrapped, { filename: 'template' })
    return end
  } catch (error) {
    const [, line, caret] = /^template:(\d+)\n.*\n( *)\^/.exec((error as Error).stack ?? '') ?? []
    if (line !== undefined && caret !== undefined) return origin(file, code, Number(line), caret.length + 1)
    return end
  }
}

function runFailure(thrown: unknown, names: readonly string[]): Diagnostic {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const missing = /^(\S+) is not defined$/.exec(message)?.[1]
  const hint =
    missing === undefined
      ? 'a value is not what the template takes it for; ask for a field that may be missing first: <% if (page.x) { %>'
      : `${suggestion(missing, names)}templates see ${names.join(', ')}; a name that may be missing is written locals.${missing}`
  return diagnostic('template/run', message, { hint })
}

/** Partials inherit the names of the template that includes them. */
function namesIn(locals: object): readonly string[] {
  const names: string[] = []
  for (const name in locals) names.push(name)
  return names
}

/** Where in the template the innermost of its calls failed. */
function runSpan(file: SourceFile, code: string, thrown: unknown): Span | undefined {
  const stack = thrown instanceof Error ? thrown.stack : undefined
  const [, line, column] = /<anonymous>:(\d+):(\d+)/.exec(stack ?? '') ?? []
  return line === undefined ? undefined : origin(file, code, Number(line), Number(column))
}

/** The template's span for a line and column (from 1) of the generated function. */
function origin(file: SourceFile, code: string, line: number, column: number): Span {
  const lines = code.split('\n')
  const before = lines.slice(0, line - 1 - HEADER).reduce((sum, { length }) => sum + length + 1, 0)
  const at = before + column - 1
  const marked = /^\/\*@(\d+)\*\//.exec(code.slice(code.lastIndexOf('/*@', at)))
  if (!marked) return [0, 0]
  const tag = Number(marked[1])
  const close = file.text.indexOf('%>', tag)
  const start = Math.min(tag + at - code.lastIndexOf('/*@', at) - marked[0].length, close < 0 ? tag : close)
  const word = /^[\w$]+/.exec(file.text.slice(start))?.[0].length ?? 1
  return [start, start + word]
}
