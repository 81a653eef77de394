import { posix } from 'node:path'
import { PACKAGE } from '../config/program-state.ts'
import { namespace } from '../keys/verify/ssh-signature.ts'

/** A key that may sign, as its `.pub` file has it. */
export interface FirstSigner {
  /** Type and base64. */
  readonly line: string
  readonly name: string
  readonly isRecovery: boolean
}

export interface FirstManifest {
  readonly jid: string
  /** The principal. */
  readonly signer: string
  readonly signers: readonly FirstSigner[]
  readonly anchors: readonly string[]
}

/** The manifest that `keys init` writes, with comments for whoever opens it. */
export const manifestText = ({ jid, signer, signers, anchors }: FirstManifest): string =>
  [
    '# The devices and keys that are mine. What is written here counts once it is signed: imprimatur keys sign',
    'version: 1',
    `signer: ${quote(signer)}`,
    'signers: # the keys that may sign the next one',
    ...signers.map(
      ({ line, name, isRecovery }) =>
        `  - { key: '${line}', name: ${quote(name)}${isRecovery ? ', recovery: true' : ''} }`,
    ),
    ...(anchors.length === 0
      ? []
      : [
          'anchors: # other places where the key of the signer stands',
          ...anchors.map(each => `  - ${quote(each)}`),
        ]),
    'accounts:',
    `  - jid: ${quote(jid)}`,
    '    devices: []',
    '',
  ].join('\n')

const quote = (text: string) =>
  /^[a-z](?:[a-z0-9@._/-]|:(?! |$))*$/i.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text)

export const allowedSignersText = ({ signer, signers }: FirstManifest): string =>
  signers.map(({ line, name }) => `${signer} namespaces="${namespace}" ${line} ${name}\n`).join('')

const titles: Readonly<Record<string, readonly [title: string, description: string]>> = {
  en: ['Keys', 'The devices that are mine.'],
  ru: ['Ключи', 'Мои устройства.'],
}

/** The page, which gets its parts from the manifest. */
export function pageText(lang: string): string {
  const [title, description] = titles[lang.split('-')[0] ?? ''] ?? titles.en!
  return `---\ntitle: ${title}\ndescription: ${description}\n---\n`
}

const cardTitles: Readonly<Record<string, readonly [title: string, description: string]>> = {
  en: ['Card', 'My address and its keys, to be printed.'],
  ru: ['Карточка', 'Мой адрес и его ключи, для печати.'],
}

/** The page with a card and a poster, which gets both from the manifest. */
export function cardPageText(lang: string): string {
  const [title, description] = cardTitles[lang.split('-')[0] ?? ''] ?? cardTitles.en!
  return `---\ntitle: ${title}\ndescription: ${description}\n---\n`
}

/**
 * What git may not touch: a signature is over bytes, and `core.autocrlf` changes every line.
 * @param published the folder of the page in the output folder
 */
export function addAttributes(text: string, manifest: string, published: string): string {
  const folder = manifest.replace(/\.ya?ml$/, '')
  const lines = [
    manifest,
    `${manifest}.sig`,
    posix.join(posix.dirname(manifest), 'allowed_signers'),
    `${folder}/history/*`,
    `${published}/**`,
  ].map(path => `${/\s/.test(path) ? JSON.stringify(path) : path} -text`)
  const missing = lines.filter(line => !text.split(/\r?\n/).includes(line))
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`
  const heading = '# Signatures are over bytes: git leaves the line ends of these alone.'
  return missing.length === 0 ? text : `${start}${[heading, ...missing].join('\n')}\n`
}

/** Where a configuration names its manifest; undefined where it is written in a way that nobody but its author can change. */
export function addKeysSection(name: string, text: string, manifest: string): string | undefined {
  if (name.endsWith('.json')) {
    const [whole = '', before = '', end = ''] = /^(.*\S)(\s*\}\s*)$/s.exec(text) ?? []
    if (whole === '') return undefined
    const isEmpty = before.endsWith('{')
    const breaks = text.includes('\n') ? '\n  ' : ' '
    return `${before}${isEmpty ? '' : ','}${breaks}"keys": { "manifest": ${JSON.stringify(manifest)} }${end}`
  }
  const starts = [...text.matchAll(/export default (?:defineConfig\()?\{|module\.exports = \{/g)]
  const [start] = starts
  if (!start || starts.length > 1) return undefined
  const at = start.index + start[0].length
  return `${text.slice(0, at)}\n  keys: { manifest: '${manifest}' },${text.slice(at)}`
}

/** A string of a script, in the quotes that the rest of it has. */
export const quoteScript = (text: string): string =>
  /['\\\p{C}]/u.test(text) ? JSON.stringify(text) : `'${text}'`

/** A configuration for a site that has none. */
export const configText = (
  manifest: string,
  { url, title }: { url?: string | undefined; title?: string | undefined },
): string =>
  `/** @type {import('${PACKAGE}').UserConfig} */
export default {
  site: {${title === undefined ? '' : ` title: ${quoteScript(title)},`}${url === undefined ? '' : ` url: ${quoteScript(url)},`} },
  keys: { manifest: '${manifest}' },
}
`
