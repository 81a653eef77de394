import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { createContext, runInContext } from 'node:vm'
import { bundle } from '../../tools/bundle.ts'
import { folderWith } from '../folder.ts'
import { imprimatur, repository } from '../program.ts'

/** File name -> text. */
export type Texts = Readonly<Record<string, string>>

/** Of each text by its name: what is found in it, as `--format json` has it, and the text with its fixes. */
export type Linted = Readonly<Record<string, { readonly found: readonly unknown[]; readonly fixed: string }>>

export const bundleLinter = async (): Promise<string> =>
  (await bundle(join(repository, 'dist/linter.js'), 'linter')).code

/** An expression for where the bundle was run: the texts, linted, as JSON. */
export const lintAll = (texts: Texts): string => `JSON.stringify(
  Object.fromEntries(Object.entries(${JSON.stringify(texts)}).map(([path, text]) => {
    const place = at => ({ ...linter.placeOf(text, at) })
    const placed = at => ({ ...place(at), offset: at })
    const reported = linter.lint(text, { path }).filter(({ code }) => code !== '${ONCE_A_RUN}')
    const found = reported.map(({ code, severity, message, hint, file, span, fix }) => ({
      code, severity, message, hint, file: file.path,
      start: span && place(span[0]),
      end: span && place(span[1]),
      fix: fix && { safe: fix.safe, edits: fix.edits.map(({ span, text }) =>
        ({ start: placed(span[0]), end: placed(span[1]), text })) },
    }))
    return [path, { found, fixed: linter.fix(text, { path }).text }]
  })),
)`

/** Where there is nothing but the language: neither what Node has nor what a browser has. */
export function lintInBareContext(code: string, texts: Texts): Linted {
  const context = createContext({})
  runInContext(code, context)
  return JSON.parse(String(runInContext(lintAll(texts), context))) as Linted
}

/** By the command line, on a site without a configuration. */
export async function lintByCommand(texts: Texts): Promise<Linted> {
  const cwd = folderWith(texts)
  const lint = (...args: readonly string[]) =>
    imprimatur(['lint', '.', '--no-config', '--no-cache', '--all', ...args], { cwd })
  const { stdout, stderr } = await lint('--format', 'json')
  const { diagnostics } = JSON.parse(stdout || stderr) as {
    diagnostics: readonly { readonly file: string; readonly code: string }[]
  }
  await lint('--fix', '--quiet')
  return Object.fromEntries(
    Object.keys(texts).map(path => [
      path,
      {
        found: diagnostics.filter(({ file, code }) => file === path && code !== ONCE_A_RUN),
        fixed: readFileSync(join(cwd, path), 'utf8'),
      },
    ]),
  )
}

/** The command line counts the pages whose language has no rules and says so in one line. */
const ONCE_A_RUN = 'lint/no-rules'

/** The texts of which two linters say something else, with both. */
export const differing = (one: Linted, other: Linted): readonly unknown[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter(path => !isDeepStrictEqual(one[path], other[path]))
    .map(path => ({ path, one: one[path], other: other[path] }))
