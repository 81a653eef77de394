import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { folderWith } from '../folder.ts'
import { execute, repository } from '../program.ts'

/** The program with packages of its own, one of which comes in several versions that render differently. */
export interface ProgramCopy {
  /** Installs the version. */
  update(n: number): void
  /** Takes the version away again, and puts the real package there. */
  restore(): void
  /** Runs it, a process each time, since Node loads a package once. */
  run(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): ReturnType<typeof execute>
}

const PACKAGE = 'markdown-it-deflist'

export function copyProgram(): ProgramCopy {
  const root = folderWith()
  const packages = join(root, 'node_modules')
  const real = join(repository, 'node_modules')
  const place = join(packages, PACKAGE)
  cpSync(join(repository, 'dist'), join(root, 'dist'), { recursive: true })
  cpSync(join(repository, 'package.json'), join(root, 'package.json'))
  cpSync(join(repository, 'schema'), join(root, 'schema'), { recursive: true })
  mkdirSync(packages)
  for (const name of readdirSync(real))
    if (name !== '.cache' && name !== '.bin') symlinkSync(join(real, name), join(packages, name))
  const empty = () => rmSync(place, { recursive: true, force: true })
  return {
    update(n) {
      empty()
      mkdirSync(place)
      const manifest = JSON.parse(readFileSync(join(real, PACKAGE, 'package.json'), 'utf8')) as {
        version: string
      }
      writeFileSync(
        join(place, 'package.json'),
        JSON.stringify({
          name: PACKAGE,
          version: `${manifest.version}-${n}`,
          type: 'module',
          exports: './index.js',
        }),
      )
      writeFileSync(
        join(place, 'index.js'),
        `import real from ${JSON.stringify(join(real, PACKAGE, 'index.mjs'))}
export default md => {
  real(md)
  md.renderer.rules.paragraph_open = () => '<p data-version="${n}">'
}
`,
      )
    },
    restore() {
      empty()
      symlinkSync(join(real, PACKAGE), place)
    },
    run: (args, cwd, env) =>
      execute(process.execPath, [join(root, 'dist/cli/main.js'), ...args], { cwd, env }),
  }
}
