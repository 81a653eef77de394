import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const builtProgram = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url))

/** Markdown files of a folder, as sorted paths from it. */
export function documentsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(?:md|markdown|mdx)$/i.test(path))
    .toSorted()
}

/** The language that most documents of a folder are written in, by their letters. */
export function languageOf(texts: readonly string[]): 'en' | 'ru' {
  const russian = texts.filter(text => {
    const cyrillic = text.match(/[а-яё]/gi)?.length ?? 0
    return cyrillic > (text.match(/[a-z]/gi)?.length ?? 0) / 4
  })
  return russian.length * 2 > texts.length ? 'ru' : 'en'
}

/** A site for the time of a measurement, with a copy of documents for its pages. */
export class TemporarySite {
  readonly #root = mkdtempSync(join(tmpdir(), 'lint-corpus-'))

  constructor(
    readonly program: string,
    readonly lang: string,
  ) {
    const site = { title: 'A corpus', url: 'https://corpus.example.org', lang }
    writeFileSync(join(this.#root, 'imprimatur.config.mjs'), `export default ${JSON.stringify({ site })}\n`)
  }

  copy(folder: string, paths: readonly string[]): void {
    for (const path of paths) {
      mkdirSync(dirname(this.#page(path)), { recursive: true })
      cpSync(join(folder, path), this.#page(path))
    }
  }

  read(path: string): string {
    return readFileSync(this.#page(path), 'utf8')
  }

  /**
   * Runs `lint` on these documents, at most 100 a time. A run that ends otherwise than clean or with findings is
   * repeated on halves until the documents that end it are known. Gives what was printed, and those documents.
   */
  lint(
    paths: readonly string[],
    options: readonly string[],
  ): { outputs: string[]; crashed: Map<string, string> } {
    const outputs: string[] = []
    const crashed = new Map<string, string>()
    const run = (some: readonly string[]): void => {
      if (some.length === 0) return
      const args = [this.program, 'lint', ...options, '--no-cache', ...some.map(path => join('pages', path))]
      const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
        cwd: this.#root,
        encoding: 'utf8',
        maxBuffer: 2 ** 30,
      })
      const sound = (status === 0 || status === 1) && !/^\s+at .+:\d+:\d+\)?$/m.test(stderr)
      if (sound) outputs.push(stdout)
      else if (some.length === 1) crashed.set(some[0] ?? '', stderr.trim() || String(error ?? stdout))
      else {
        run(some.slice(0, some.length >> 1))
        run(some.slice(some.length >> 1))
      }
    }
    for (let from = 0; from < paths.length; from += 100) run(paths.slice(from, from + 100))
    return { outputs, crashed }
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true })
  }

  #page(path: string): string {
    return join(this.#root, 'pages', path)
  }
}
