import { append } from '../../core/lists/long-lists.ts'
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import type { Config } from '../../config/config.ts'
import { diagnostic, hasErrors } from '../../core/diagnostic.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import { readSource } from '../../core/read-file.ts'
import { readDocument } from '../../document/document.ts'
import type { Sources } from '../../document/find-sources.ts'
import { languageOfPage } from '../../document/page-language.ts'
import { fieldAt } from '../../document/place/folder-defaults.ts'
import { pageFields, settledFields } from '../../document/front-matter.ts'
import type { KeysCard } from '../../keys/card/card.ts'
import type { PageOptions } from '../../keys/page/page.ts'
import type { Publication } from '../../keys/verify/verify.ts'
import type { BuildJob } from '../workers/job.ts'
import type { PublishedKeys } from '../published-keys.ts'

export interface SiteKeys {
  /** Undefined for a site without a manifest. */
  readonly keys: PublishedKeys | undefined
}

interface KeysInput {
  readonly config: Config
  /** Milliseconds since 1970. */
  readonly now: number
  readonly sources: Sources
  readonly mode: BuildJob['mode']
}

/**
 * Verifies the manifest and renders what the site publishes of it. One that is past its validity does not keep the rest of the site
 * from being built: its page says so, and shows no link and no code; only a check fails.
 */
export async function verifyKeys({ config, now, sources, mode }: KeysInput): Promise<Result<SiteKeys>> {
  const { manifest } = config.keys
  if (manifest === undefined) return { value: { keys: undefined }, diagnostics: [] }
  const [{ keysPageName, verifySite }, { partials, describeKeys }, { renderCompanions }] = await Promise.all([
    import('../../keys/verify-site.ts'),
    import('../../keys/page/page.ts'),
    import('../../keys/page/files.ts'),
  ])
  const verified = verifySite(config, new Date(now), { allowExpired: true })
  const name = keysPageName(config, manifest)
  const page = pageOf(sources, name)
  const diagnostics = verified.diagnostics.map((found): Diagnostic =>
    found.code === 'keys/expired' && mode !== 'check' ? { ...found, severity: 'warning' } : found,
  )
  if (page === undefined) {
    const path = `${config.dirs.pages}/${name}.md`
    const hint = `write ${path}: a line ---, title: Keys, a line ---, and nothing more`
    diagnostics.push(diagnostic('keys/page', 'The keys have no page', { hint, file: { path, text: '' } }))
  }
  if (page !== undefined) append(diagnostics, await checkWords(config, `${config.dirs.pages}/${page}`))
  if (!verified.value || page === undefined || hasErrors(diagnostics)) return { diagnostics }

  const base = `/${encodeURI(name)}/`
  const options = { base, siteUrl: config.site.url }
  const title = `Keys: ${config.site.title}`
  const companions = renderCompanions(verified.value, { ...options, title, scripts: readScripts() })
  append(diagnostics, companions.diagnostics)
  if (!companions.value) return { diagnostics }
  const cardPage = pageOf(sources, `${name}/card`)
  const card = cardPage === undefined ? noCard : await renderCardOf(verified.value, options)
  append(diagnostics, card.diagnostics)
  if (!card.value) return { diagnostics }
  const files = new Map(
    [...companions.value, ...card.value.files].map(([path, contents]) => [posix.join(name, path), contents]),
  )
  const { paths, history } = verified.value.sources
  const keys: PublishedKeys = {
    data: describeKeys(verified.value, options),
    card: card.value.parts,
    partials: { ...partials, ...card.value.partials },
    bodies: {
      [`${config.dirs.pages}/${page}`]: "<%- include('partials/keys/page') %>",
      ...(cardPage !== undefined && {
        [`${config.dirs.pages}/${cardPage}`]: "<%- include('partials/keys/card') %>",
      }),
    },
    files,
    source: manifest,
    originals: [
      paths.manifest,
      paths.signature,
      paths.allowedSigners,
      ...[...history.keys()].map(entry => posix.join(paths.history, entry)),
    ],
  }
  return { value: { keys }, diagnostics }
}

/** Whatever its format. */
const pageOf = ({ pages }: Sources, name: string) =>
  pages.find(path => path.replace(/\.[^./]+$/, '') === name)

interface CardOutput extends KeysCard {
  readonly partials: PublishedKeys['partials']
}

const noCard: Result<CardOutput> = { value: { parts: {}, files: new Map(), partials: {} }, diagnostics: [] }

/** The card is made for a site that has a page for it. */
async function renderCardOf(publication: Publication, options: PageOptions): Promise<Result<CardOutput>> {
  const { cardPartial, renderCard } = await import('../../keys/card/card.ts')
  const { value, diagnostics } = renderCard(publication, options)
  return value ? { value: { ...value, partials: cardPartial }, diagnostics } : { diagnostics }
}

/** The words that the page has in front matter instead of ours; other pages are told when they are rendered. */
async function checkWords({ root, site }: Config, source: string): Promise<readonly Diagnostic[]> {
  const { value: file } = readSource(root, source)
  if (!file) return []
  const document = readDocument(file)
  const { wording } = settledFields(document)
  if (wording === undefined || !pageFields.wording?.kind?.accepts(wording)) return []
  const { checkWording } = await import('../../keys/page/words/wordbook.ts')
  const options = {
    lang: languageOfPage(document, site.lang).tag,
    wording: wording as Readonly<Record<string, string>>,
  }
  const wrong = checkWording(options)
  if (!wrong) return []
  return [
    diagnostic('keys/wording', wrong.message, { hint: wrong.hint, ...fieldAt(root, source, 'wording') }),
  ]
}

/** The box is the compiled form of the modules that the command line compares with. */
const readScripts = () =>
  new Map(
    ['compare.js', 'compare-words.js', 'link.js'].map(name => [
      name,
      readFileSync(new URL(`../../keys/identity/${name}`, import.meta.url), 'utf8'),
    ]),
  )
