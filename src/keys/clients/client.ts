import type { Html } from '../../core/html.ts'

/**
 * Everything that the program knows of one XMPP client. A client is one file in this folder and one line in
 * `clients.ts`; the page, `keys show`, its help and the tests are made from both.
 */
export interface OmemoClient {
  /** The name of its file, and of its format in `keys show`. */
  readonly id: string
  /** As people call it, the forks that do the same behind it; none is in the list of another client. */
  readonly names: readonly [string, ...string[]]
  /** The key that it shows: in the Curve25519 form of most, or in the Ed25519 form of OMEMO 2. */
  readonly shows: 'fingerprint' | 'ed25519'
  /** How it lays out the eight groups of eight lower-case digits, line breaks and all. */
  readonly layOut: (groups: readonly string[]) => string
  /** The line that a reader pastes into it to trust a key, where it takes one. */
  readonly command?: (jid: string, text: string) => string
  /** How to verify: what to press, in the words of its own buttons, and how to see that it worked. */
  readonly steps: Html
  readonly links: ReadsLinks
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
