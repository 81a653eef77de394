/** Whose package this is: package.json has it, and every other text that names it follows. */
export interface Identity {
  /** Of the package; `imprimatur`, or a scoped one. The command is `imprimatur` under any name. */
  readonly name: string
  /** Whether the name is ours in the registry: npm refuses to publish what is private, and so does the release. */
  readonly isPublished: boolean
  /** `https://github.com/ACCOUNT/REPOSITORY`, without `.git` or a slash at the end. */
  readonly repository?: string
  /** Where the site of this repository is published, without a slash at the end. */
  readonly homepage?: string
  /** `Name <mail>`, as npm has it. */
  readonly author?: string
}

/** What stands in a file in one form or another, as long as the identity is what it is. */
export interface IdentityText {
  readonly path: string
  /** Between what does not change; it occurs once in the file. */
  readonly text: (identity: Identity) => string
}

export interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly repository?: { readonly type: 'git'; readonly url: string }
  readonly homepage?: string
  readonly author?: string
}

export const identityOf = ({
  name,
  private: isPrivate,
  repository,
  homepage,
  author,
}: Manifest): Identity => ({
  name,
  isPublished: isPrivate !== true,
  ...(repository && { repository: repository.url.replace(/^git\+/, '').replace(/\.git$/, '') }),
  ...(homepage !== undefined && { homepage }),
  ...(author !== undefined && { author }),
})

/** What is wrong with an identity, in words; none is wrong in itself, and nothing dead may be linked. */
export function faultsOf({ name, repository, homepage, author }: Identity): readonly string[] {
  const address = /^https:\/\/[^\s/]+(?:\/[^\s/]+)*$/
  return [
    ...(/^(?:@[a-z0-9-][a-z0-9._-]*\/)?[a-z0-9-][a-z0-9._-]*$/.test(name)
      ? []
      : [`${name} is no name of a package`]),
    ...(repository === undefined || /^https:\/\/github\.com\/[\w-]+\/[\w.-]+$/.test(repository)
      ? []
      : [`${repository} is no https://github.com/ACCOUNT/REPOSITORY`]),
    ...(homepage === undefined || address.test(homepage)
      ? []
      : [`${homepage} is no https:// address, or ends in a slash`]),
    ...(author === undefined || /^[^<>]+(?: <[^\s<>@]+@[^\s<>@]+>)?$/.test(author)
      ? []
      : [`${author} is no Name <mail>`]),
  ]
}

/** `ACCOUNT/REPOSITORY` */
const slugOf = (repository: string) => repository.replace('https://github.com/', '')

const hookFields = String.raw`files: \.(md|markdown|html?|ejs)$`

/** Every text that depends on more than the package's name. */
export const identityTexts: readonly IdentityText[] = [
  {
    path: 'README.md',
    text: ({ name, isPublished }) =>
      isPublished
        ? `npm install ${name}\n`
        : 'npm install ../imprimatur/imprimatur-*.tgz # which npm run package makes in a clone of this repository\n',
  },
  {
    path: 'pages/about/ci.md',
    text: ({ repository }) =>
      repository === undefined
        ? '      - run: npx --no-install imprimatur lint --format github\n```\n'
        : `      - uses: ${slugOf(repository)}@v0\n\`\`\`\n`,
  },
  {
    path: 'pages/about/ci.md',
    text: ({ repository }) =>
      repository === undefined
        ? `repos:
  - repo: local
    hooks:
      - id: imprimatur-fix
        name: imprimatur lint --fix
        entry: npx --no-install imprimatur lint --fix
        language: system
        ${hookFields}
        require_serial: true
`
        : `repos:
  - repo: ${repository}
    rev: v0.1.0
    hooks:
      - id: imprimatur-fix
`,
  },
  {
    path: 'SECURITY.md',
    text: ({ repository, author }) => {
      const mail = /<(.+)>/.exec(author ?? '')?.[1]
      if (repository === undefined && mail === undefined)
        return 'This copy of the program has no public address yet: write to the person from whom you have it, and in private.\n'
      const form = repository && `at <${repository}/security/advisories/new>, where nobody else reads it`
      return `Write ${[form, mail && `to <${mail}>`].filter(Boolean).join(', or ')}. Do not open an issue.\n`
    },
  },
  {
    path: '.github/ISSUE_TEMPLATE/config.yml',
    text: ({ repository }) =>
      repository === undefined
        ? 'contact_links: []\n'
        : `contact_links:
  - name: A fault that puts keys or machines at risk
    url: ${repository}/security/policy
    about: Not here, where everybody reads it; this page says how.
`,
  },
]

const escaped = (text: string) => text.replace(/[$()*+./?[\\\]^{|}-]/g, String.raw`\$&`)

/**
 * Where the package's name stands as such, and not that of the command or of the project. Each pattern has the name between
 * what is before and behind it.
 */
const contexts = (name: string): readonly RegExp[] =>
  [
    String.raw`((?:\bfrom|\bimport\()\s*['"])(NAME)(?=['"])`,
    String.raw`(node_modules\/)(NAME)(?![\w.-])`,
    String.raw`('node_modules', ')(NAME)(?=')`,
    String.raw`(\bnpm (?:install|i)(?: --?[\w-]+)* )(NAME)(?![\w./@-])`,
    String.raw`(^|[^\w/@.-])(NAME)(?=@[$\d])`,
    String.raw`(\bPACKAGE = ')(NAME)(?=')`,
  ].map(pattern => new RegExp(pattern.replace('NAME', escaped(name)), 'gm'))

/** How often the package's name stands in a text. */
export const countNames = (text: string, name: string): number =>
  contexts(name).reduce((sum, pattern) => sum + [...text.matchAll(pattern)].length, 0)

/** A file of the repository under another identity; throws when it has not what the present one puts there. */
export function rewrite(path: string, text: string, from: Identity, to: Identity): string {
  let changed = text
  for (const each of identityTexts.filter(own => own.path === path)) {
    const [before, after] = [each.text(from), each.text(to)]
    if (changed.split(before).length !== 2) throw new Error(`${path} does not have, once:\n${before}`)
    changed = changed.replace(before, () => after)
  }
  if (path === 'package.json' || path === 'package-lock.json' || path === 'editors/vscode/package.json') {
    return rewriteManifest(path, changed, to)
  }
  if (path === 'imprimatur.config.ts' && to.homepage !== undefined) {
    changed = changed.replace(/(?<=\burl: ')[^']*(?=')/, to.homepage)
  }
  return contexts(from.name).reduce(
    (rewritten, pattern) => rewritten.replace(pattern, (_, before: string) => `${before}${to.name}`),
    changed,
  )
}

type Fields = Readonly<Record<string, unknown>>

/** JSON in the order that npm has for it. */
function rewriteManifest(path: string, text: string, to: Identity): string {
  const old = JSON.parse(text) as Fields
  const { repository } = to
  const git = repository && { type: 'git', url: `git+${repository}.git` }
  let fields: Fields
  if (path === 'package-lock.json') {
    const { '': root, ...others } = old.packages as Readonly<Record<string, Fields>>
    fields = { ...old, name: to.name, packages: { '': { ...root, name: to.name }, ...others } }
  } else if (path === 'editors/vscode/package.json') {
    const { repository: _repository, publisher: _publisher, ...others } = old
    const publisher = repository === undefined ? 'unpublished' : slugOf(repository).split('/')[0]
    fields = insert(others, 'version', {
      publisher,
      ...(git && { repository: { ...git, directory: 'editors/vscode' } }),
    })
  } else {
    const dropped = new Set(['private', 'repository', 'bugs', 'homepage', 'author'])
    const others = Object.fromEntries(Object.entries(old).filter(([key]) => !dropped.has(key)))
    fields = insert({ ...others, name: to.name }, 'version', {
      ...(!to.isPublished && { private: true }),
    })
    fields = insert(fields, 'license', {
      ...(to.author !== undefined && { author: to.author }),
      ...(to.homepage !== undefined && { homepage: to.homepage }),
      ...(git && { repository: git, bugs: { url: `${repository}/issues` } }),
    })
  }
  return `${JSON.stringify(fields, undefined, 2)}\n`
}

/** The fields with some more behind one of them. */
function insert(fields: Fields, behind: string, more: Fields): Fields {
  const entries = Object.entries(fields)
  entries.splice(entries.findIndex(([key]) => key === behind) + 1, 0, ...Object.entries(more))
  return Object.fromEntries(entries)
}
