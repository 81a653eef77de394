import { join, posix } from 'node:path'
import type { Config } from '../config/config.ts'
import type { Output, Result } from '../core/types.ts'
import { readRegularFile } from '../core/read-file.ts'
import { reason } from '../core/source.ts'
import type { ZineIssue } from './issue/issue.ts'
import { readPicture, type PrintedPicture } from './flow/pictures.ts'

/** The pictures of the site, for a zine. */
export interface Pictures {
  /** The picture at an absolute address, or why it cannot be printed. */
  at(address: string): PrintedPicture | string
  /** The typesetter cannot read these, by their names. */
  refuse(names: readonly string[]): void
  /** Begins anew. */
  begin(): void
  /** Those that were asked for since, and are there. */
  used(): Iterable<PrintedPicture>
}

/** Each is as the site publishes it: without the place where it was taken. */
export function createPictures({ site }: Config, output: Output): Pictures {
  const known = new Map<string, PrintedPicture | string>()
  const refused = new Set<string>()
  let used = new Map<string, PrintedPicture>()
  return {
    at(address) {
      let found = known.get(address)
      if (found === undefined) known.set(address, (found = load(address, site.url, output)))
      if (typeof found === 'string') return found
      if (refused.has(found.name)) return 'it is damaged, or of a kind that Typst does not read'
      used.set(found.name, found)
      return found
    },
    refuse(names) {
      for (const name of names) refused.add(name)
    },
    begin() {
      used = new Map()
    },
    used: () => used.values(),
  }
}

function load(address: string, siteUrl: string, output: Output): PrintedPicture | string {
  const data = /^data:[^,]*?(;base64)?,(.*)$/s.exec(address)
  if (data) return readPicture(decodeData(data[2] ?? '', data[1] !== undefined))
  if (!address.startsWith(`${siteUrl}/`)) return 'it lies on another site'
  const path = pathOf(address.slice(siteUrl.length + 1))
  const file = output.get(path) ?? output.get(path.normalize('NFC'))
  if (!file) return 'there is no such file'
  const { value, diagnostics } = file.contents()
  if (value === undefined) return diagnostics[0]?.message ?? 'it cannot be read'
  return readPicture(typeof value === 'string' ? Buffer.from(value) : value)
}

const decodeData = (data: string, isBase64: boolean): Buffer =>
  isBase64 ? Buffer.from(data, 'base64') : Buffer.from(pathOf(data))

function pathOf(address: string): string {
  const path = address.replace(/[?#].*$/s, '')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** The picture on the first page, which is named from the file of the zine. */
export function readCover(root: string, { report }: ZineIssue, cover: string): Result<PrintedPicture> {
  const refuse = (why: string) => ({
    diagnostics: [
      report(
        'zine/value',
        ['cover'],
        `The cover cannot be printed: ${why}`,
        'name a PNG, JPEG, WebP or SVG beside this file',
      ),
    ],
  })
  const path = posix.normalize(posix.join('zines', cover))
  if (path.startsWith('..')) return refuse('it lies outside the site')
  try {
    const read = readPicture(readRegularFile(join(root, path)))
    return typeof read === 'string' ? refuse(read) : { value: read, diagnostics: [] }
  } catch (error) {
    return refuse(reason(error))
  }
}
