import markdownIt from 'markdown-it/dist/markdown-it.js'
import * as toml from 'smol-toml'
import * as yaml from 'yaml'
import type { Runtime } from './runtime.ts'

export const runtime: Runtime = {
  yaml: () => yaml,
  toml: () => toml,
  markdownIt,

  /** As gray-matter does, which needs Node: what is empty but for comments has no fields, and all else is for the engine. */
  fieldsOf(content, language, engines) {
    const written = `\n${content}`
    return written.replace(/^[ \t]*#[^\n]+/gm, '').trim() === '' ? {} : engines[language](written)
  },

  /** A text here is about to be forgotten with all that was read from it. */
  detached: value => value,

  withCharacters(text, characters) {
    const parts: string[] = []
    let done = 0
    for (const each of characters) {
      parts.push(text.slice(done, each.at), each.text)
      done = each.at + 1
    }
    return parts.join('') + text.slice(done)
  },

  /** Nothing here stops a regular expression but whoever ends the worker that it runs in. */
  within(_, run) {
    run()
    return true
  },
}
