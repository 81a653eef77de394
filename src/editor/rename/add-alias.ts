import { isDeepStrictEqual } from 'node:util'
import type { Edit, SourceFile } from '../../core/types.ts'
import { readDocument } from '../../document/document.ts'
import { applyEdits } from '../../lint/fix.ts'

/**
 * Puts an old address among a page’s aliases, and leaves the rest of its front matter as it is written. The edit is tried: undefined when
 * the fields would not be read as they are meant.
 */
export function addAlias(file: SourceFile, address: string): Edit | undefined {
  const { frontMatter } = readDocument(file)
  const { aliases, ...others } = frontMatter.fields
  const before = aliases === undefined || aliases === null ? [] : [aliases].flat()
  if (before.includes(address)) return undefined
  return candidates(file, address).find(edit => {
    const after = readDocument({ ...file, text: applyEdits(file.text, [edit]) })
    const { aliases: now, ...rest } = after.frontMatter.fields
    return (
      isDeepStrictEqual(now, [...before, address]) &&
      isDeepStrictEqual(rest, others) &&
      after.diagnostics.length === 0
    )
  })
}

/** In the ways of YAML, TOML and JSON; which of them is right the reader of front matter says. */
function candidates({ path, text }: SourceFile, address: string): readonly Edit[] {
  const { bodyStart, frontMatter } = readDocument({ path, text })
  const newLine = text.includes('\r\n') ? '\r\n' : '\n'
  const quoted = JSON.stringify(address)
  const insert = (at: number, inserted: string): Edit => ({ span: [at, at], text: inserted })
  if (frontMatter.language === undefined)
    return [insert(bodyStart, `---${newLine}aliases: [${address}]${newLine}---${newLine}${newLine}`)]
  if (!Object.hasOwn(frontMatter.fields, 'aliases')) {
    const top = text.slice(0, bodyStart).search(/[\r\n{]/)
    const next = /^\{|^\r?\n|^\r/.exec(text.slice(top))?.[0].length ?? 1
    return [
      `aliases: [${address}]${newLine}`,
      `aliases = [${quoted}]${newLine}`,
      `${newLine}  "aliases": [${quoted}],`,
    ].map(each => insert(top + next, each))
  }
  const [start, end] = frontMatter.span('aliases', 'value')
  const written = text.slice(start, end)
  const close = start + written.lastIndexOf(']')
  const last = start + written.trimEnd().length
  const indent = /^([ \t]*)- [^\n]*$/m.exec(text.slice(text.lastIndexOf('\n', last - 1) + 1, last))?.[1] ?? ''
  return [
    insert(close, `, ${address}`),
    insert(close, address),
    insert(close, `, ${quoted}`),
    insert(close, quoted),
    insert(last, `${newLine}${indent}- ${address}`),
    { span: [start, end], text: `[${written}, ${address}]` },
  ]
}
