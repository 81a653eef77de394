import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '../bundle.ts'

const fileHere = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** The scripts of the page by their names, and the licences of what is in them. */
export async function tryItFiles(): Promise<Readonly<Record<string, string>>> {
  const [page, worker] = [await bundle(fileHere('try.ts')), await bundle(fileHere('worker.ts'))]
  return {
    'try.js': page.code,
    'worker.js': worker.code,
    'LICENSES.txt': licences([...page.packages, ...worker.packages]),
  }
}

function licences(folders: readonly string[]): string {
  const all = [...new Set(folders)].toSorted().map(folder => {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Readonly<
      Record<'name' | 'version', string>
    >
    const file = readdirSync(folder).find(each => /^licen[cs]e(?:\.\w+)?$/i.test(each))
    if (file === undefined) throw new Error(`${name} has no licence`)
    return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()}\n`
  })
  return `In the scripts beside this file are, besides Imprimatur (MIT):\n\n${all.join(`\n${'-'.repeat(72)}\n\n`)}`
}
