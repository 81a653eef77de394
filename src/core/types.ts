import type { MarkdownIt } from 'markdown-it'
import type { Severity } from './codes.ts'

export type { Severity }

/** Half-open range of UTF-16 offsets into SourceFile.text; line and column are computed only when reported. */
export type Span = readonly [start: number, end: number]

export interface SourceFile {
  /** Relative to the site's root, with `/` between segments. */
  readonly path: string
  /** As the file holds it: byte order mark, line endings and all. */
  readonly text: string
}

export interface Edit {
  readonly span: Span
  readonly text: string
}

/** `area/name`: one of the registry's codes (codes.ts), or that of a lint rule. */
export type RuleCode = `${string}/${string}`

export interface Fix {
  /** A safe fix changes nothing but what the rule is about; `--fix` applies only safe ones. */
  readonly safe: boolean
  readonly edits: readonly Edit[]
  /** The characters that the page may have more or fewer of with it; none when absent. */
  readonly writes?: string | undefined
  /** How the page is read, where it is not as the program does: the fix is proven harmless in that reading. */
  readonly markdown?: ExtendMarkdown | undefined
  /** Regular expressions of what must stay as it is, besides what always does. */
  readonly opaque?: readonly string[] | undefined
}

/** Changes the parser of Markdown, as markdown-it's plug-ins do: `md => md.use(plugin)`. What it returns is not looked at. */
export type ExtendMarkdown = (md: MarkdownIt) => unknown

export interface Diagnostic {
  readonly code: RuleCode
  readonly severity: Severity
  /** What is wrong. */
  readonly message: string
  /** What to do next. */
  readonly hint?: string | undefined
  readonly file?: SourceFile | undefined
  readonly span?: Span | undefined
  readonly fix?: Fix | undefined
  /** A fix was found that would make something else of the source’s Markdown. A build sets the text for all that. */
  readonly isWithheld?: boolean | undefined
}

/** A value is absent exactly when the diagnostics say why; warnings may accompany one. */
export interface Result<T> {
  readonly value?: T
  readonly diagnostics: readonly Diagnostic[]
}

/** What a file of the site is, and what it is made from. */
export interface Maker {
  readonly kind:
    | 'page'
    | 'redirect'
    | 'copied'
    | 'picture'
    | 'keys'
    | 'archive'
    | 'planet'
    | 'feed'
    | 'sitemap'
    | 'for machines'
  /** Relative to the root. Absent when the program makes it of many, or of none. */
  readonly source?: string
  /** Of a redirect that gives what its target is: what makes that. */
  readonly target?: Maker
}

/** One file of the built site. */
export interface OutputFile {
  /** Relative to the output folder, with `/` between segments. */
  readonly path: string
  readonly maker: Maker
  /** Renders or reads it when asked, so that a site of any size needs the memory of one page. */
  contents(): Result<string | Uint8Array>
  /** To be awaited before each call of `contents`, where there is one: what makes this file is no function that returns. */
  prepare?(): Promise<void>
}

/** The built site: output path -> file. */
export type Output = ReadonlyMap<string, OutputFile>

export type Typography = 'off' | 'warn' | 'error' | 'fix'

export interface Heading {
  readonly level: number
  readonly id: string
  /** Plain text, no markup, real characters. */
  readonly text: string
}

/** Who wrote a page. */
export interface Author {
  readonly name: string
  /** Absolute, or from the root of the site. */
  readonly url?: string | undefined
}

/** What a template sees as `page`; front matter fields that are not listed here are the author's own. */
export interface Page {
  readonly [field: string]: unknown
  /** Root-relative and percent-encoded: `/posts/2026/some_post/`. */
  readonly url: string
  /** Where the page is written, relative to the output folder. */
  readonly path: string
  /** Its source, relative to the site's root. */
  readonly source: string
  readonly layout: string
  readonly lang: string
  readonly title: string
  readonly description?: string | undefined
  readonly section?: string | undefined
  readonly year?: number | undefined
  /** An ISO day, `2026-11-21`, or an ISO time with its offset, `2026-11-21T10:00:00+03:00`. */
  readonly date?: string | undefined
  readonly updated?: string | undefined
  readonly tags: readonly string[]
  /** When it is not the site's. */
  readonly author?: Author | undefined
  /** What feeds know the page by for ever: the address it had first, when it has moved since. */
  readonly guid?: string | undefined
  readonly css: readonly string[]
  readonly typography?: Typography | undefined
  readonly redirectTarget?: string | undefined
  /** The page's HTML without its layout. */
  readonly body: string
  readonly headings: readonly Heading[]
  /** The first paragraph, as plain text. */
  readonly excerpt: string
  readonly words: number
  /** How long it takes to read, in whole minutes, one at least. */
  readonly minutes: number
  /** The older and the newer neighbour in the same section and language. */
  readonly previous?: Page | undefined
  readonly next?: Page | undefined
  readonly translations: readonly Page[]
}

/** Pages grouped by section, year (newest first) and tag; each group is newest first. */
export interface Collections {
  readonly sections: ReadonlyMap<string, readonly Page[]>
  readonly years: ReadonlyMap<number, readonly Page[]>
  readonly tags: ReadonlyMap<string, readonly Page[]>
}

declare const verified: unique symbol

/** Something whose signature and history were checked. Only `keys/verify/verify.ts` makes one. */
export type Verified<T> = T & { readonly [verified]: true }
