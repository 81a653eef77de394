/** A name that templates see. */
export interface TemplateName {
  /** How it is called, where it is a function. */
  readonly call?: string
  readonly words: string
}

/** All of them, in the order of the manual: `templateContext` has these and no others. */
export const templateNames = {
  site: { words: '`site` of the configuration, with all that you put there' },
  page: { words: 'front matter, and what is worked out for every page (below)' },
  body: { words: 'in a layout: the HTML inside it' },
  pages: { words: 'all published pages, newest first, without redirects and 404' },
  collections: {
    words: '`sections`, `years` (newest first), `tags`: a `Map` from each name to its pages',
  },
  archive: {
    call: 'archive({ … })',
    words: 'the address of a list: `{ tag }`, `{ section }` or `{ section, year }`',
  },
  metadata: {
    call: 'metadata()',
    words:
      'the tags for `<head>` that machines read: description, canonical address, translations, feeds, Open Graph, JSON-LD, `fediverse:creator`, `rel="me"`, the address for webmentions',
  },
  asset: { call: 'asset(path)', words: 'the address of a copied file, with a hash of its content' },
  withBase: {
    call: 'withBase(address)',
    words: 'where no HTML attribute is, as in a script: the address with the path of `site.url` before it',
  },
  absolute: {
    call: 'absolute(address)',
    words: 'the whole address, `https://…`; one without a slash in front is meant from the page',
  },
  date: {
    call: 'date(value, style, lang)',
    words: 'a date in the page’s language: `full long medium short day month year iso`, or `Intl` options',
  },
  typeset: { call: 'typeset(text, lang)', words: 'the text, typeset' },
  word: {
    call: 'word(name, values, lang)',
    words:
      'a word of the interface in the page’s language, from the theme’s tables and `layouts/words/`; `{n}` in it is `values.n`',
  },
  include: {
    call: 'include(name, data)',
    words: 'a partial: sought in the layouts folder, then beside it, then in the theme',
  },
  theme: {
    words:
      'with a theme: what its settings come to on a page: `home isHome navigation languages footer posts fonts lists(post) nameOf(lang)`',
  },
  feeds: {
    words:
      'the feeds of the site: `page` (the address of the page that lists them), `site`, `lists` and `others`, each a list of `{ title, lang, formats }`',
  },
  planet: { words: 'what the site has gathered, when it does: `title days entries sources`' },
  keys: { words: 'the verified key manifest, when there is one' },
} as const satisfies Readonly<Record<string, TemplateName>>

export type TemplateNames = Readonly<Record<keyof typeof templateNames, unknown>>
