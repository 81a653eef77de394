import { fileURLToPath } from 'node:url'
import { codes } from '../../core/codes.ts'
import { parseJson } from '../../core/json.ts'
import { readRegularFile } from '../../core/read-file.ts'
import { knownCodes } from './rule-codes.ts'

/**
 * Where the manual says what a code is about; undefined for a code of the author's own, and while nobody has published the manual: `homepage` of
 * the program's package.json is its address, without a slash at the end.
 */
export function manualAddress(
  code: string,
  homepage: string | undefined = ownHomepage(),
): string | undefined {
  if (homepage === undefined) return undefined
  if (knownCodes([]).has(code)) return `${homepage}/about/rules/#${code}`
  return Object.hasOwn(codes, code) ? `${homepage}/about/codes/#${code}` : undefined
}

let read: { readonly homepage?: string } | undefined

function ownHomepage(): string | undefined {
  read ??= parseJson(
    readRegularFile(fileURLToPath(new URL('../../../package.json', import.meta.url))).toString('utf8'),
  ) as NonNullable<typeof read>
  return read.homepage
}
