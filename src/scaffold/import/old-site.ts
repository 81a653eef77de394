import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readRegularFile } from '../../core/read-file.ts'
import { parse as parseToml } from 'smol-toml'
import { parse as parseYaml } from 'yaml'
import { isDropping } from '../../document/droppings.ts'
import { record, type OldSite } from './generator.ts'
import type { ImportNote } from './report.ts'

/** What generators and package managers write; a folder `public` is that when there is a site in it. */
const MADE = /^(?:_site|resources|\.cache|\.jekyll-cache|vendor|node_modules|__pycache__)$/

/** Settings whose names begin with a dot. */
const DOTTED = /^\.eleventy\.c?js$/

/** Opens the folder of a site, its sources or what was built of them, to read it; nothing in it is ever written. */
export function openOldSite(root: string, what: 'sources' | 'built'): OldSite {
  const unread: ImportNote[] = []
  const files = list(root, '', what === 'sources' ? MADE : NONE, unread).toSorted()
  const texts = new Map<string, string | undefined>()
  const text = (path: string) => {
    if (!texts.has(path)) texts.set(path, read(join(root, path)))
    return texts.get(path)
  }
  return { root, files, unread, text, settings: path => parseSettings(path, text(path) ?? '') }
}

const isBuilt = (root: string, name: string) =>
  name === 'public' && existsSync(join(root, name, 'index.html'))

const NONE = /^$/

function list(root: string, folder: string, made: RegExp, unread: ImportNote[]): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const { name } = entry
    const path = folder === '' ? name : `${folder}/${name}`
    if (
      (isDropping(name) && !DOTTED.test(name)) ||
      (entry.isDirectory() && folder === '' && (made.test(name) || (made === MADE && isBuilt(root, name))))
    )
      return []
    if (entry.isDirectory()) return list(root, path, made, unread)
    if (entry.isFile()) return [path]
    // A link may lead to any file of whoever imports a stranger's site.
    const note = entry.isSymbolicLink()
      ? 'a symbolic link, which is not followed; put what it leads to in its place'
      : 'a pipe, a socket or a device, which is not read'
    unread.push({ file: path, line: undefined, note })
    return []
  })
}

function read(file: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readRegularFile(file))
  } catch {
    return undefined
  }
}

function parseSettings(path: string, text: string): Readonly<Record<string, unknown>> {
  try {
    if (path.endsWith('.toml')) return parseToml(text)
    return record(
      path.endsWith('.json')
        ? JSON.parse(text)
        : parseYaml(text.replace(/\t/g, '  '), { uniqueKeys: false, logLevel: 'silent' }),
    )
  } catch {
    return {}
  }
}
