import { append } from '../core/lists/long-lists.ts'
import { realpathSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { diagnostic } from '../core/diagnostic.ts'
import { brokenAt, parseJson } from '../core/json.ts'
import { readRegularFile } from '../core/read-file.ts'
import { reason } from '../core/source.ts'
import type { Diagnostic, Result, SourceFile } from '../core/types.ts'
import { checkValues } from './check-config.ts'
import { lintKinds, type LintSection, type UserLintConfig } from './lint-config.ts'
import { failureSpan, importDefault, type Modules } from './load-module.ts'

interface Extending {
  readonly root: string
  /** Absolute: where relative names begin, and packages are looked for. */
  readonly file: string
  readonly modules: Modules
}

/** The sections that `lint.extends` names, and those that they name themselves, in the order in which they are laid upon one another. */
export async function extendedLint(
  lint: UserLintConfig,
  extending: Extending,
  above: readonly string[] = [],
): Promise<Result<readonly LintSection[]>> {
  const sections: LintSection[] = []
  const diagnostics: Diagnostic[] = []
  for (const name of [lint.extends ?? []].flat()) {
    const path = await resolveName(name, extending.file)
    const place = { root: extending.root, name, path: path ?? name }
    if (path === undefined) diagnostics.push(unreadable(place, 'there is no such file or package'))
    else if (above.includes(path)) diagnostics.push(unreadable(place, 'it extends itself'))
    else {
      const read = await readSection(place, extending.modules)
      append(diagnostics, read.diagnostics)
      if (!read.value) continue
      const below = await extendedLint(read.value, { ...extending, file: path }, [...above, path])
      append(diagnostics, below.diagnostics)
      append(sections, below.value ?? [], [{ from: `extends ${name}`, lint: read.value }])
    }
  }
  return diagnostics.length > 0 ? { diagnostics } : { value: sections, diagnostics }
}

interface ExtendedPlace {
  readonly root: string
  readonly name: string
  readonly path: string
}

const unreadable = ({ name }: ExtendedPlace, why: string, where: Partial<Diagnostic> = {}): Diagnostic =>
  diagnostic('config/read', `lint.extends: “${name}” cannot be read: ${why}`, {
    hint: 'name a file from the one that extends it, as ./typography.json, or an installed package',
    ...where,
  })

async function readSection(place: ExtendedPlace, modules: Modules): Promise<Result<UserLintConfig>> {
  let file: SourceFile = { path: relative(place.root, place.path), text: '' }
  try {
    file = { ...file, text: readRegularFile(place.path).toString('utf8') }
    const isJson = place.path.endsWith('.json')
    const section = isJson ? parseJson(file.text) : await importDefault(place.path, modules)
    const diagnostics = checkValues({ config: { lint: section }, file }, { lint: lintKinds })
    return diagnostics.length > 0 ? { diagnostics } : { value: section as UserLintConfig, diagnostics }
  } catch (error) {
    const span = place.path.endsWith('.json') ? brokenAt(file.text) : await failureSpan(error, file)
    return { diagnostics: [unreadable(place, reason(error).split('\n')[0] as string, { file, span })] }
  }
}

/** A path begins with a dot or a slash; everything else is a package, as modules import it. */
async function resolveName(name: string, from: string): Promise<string | undefined> {
  try {
    if (/^\.{0,2}\//.test(name)) return realpathSync(resolve(dirname(from), name))
    const { createJiti } = await import('jiti')
    const url = createJiti(pathToFileURL(join(dirname(from), '_')).href, { fsCache: false }).esmResolve(name)
    return realpathSync(url.startsWith('file:') ? fileURLToPath(url) : url)
  } catch {
    return undefined
  }
}
