import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fix, lint } from '../../src/index.ts'

/** What stands around a part of a page that is made. */
const BLOCK = /(<!-- ([a-z-]+), made by npm run manual -->\n)[^]*?(<!-- until here -->)/g

export interface ManualPage {
  readonly file: string
  /** As it is. */
  readonly text: string
  /** As it should be. */
  readonly fresh: string
  /** The blocks in it. */
  readonly names: readonly string[]
}

/** The pages of the manual that have made parts, with these as they are now, set by the rules of the linter as all pages are. */
export async function manualPages(
  folder: string,
  blocks: Readonly<Record<string, string>>,
): Promise<readonly ManualPage[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.md'))
    .toSorted()
  const pages = files.map(async (path): Promise<ManualPage | undefined> => {
    const file = join(folder, path)
    const text = readFileSync(file, 'utf8')
    const names = [...text.matchAll(BLOCK)].map(([, , name = '']) => name)
    if (names.length === 0) return undefined
    const filled = text.replace(BLOCK, (_, open: string, name: string, close: string) => {
      const block = blocks[name]
      if (block === undefined) throw new Error(`${file}: there is no block “${name}”`)
      return `${open}\n${block}\n\n${close}`
    })
    return { file, text, names, fresh: await set(path, filled) }
  })
  return (await Promise.all(pages)).filter(page => page !== undefined)
}

async function set(path: string, text: string): Promise<string> {
  const file = { path, text }
  const { value } = await fix(file, await lint([file], { lang: 'en' }))
  return value?.text ?? text
}
