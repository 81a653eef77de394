import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installed } from './installation.ts'

const versions = { textlint: '15.8.0', 'textlint-rule-apostrophe': '3.0.0' }

/** Writes its configuration, with one rule that our own compares with, into `folder`; gives the arguments to run it there. */
export async function textlint(folder: string): Promise<readonly string[]> {
  const modules = await installed('textlint', versions)
  writeFileSync(join(folder, '.textlintrc.json'), JSON.stringify({ rules: { apostrophe: true } }))
  return [join(modules, 'textlint/bin/textlint.js'), '--rules-base-directory', modules]
}
