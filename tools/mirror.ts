/*
 * Writes the files of a repository for pre-commit: the hooks, with the package as what they depend on. Whoever names it
 * installs the package, and compiles nothing: npm run mirror -- DIR [--package SPEC]. Commit the folder, and tag it as the version.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parse, stringify } from 'yaml'
import { identity, readText } from './launch/repository.ts'

const { values, positionals } = parseArgs({
  options: { package: { type: 'string' } },
  allowPositionals: true,
})
const [folder] = positionals
const { name } = identity()
const { version } = JSON.parse(readText('package.json')) as { readonly version: string }

if (folder === undefined) {
  console.error('Name a folder: npm run mirror -- ../imprimatur-pre-commit')
  process.exitCode = 2
} else {
  const files = {
    'package.json': `${JSON.stringify(
      {
        name: 'imprimatur-pre-commit',
        version,
        private: true,
        description: 'The hooks of imprimatur for pre-commit',
        license: 'MIT',
      },
      undefined,
      2,
    )}\n`,
    '.pre-commit-hooks.yaml': hooks(),
    'README.md': `The hooks of imprimatur for [pre-commit](https://pre-commit.com), with the package ${name} ${version} and nothing to compile.\n`,
  }
  mkdirSync(folder, { recursive: true })
  for (const [path, text] of Object.entries(files)) writeFileSync(join(resolve(folder), path), text)
  console.log(`git tag v${version}, when it is committed`)
}

/** Of a repository pre-commit links the programs of the package that it is, and of additional ones; not of dependencies. */
function hooks(): string {
  const own = parse(readText('.pre-commit-hooks.yaml')) as readonly Readonly<Record<string, unknown>>[]
  const dependencies = [values.package ?? `${name}@${version}`]
  return stringify(own.map(hook => Object.assign(hook, { additional_dependencies: dependencies })))
}
