import type { WordLanguage } from '../page/words/languages.ts'

/**
 * Everything that the program knows of one XMPP client. A client is one file in this folder and one line in
 * `clients.ts`; the page, `keys show`, its help and the tests are made from both.
 */
export interface OmemoClient {
  /** The name of its file, of its format in `keys show`, and of its words in front matter: `dino.1`, `dino.worked`. */
  readonly id: string
  /** As people call it, the forks that do the same behind it; none is in the list of another client. */
  readonly names: readonly [string, ...string[]]
  /** The key that it shows: in the Curve25519 form of most, or in the Ed25519 form of OMEMO 2. */
  readonly shows: 'fingerprint' | 'ed25519'
  /** Whether it shows the key of its post-quantum OMEMO, too. */
  readonly showsPq?: boolean
  /** How it lays out the eight groups of eight lower-case digits, line breaks and all. */
  readonly layOut: (groups: readonly string[]) => string
  /** The line that a reader pastes into it to trust a key, where it takes one. */
  readonly command?: (jid: string, text: string) => string
  readonly words: Readonly<Record<WordLanguage, ClientWords>>
  readonly links: ReadsLinks
}

/**
 * What to do in a client, in text with `{address}`, `` `what is typed` `` and `{open}` and `{write}` for the links of the page. What
 * its own buttons are called stands between quotation marks.
 */
export interface ClientWords {
  readonly steps: readonly [string, string, string]
  /** How one sees that it worked: a whole sentence. */
  readonly worked: string
}

/**
 * What a client makes of links. The program itself does not read it: it is there for the tests, where a model of the client's parser
 * in tests/keys/identity/link-models.ts, one for each of its names, is held to it.
 */
export interface ReadsLinks {
  /** `xmpp:…?omemo-sid-N=…`: it takes the keys, or opens the chat or the contact without them, or does nothing. */
  readonly bare: 'keys' | 'chat' | 'nothing'
  /** The same behind an action word, `?roster;omemo-sid-N=…`: what the page has. */
  readonly roster: 'keys' | 'chat' | 'nothing'
  /** `?message`, the plain link beside it. */
  readonly message: 'chat' | 'nothing'
  /** `?trust-message;…`, XEP-0434 in a link of XEP-0450. */
  readonly trustMessage: 'keys' | 'nothing'
}

/** Eight groups in one line, as most clients write them. */
export const inOneLine = (groups: readonly string[]): string => groups.join(' ')
