import type { default as createMarkdownIt } from 'markdown-it'
import type * as Toml from 'smol-toml'
import type * as Yaml from 'yaml'

/** A reader of front matter for each of its languages. */
export type FieldEngines = Readonly<Record<'yaml' | 'toml' | 'json', (content: string) => object>>

/** A character, and where in a text it is to stand. */
export interface PlacedCharacter {
  readonly at: number
  readonly text: string
}

/**
 * What reading a document takes from where it is read. `#runtime` is `node.ts` in Node and `web.ts` for bundlers, as `imports` of
 * package.json has it, so that nothing that reads or lints a text imports a module of Node.
 */
export interface Runtime {
  /** Libraries take as long to load as a small site to build, and most sites need neither. */
  yaml(): typeof Yaml
  toml(): typeof Toml
  /** The function of markdown-it 14 that makes a parser. */
  readonly markdownIt: typeof createMarkdownIt
  /** The fields that stand between fences, by the engine of their language; undefined or null when there are none. */
  fieldsOf(content: string, language: keyof FieldEngines, engines: FieldEngines): unknown
  /** A copy of fields that keeps no text alive which they were read from. */
  detached<Value>(value: Value): Value
  /** A text with these characters, one UTF-16 code unit each, in the place of its own. */
  withCharacters(text: string, characters: readonly PlacedCharacter[]): string
  /** Runs a function and is true, or stops it after so many milliseconds and is false, where it can be stopped. */
  within(milliseconds: number, run: () => void): boolean
}
