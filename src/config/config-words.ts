/** What each key of the configuration is: for the manual (npm run manual) and for editors (npm run schema). */
export const configWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  site: {
    title: 'its name',
    url: 'where it is published, with the path that it lies under, if there is one',
    lang: 'the language of pages that name none',
    timeZone: 'where days, and times without an offset, are meant',
    description: 'for the home page and for machines',
    author:
      'who writes it: `name`, `email`, `url` (of the page about the author), `photo`, `fediverse` (`@me@example.org`), `profiles` (addresses that are the same person)',
    image: 'the address of a picture for those who link here, unless the page has one',
    icon: 'the address of the feeds’ icon, when it is not called `icon.png`, `apple-touch-icon.png`, `favicon.png` or the like',
    webmention: 'the address that takes webmentions',
  },
  dirs: {
    pages: 'pages, and files that are copied',
    layouts: 'layouts, and partials in `partials/`',
    assets: 'a further folder whose files are copied to the root of the site',
    output: 'the built site',
  },
  build: {
    typography:
      'what a build does about typography: nothing, tell, refuse to build, or set each page on its way to the reader',
    patience: 'seconds that a page may take before it is named as one that never ends',
    drafts: 'with drafts, and pages of days to come or past',
    extras: 'whether archives, feeds, the sitemap and the like are made',
    elsewhere:
      'beginnings of addresses on this host that something else serves, such as `/webmail/`: links there are not checked',
    links: 'how grave a broken link is',
    policy:
      'what the Content-Security-Policy of `_headers` allows besides the site’s own, by directive; `false` for none',
    stripLocation: 'publishes pictures without the place where they were taken',
    include:
      'patterns, from the root, of what is published although its name begins with a dot or is one that programs leave behind',
    notSecret: 'files, from the root, that hold what looks like a private key and are published all the same',
    pictures: 'smaller copies of pictures, among which browsers choose: `widths`, `formats`, `sizes`',
  },
  theme: {
    name: "the layouts, styles and fonts that come with the program; `theme: 'imprimatur'` is the same",
    face: 'the family that text is set in; each has Latin and Cyrillic letters',
    measure: 'characters in a line of text, blanks among them: 66',
    size: 'of text, in pixels, on a telephone whose reader has chosen none: 18; a sixth more where there is room',
    colour: 'of links and marks, on light paper; on dark it is lightened until it can be read',
    languages: 'those that the site speaks, each with a home: `/` for its own, `/ru/` for Russian',
    navigation:
      'what is at the head of each page; when missing, posts, tags and a page about the site, as far as there are any',
    footer: 'what is at the foot of each page; when missing, the site’s description',
  },
  lint: {
    extends: 'files or packages that hold another such section, which this one adds to',
    rules: 'levels by code, family (`ru/nbsp/*`) or language (`en:CODE`); or a rule of your own',
    preset: 'which conventions of setting hold',
    settings: 'what some rules want to know, by code',
    words: '`keep`: never changed inside; `tie`: tied to the next word; `free`: never tied',
    replace: 'regular expressions, what takes the place of what they match, and why',
    noBreakSpace: 'how fixes write a no-break space: `&nbsp;`, which you can see, or the character',
    fix: 'whether `--fix` makes fixes that change letters or digits',
    overrides: 'what holds for some pages only: `files`, and any of `rules` and the keys for pages',
    ignore: 'patterns of files that are not looked at',
    opaque: 'regular expressions: what they match is not to be set, as code is not',
  },
  security: {
    contact: 'whom to tell of a hole; with `expires` it makes `/.well-known/security.txt` (RFC 9116)',
    expires: 'the day from which nobody should rely on the rest',
    policy: 'the address of your policy',
    encryption: 'the address of a key to write to you with',
    acknowledgments: 'the address of a page that thanks',
    languages: 'the languages that you read',
  },
  keys: {
    manifest: 'the file that lists your devices and keys',
    allowedSigners: 'who may sign it, when that is not `allowed_signers` beside it',
  },
}

/** Keys that are no sections. */
export const topWords: Readonly<Record<string, string>> = {
  fields: 'names of fields that are yours although they are nearly those of fields that are read',
  markdown: 'a function that adds to the parser, markdown-it: `md => md.use(plugin)`',
}
