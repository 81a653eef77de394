import { join } from 'node:path'
import { diagnostic } from '../core/diagnostic.ts'
import { brokenAt, parseJson } from '../core/json.ts'
import { readRegularFile } from '../core/read-file.ts'
import { reason } from '../core/source.ts'
import type { Result, SourceFile } from '../core/types.ts'
import type { WrittenConfig } from './check-config.ts'
import { failureSpan, importDefault, settled, type Modules } from './load-module.ts'

/** What the configuration file of this name says. A module is run, and may take `patience` seconds. */
export async function readConfig(
  root: string,
  name: string,
  { modules, patience }: { readonly modules: Modules; readonly patience: number },
): Promise<Result<WrittenConfig>> {
  let file: SourceFile = { path: name, text: '' }
  try {
    file = { path: name, text: readRegularFile(join(root, name)).toString('utf8') }
    if (name.endsWith('.json')) return { value: { config: parseJson(file.text), file }, diagnostics: [] }
    const config = await settled(importDefault(join(root, name), modules), patience)
    return { value: { config, file }, diagnostics: [] }
  } catch (error) {
    const message = `The configuration cannot be read: ${reason(error).split('\n')[0]}`
    const hint = 'mend it, or compare it with what the manual has: /about/configuration/'
    // Nothing failed in a module that was not run, and to look for it takes longer than to lint a page.
    const place = () => (modules === 'refused' ? undefined : failureSpan(error, file))
    const span = name.endsWith('.json') ? brokenAt(file.text) : await place()
    return { diagnostics: [diagnostic('config/read', message, { hint, file, span })] }
  }
}
