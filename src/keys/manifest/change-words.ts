import { fillWords } from '../identity/compare-words.ts'

/** How changes of a manifest are told, with `{name}` where a value stands: English, for the command line, the feed and `keys.json`. */
export const changeWords = {
  nothingNew: 'nothing but the signature is new',
  added: 'added {device} of {address}',
  removed: 'removed {device} of {address}',
  revoked: 'revoked {device} of {address}: {reason}',
  reinstated: 'reinstated {device} of {address}',
  noted: 'wrote down {device} of {address}, which nobody has verified',
  withdrawn: 'took back the verification of {device} of {address}',
  replaced: 'replaced the key of {device} of {address}: {before}, now {after}',
  moved: 'replaced the key of {device} of {address}',
  changed: 'changed the entry of {device} of {address}: {differences}',
  addedKey: 'added the {key}',
  removedKey: 'removed the {key}',
  changedKey: 'changed the entry of the {key}: {differences}',
  difference: '{field} {before}, now {after}',
  none: 'none',
  key: '{type} key {id}',
  name: 'name',
  client: 'client',
  verified: 'verified',
  comment: 'comment',
  file: 'file',
  begun: 'began a new chain in place of the one that ended with {hash}: no key of that one has signed it',
  left: 'names no longer the chain that it took the place of',
  principal: 'signed as {after}, before as {before}',
  nobody: 'nobody',
  until: 'valid until {day}',
  untilFrom: 'valid until {day}, before until {before}',
  untilFromEndless: 'valid until {day}, before without an end',
  endlessFrom: 'valid without an end, before until {before}',
  signer: 'key “{name}”, {fingerprint}',
  recoverySigner: 'recovery key “{name}”, {fingerprint}',
  named: 'named the {signer}, which may sign the next manifest',
  renamed: 'the {before} is now the {after}',
  taken: 'took away the {signer}: it may sign no more',
  unnamed: 'names nobody who may sign the next manifest but the key that signed this one',
  orderOfSigners: 'changed the order of the signers',
  succession: 'signed by the {signer}, which manifest {serial} names; before by {before}',
  successionOfOther:
    'signed by another key, {fingerprint}, which manifest {serial} names; before by {before}',
  anchor: 'said that the key of the signer stands at {place} too',
  anchorGone: 'no longer says that the key of the signer stands at {place}',
  orderOfAnchors: 'changed the order of the anchors',
  account: 'added the account {address}',
  accountGone: 'removed the account {address}',
  label: '{address} is shown as {after}, before as {before}',
  offers: 'offers {address} by way of conversations.im',
  offersNot: 'no longer offers {address} by way of conversations.im',
  order: 'changed the order of accounts, devices or keys',
  layout: 'changed comments or layout',
} as const

export type ChangeWord = keyof typeof changeWords

export type ChangeWords = Readonly<Record<ChangeWord, string>>

/** Something to be said in any language: a word of the table, and what stands in it. */
export interface Phrase {
  readonly word: ChangeWord
  readonly values?: Readonly<Record<string, string | number | Phrase>> | undefined
}

/** A phrase in the words of a language. */
export const sayPhrase = ({ word, values = {} }: Phrase, words: ChangeWords = changeWords): string =>
  fillWords(
    words[word],
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'object' ? sayPhrase(value, words) : value,
      ]),
    ),
  )
