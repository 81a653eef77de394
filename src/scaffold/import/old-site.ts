import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readRegularFile } from '../../core/read-file.ts'
import { parse as parseToml } from 'smol-toml'
import { parse as parseYaml } from 'yaml'
import { isDropping } from '../../document/droppings.ts'
import { record, type OldSite } from './generator.ts'

/** What generators and package managers write; a folder `public` is that when there is a site in it. */
const MADE = /^(?:_site|resources|\.cache|\.jekyll-cache|vendor|node_modules|__pycache__)$/

/** Settings whose names begin with a dot. */
const DOTTED = /^\.eleventy\.c?js$/

/** Opens the folder of a site, its sources or what was built of them, to read it; nothing in it is ever written. */
export function openOldSite(root: string, what: 'sources' | 'built'): OldSite {
  const files = list(root, '', what === 'sources' ? MADE : NONE).toSorted()
  const texts = new Map<string, string | undefined>()
  const text = (path: string) => {
    if (!texts.has(path)) texts.set(path, read(join(root, path)))
    return texts.get(path)
  }
  return { root, files, text, settings: path => parseSettings(path, text(path) ?? '') }
}

const isBuilt = (root: string, name: string) =>
  name === 'public' && existsSync(join(root, name, 'index.html'))

const NONE = /^$/

const list = (root: string, folder: string, made: RegExp): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const { name } = entry
    const path = folder === '' ? name : `${folder}/${name}`
    if (
      (isDropping(name) && !DOTTED.test(name)) ||
      (entry.isDirectory() && folder === '' && (made.test(name) || (made === MADE && isBuilt(root, name))))
    )
      return []
    return entry.isDirectory() ? list(root, path, made) : entry.isFile() ? [path] : []
  })

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
