import { join, resolve } from 'node:path'
import { isPresent } from '../core/read-file.ts'
import { basePath } from './base-path.ts'
import { diagnostic } from '../core/diagnostic.ts'
import type { Modules } from './load-module.ts'
import { readConfig } from './read-config.ts'
import { canonicalLanguage } from '../core/value-kinds.ts'
import type { ExtendMarkdown, Result, Typography } from '../core/types.ts'
import { configNames, pathBelow } from './site-root.ts'
import { checkFolders, checkForm, checkMarkdown, checkValues, type WrittenConfig } from './check-config.ts'
import { configKinds } from './config-schema.ts'
import { extendedLint } from './extended-lint.ts'
import { mergeLint, type LintConfig, type LintSection, type UserLintConfig } from './lint-config.ts'
import type { SiteAuthor } from './sections/author.ts'
import type { PicturesConfig } from './sections/pictures.ts'
import type { SecurityConfig } from './sections/security.ts'
import { completeTheme, type ThemeConfig, type UserThemeConfig } from './theme/theme-config.ts'

export interface SiteConfig {
  readonly title: string
  /** Where the site is published, without a slash at the end: its host, and the path that it lies under, if there is one. */
  readonly url: string
  /** The language of pages that name none. */
  readonly lang: string
  /** The IANA name of the zone in which days, and times without an offset, are meant. */
  readonly timeZone?: string
  readonly description?: string
  readonly author?: SiteAuthor
  /** A picture for those who link here, unless the page has one: its address. */
  readonly image?: string
  /** Of the feeds: an address of the site. What is called as icons are is found by itself. */
  readonly icon?: string
  /** The address that takes webmentions of every page. */
  readonly webmention?: string
  /** Templates see every further field. */
  readonly [field: string]: unknown
}

export interface Config {
  /** Absolute; everything else is relative to it. */
  readonly root: string
  readonly site: SiteConfig
  readonly dirs: {
    readonly pages: string
    readonly layouts: string
    readonly assets?: string | undefined
    readonly output: string
  }
  readonly build: {
    /** Seconds that a page may take to be made. */
    readonly patience: number
    readonly typography: Typography
    readonly drafts: boolean
    /** Whether archives, feeds, sitemap and the like are made. */
    readonly extras: boolean
    /** Beginnings of addresses on this host that something else serves: links there are not checked. */
    readonly elsewhere: readonly string[]
    /** Whether pictures are published without the place where they were taken. */
    readonly stripLocation: boolean
    /** What the Content-Security-Policy of `_headers` allows besides the site’s own, by directive; false for none. */
    readonly policy?: false | Readonly<Record<string, readonly string[]>> | undefined
    /** How grave a broken link is. */
    readonly links: 'error' | 'warn'
    /** Patterns, from the root: what is published although its name begins with a dot, or is one that programs leave behind. */
    readonly include: readonly string[]
    /** Files, from the root, that hold what looks like a private key and are published all the same. */
    readonly notSecret: readonly string[]
    /** Smaller copies of the site’s pictures, which need the package sharp; none when left out. */
    readonly pictures?: PicturesConfig | undefined
  }
  /** The layer of layouts, styles and fonts that comes with the program; undefined for none. */
  readonly theme?: ThemeConfig | undefined
  readonly lint: LintConfig
  /** Front matter fields of the author’s own whose names are nearly those of fields that are read. */
  readonly fields: readonly string[]
  /** Adds to the parser of Markdown, for the build and the linter alike. */
  readonly markdown?: ExtendMarkdown | undefined
  readonly siteCode: SiteCode
  readonly security: SecurityConfig
  readonly keys: { readonly manifest?: string | undefined; readonly allowedSigners?: string | undefined }
}

/**
 * Whether what a site brings along is run: its configuration, with all that it names, and its templates. With `none` the site has no
 * configuration file and no layouts, and a page that is a template is an error.
 */
export type SiteCode = 'run' | 'none'

/** What `imprimatur.config.*` may hold: every part of a `Config`, all of it optional. */
export type UserConfig = {
  readonly [
    Section in Exclude<keyof Config, 'root' | 'theme' | 'lint' | 'fields' | 'markdown' | 'siteCode'>
  ]?: Partial<Config[Section]>
} & {
  /** The name of the theme, or an object with its settings. */
  readonly theme?: UserThemeConfig
  readonly fields?: readonly string[]
  /** Adds to the parser of Markdown: `md => md.use(plugin)`. */
  readonly markdown?: ExtendMarkdown
  readonly lint?: UserLintConfig
}

export const configDefaults = {
  site: { title: 'Untitled', url: 'https://example.org', lang: 'en' },
  dirs: { pages: 'pages', layouts: 'layouts', output: 'docs' },
  build: {
    typography: 'warn',
    patience: 60,
    drafts: false,
    extras: true,
    elsewhere: [],
    links: 'error',
    stripLocation: false,
    include: [],
    notSecret: [],
  },
  security: {},
  keys: {},
} as const satisfies Omit<Config, 'root' | 'theme' | 'fields' | 'markdown' | 'lint' | 'siteCode'>

/**
 * Reads, checks and completes the configuration in `root`; `overrides` are the command line's. With `folders: 'any'` the folders
 * of the site need not be there: for what works on single files. With `modules: 'fresh'` what the configuration imports is read
 * anew, too: for what runs for long. With `siteCode: 'none'` no configuration file is read, JSON or not.
 */
export async function loadConfig(
  root: string,
  overrides: UserConfig = {},
  { folders = 'site', modules = 'kept', siteCode = 'run' }: LoadOptions = {},
): Promise<Result<Config>> {
  const absolute = resolve(root)
  const found = siteCode === 'none' ? [] : configNames.filter(name => isPresent(join(absolute, name)))
  const [name, second] = found
  if (second) {
    const hint = `keep one of them: ${found.join(', ')}`
    return {
      diagnostics: [diagnostic('config/read', 'There is more than one configuration file', { hint })],
    }
  }
  const read: Result<WrittenConfig> = name
    ? await readConfig(absolute, name, {
        modules,
        patience: overrides.build?.patience ?? configDefaults.build.patience,
      })
    : { value: { config: {} }, diagnostics: [] }
  if (!read.value) return { diagnostics: read.diagnostics }

  const misshapen = checkForm(read.value)
  if (misshapen.length > 0) return { diagnostics: misshapen }
  const diagnostics = [...checkValues(read.value, configKinds), ...(await checkMarkdown(read.value))]
  if (diagnostics.length > 0) return { diagnostics }
  const written = read.value.config as UserConfig
  const file = join(absolute, name ?? 'imprimatur.config.json')
  const extended = await extendedLint(written.lint ?? {}, { root: absolute, file, modules })
  if (!extended.value) return { diagnostics: extended.diagnostics }
  const config = complete(absolute, { written, overrides, extended: extended.value, siteCode })
  const wrong = folders === 'site' ? checkFolders(absolute, config.dirs) : []
  return wrong.length > 0 ? { diagnostics: wrong } : { value: config, diagnostics }
}

interface LoadOptions {
  readonly folders?: 'site' | 'any'
  readonly modules?: Modules
  readonly siteCode?: SiteCode
}

interface ConfigParts {
  readonly written: UserConfig
  readonly overrides: UserConfig
  readonly extended: readonly LintSection[]
  readonly siteCode: SiteCode
}

function complete(root: string, { written, overrides, extended, siteCode }: ConfigParts): Config {
  const section = <S extends keyof typeof configDefaults>(name: S) => ({
    ...configDefaults[name],
    ...defined(written[name]),
    ...defined(overrides[name]),
  })
  const site = section('site')
  const theme = completeTheme(overrides.theme ?? written.theme, site.lang)
  const dirs = Object.fromEntries(
    Object.entries(section('dirs')).map(([name, dir]) => [name, plain(root, dir as string)]),
  )
  return {
    root,
    site: { ...site, url: siteUrl(site.url), lang: canonicalLanguage(site.lang) },
    dirs: dirs as Config['dirs'],
    build: section('build'),
    ...(theme && { theme }),
    fields: overrides.fields ?? written.fields ?? [],
    ...(written.markdown && { markdown: written.markdown }),
    lint: mergeLint([
      ...extended,
      { from: 'lint.rules', lint: written.lint ?? {} },
      { from: 'the call', lint: overrides.lint ?? {} },
    ]),
    siteCode,
    security: section('security'),
    keys: section('keys'),
  }
}

const defined = (fields: object = {}) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** Without a slash at the end, so that an address of the site can follow; a path in the form in which it stands in pages. */
function siteUrl(written: string): string {
  const base = basePath(written)
  return base === '' ? written.replace(/(?<!\/)\/+$/, '') : new URL(written).origin + base
}

/** `./pages/` -> `pages`; a folder outside the root stays `../elsewhere`. */
const plain = (root: string, dir: string) => pathBelow(root, resolve(root, dir)) || '.'
