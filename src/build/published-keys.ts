import type { KeysData } from '../keys/page/page.ts'

/** What a site publishes of its verified keys. It can be cloned into another thread. */
export interface PublishedKeys {
  /** What templates see as `keys` is made of it, in the language of each page. */
  readonly data: KeysData
  /** `keys.card`: the sheets of the card and the poster, by language; none without a page for them. */
  readonly card: Readonly<Record<string, string>>
  /** Templates for `include`, by name; one of the site’s own layouts takes the place of its namesake. */
  readonly partials: Readonly<Record<string, string>>
  /** For pages without a body, by source: the template that stands in for it. */
  readonly bodies: Readonly<Record<string, string>>
  /** Output path -> contents. */
  readonly files: ReadonlyMap<string, string | Uint8Array>
  /** The manifest, which stands for the source of `files` in diagnostics. */
  readonly source: string
  /** Sources that are not copied, since `files` has what is published of them. */
  readonly originals: readonly string[]
}
