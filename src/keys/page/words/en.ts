import { compareWords } from '../../identity/compare-words.ts'
import { changeWords } from '../../manifest/change-words.ts'

/**
 * What the page says in English. `{name}` is put in; `**…**` is strong, `` `…` `` is code. Other languages have the same names, and a
 * test holds them to the same `{…}`. Front matter may replace any.
 */
export const en = {
  /** For dates. */
  locale: 'en-GB',
  what: 'Chat messages (XMPP) to {address} should be encrypted for the devices on this page, and for no other. Check once that your app knows the same ones, and nobody can add another and read along unnoticed.',
  open: 'Open in my app',
  openHint:
    'The app adds {address}; Conversations, Cheogram, Monocles and Monal check the devices as they do. Choose your app below to see whether it worked.',
  write: 'Write without checking',
  writeHint: 'This opens the chat, and no more.',
  scan: 'Reading on a computer? Scan this with the app on your phone, not with its camera',
  scanHint: 'All devices that are below, in one.',
  whichApp: 'Which app do you use?',
  whichAppHint:
    'Choose it: three steps, and how you see that it worked. What it is called stands under its icon.',
  forms: 'The keys of the devices, as {app} writes them:',
  lines: 'The lines to paste:',
  missingForm: 'This page does not have the form that {app} shows of it.',
  postQuantum: '{device}, post-quantum',
  ownCode: 'The code for {app}',
  worked: 'It worked when:',
  failed: 'And if not?',
  failedHint:
    'If a key differs, or a device is there that is not on this page, do not trust it. Most often it is a new phone that is not here yet. Ask {address} in another way than this chat: a call, a visit.',
  otherApp: 'Another app',
  otherApp1: 'Open the chat with {address}: {write} does it in most apps.',
  otherApp2: 'Look in the contact’s details for “OMEMO”, “Encryption” or “Fingerprints”.',
  otherApp3:
    'Compare each with those below, all eight groups; capitals, spaces and hyphens make no difference.',
  otherAppWorked: 'Every key that your app shows for {address} is one of these.',
  nothingOpens:
    'Nothing opens? Dino and Profanity do not read such links: choose them below. No app yet? Conversations (Android), Monal (iPhone) and Gajim (computers) are for XMPP: install one, make an account, and come back.',
  devices: 'Devices of {address}',
  device: 'Device',
  fingerprint: 'Fingerprint',
  verified: 'Checked by the owner',
  revokedSince: 'Revoked',
  deviceId: 'id {id}',
  onDevice: 'read on the device itself',
  inPerson: 'compared in person',
  qr: 'scanned as a QR code',
  server: 'as the server gave it, and so in no link and no code',
  revoked: 'Revoked devices of {address}: trust none of them',
  codes: 'A code for each device',
  onlyDevice: 'Only {device}',
  codeAlt: 'QR code of {address}: {devices}',
  noCode: 'There is no code: no device of this account has been compared by anybody.',
  noCodeOfAll: 'There is no code of all devices together: it holds eight at most. Each has its own below.',
  links: 'The links in full',
  copyLink: 'Copy the link',
  copy: 'Copy',
  copyFingerprint: 'Copy the fingerprint of {device}',
  copyLine: 'Copy the line for {device}',
  copyKey: 'Copy the {type} key',
  copySigner: 'Copy the fingerprint of the signer',
  copyCommands: 'Copy the commands',
  otherSpelling: 'that is {address}',
  deviceLink: 'To add the contact with its devices:',
  messageLink: 'To write, and no more:',
  trustMessage: 'For Kaidan, a trust message (XEP-0434): to scan, not to tap.',
  invitation: 'For phones without an XMPP app. The operator of `conversations.im` learns who follows it:',
  expired:
    '**This list is out of date.** What is said here of {address} was valid until {day}, and nobody has signed it anew. Devices may have been lost or added since, so no link and no code is shown. Ask the owner, in another way.',
  box: 'Is it one of these devices?',
  boxHint: 'Paste the fingerprint or the link that your app shows. Nothing leaves this page.',
  otherKeys: 'Other keys',
  openpgpFile: 'the key',
  minisign: 'minisign, key {id}',
  check: 'For the careful: how to check this page',
  fromOneFile:
    'Everything on this page comes from one file, {file}. This is version {serial} of it, which {signer} signed on {day}. The key that signed it has the fingerprint',
  validUntil: 'It is valid until {day}.',
  checkCommands: 'To check the signature, with nothing but OpenSSH:',
  checkAnswer: 'The answer has to begin with `{answer}`, and to end with the fingerprint above.',
  proves:
    '**What that proves.** The file, its signature and the list of signers lie on one host. Whoever has power over the host can replace all three, so by themselves they prove only that they belong together. Compare the fingerprint of the signer with one that you have from elsewhere: a card, a call, a friend, another site. Then keep {list}, and next time use your own copy.',
  forPrograms: 'For programs: {json}, {text}, {signature}. To hear of a new or a lost device: {feed}.',
  signatureFile: 'the signature',
  feed: 'a feed of key changes',
  history: 'History',
  historyHint: 'Every manifest names the one before it by its hash; none can be left out or changed unseen.',
  wallPage: 'What it says, and how to check it:',
  wallVersion: 'This is version {serial}, of {day}.',
  wallSigner: 'The key that signs that page:',
  ...prefixed('change', changeWords),
  ...prefixed('compare', compareWords),
} as const

/** Names of words with the group in front: `compare.listed`. */
function prefixed<G extends string, W extends Readonly<Record<string, string>>>(group: G, words: W) {
  return Object.fromEntries(
    Object.entries(words).map(([name, text]) => [`${group}.${name}`, text]),
  ) as Readonly<Record<`${G}.${keyof W & string}`, string>>
}

export type WordName = keyof typeof en

export type PageWords = Readonly<Record<WordName, string>>
