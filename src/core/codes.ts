// Longer than 250 lines: one table.
export type Severity = 'error' | 'warning' | 'info'

interface CodeInfo {
  readonly severity: Severity
  /** One line, for the index of everything the program can say. */
  readonly title: string
}

/** Everything the program can say, by area. A message is worded where it is raised; its code and weight stand here. */
export const codes = {
  'usage/command': { severity: 'error', title: 'There is no such command' },
  'usage/option': { severity: 'error', title: 'There is no such option, or its value is wrong' },
  'usage/argument': { severity: 'error', title: 'An argument is missing or superfluous' },
  'usage/password': { severity: 'error', title: 'There is no password, or it cannot be read' },
  'usage/listen': { severity: 'error', title: 'The server cannot listen at this address' },

  'config/read': { severity: 'error', title: 'The configuration cannot be read' },
  'config/key': { severity: 'error', title: 'The configuration has a key that nothing reads' },
  'config/value': { severity: 'error', title: 'A configuration value has the wrong type' },
  'config/rule': { severity: 'error', title: 'The configuration names a rule that does not exist' },
  'config/markdown': { severity: 'error', title: 'What the configuration adds to Markdown fails' },
  'config/baseline': { severity: 'error', title: 'The baseline of the linter cannot be read' },
  'config/dirs': {
    severity: 'error',
    title: 'The folders of the configuration are missing or get in each other’s way',
  },

  'file/read': { severity: 'error', title: 'A source cannot be read' },
  'file/left-out': { severity: 'info', title: 'A link among the sources is not followed' },
  'file/encoding': { severity: 'error', title: 'A source is not UTF-8' },
  'file/too-large': { severity: 'error', title: 'A page is too large to be one' },

  'front-matter/fence': {
    severity: 'error',
    title: 'A fence of front matter is missing or has more than a fence has',
  },
  'front-matter/unread': {
    severity: 'error',
    title: 'A page begins with fields that are text where they stand',
  },
  'front-matter/language': { severity: 'error', title: 'Front matter is not YAML, TOML or JSON' },
  'front-matter/syntax': { severity: 'error', title: 'Front matter cannot be read' },
  'front-matter/value': { severity: 'error', title: 'A front matter field has the wrong type' },
  'front-matter/date': { severity: 'error', title: 'A date does not exist' },
  'front-matter/reserved': { severity: 'error', title: 'A field has a name that the program computes' },
  'front-matter/misspelt': {
    severity: 'error',
    title: 'A field that is nearly one that keeps a page back or dates it',
  },
  'front-matter/similar': { severity: 'warning', title: 'A field that is nearly one that is read' },
  'front-matter/redirect': { severity: 'error', title: 'A redirect lacks its layout or its target' },
  'front-matter/translation': { severity: 'error', title: 'A translation names a page that does not exist' },

  'theme/none': { severity: 'error', title: 'The site has no theme' },
  'theme/part': { severity: 'error', title: 'The theme has no such part, or several' },
  'theme/own': { severity: 'error', title: 'The site has a file of its own in the place of a part' },
  'words/language': { severity: 'error', title: 'A table of words is named after no language' },
  'words/value': { severity: 'error', title: 'A word of the interface is no text' },
  'words/similar': { severity: 'warning', title: 'A word that is nearly one that the theme has' },
  'words/missing': { severity: 'warning', title: 'The theme lacks words in a language of the site' },
  'words/unknown': { severity: 'error', title: 'A template asks for a word that no table has' },

  'markdown/foreign': { severity: 'warning', title: 'Readers are shown the syntax of another program' },

  'markdown/math': { severity: 'warning', title: 'A formula cannot be read' },
  'markdown/nesting': { severity: 'warning', title: 'Lists and quotations lie too deep one in another' },
  'markdown/repetition': {
    severity: 'warning',
    title: 'A page repeats so much that the rest of it is left out',
  },

  'route/address': { severity: 'error', title: 'An address cannot be a file of the site' },
  'route/collision': { severity: 'error', title: 'Two sources have one address' },
  'route/case': { severity: 'warning', title: 'Two addresses or two tags differ only in case' },

  'template/missing': { severity: 'error', title: 'A layout or partial does not exist' },
  'template/syntax': { severity: 'error', title: 'A template is not valid EJS' },
  'template/run': { severity: 'error', title: 'A template failed while it ran' },
  'template/code': { severity: 'error', title: 'A page is a template, and no code of the site is to be run' },
  'template/endless': { severity: 'error', title: 'A page takes longer to be made than it may' },
  'template/loop': { severity: 'error', title: 'Templates include one another without end' },
  'template/asset': { severity: 'error', title: 'A template names an asset that does not exist' },

  'link/broken': { severity: 'error', title: 'A link points nowhere' },
  'link/moved': { severity: 'warning', title: 'A link points to a page that has moved' },
  'link/external': { severity: 'info', title: 'A link leads out of the site' },

  'publish/secret': { severity: 'error', title: 'A private key would be published' },

  'policy/violation': { severity: 'warning', title: 'A page does what the policy of the site forbids' },

  'publish/git': { severity: 'error', title: 'The program git did not do what was asked' },
  'publish/branch': { severity: 'error', title: 'A branch cannot be the one of the built site' },

  'publish/location': { severity: 'warning', title: 'A picture says where it was taken' },

  'image/read': { severity: 'warning', title: 'The size of an image cannot be told' },
  'image/encoder': { severity: 'error', title: 'The package that makes smaller pictures is missing' },
  'image/encode': { severity: 'error', title: 'A smaller copy of a picture cannot be made' },

  'build/changing': { severity: 'error', title: 'A source does not stay as it is while the site is built' },
  'build/interrupted': { severity: 'error', title: 'A build was interrupted' },

  'output/stale': { severity: 'error', title: 'The built site is not in step with its sources' },
  'output/foreign': { severity: 'error', title: 'A file that no build wrote is in the way' },
  'output/symlink': { severity: 'error', title: 'A symbolic link in the output folder leads elsewhere' },
  'output/write': { severity: 'error', title: 'The site cannot be written' },

  'dev/watch': { severity: 'warning', title: 'Not every file of the site can be watched' },

  'new/exists': { severity: 'error', title: 'A new post would overwrite a file' },
  'import/read': { severity: 'error', title: 'An old site cannot be read' },
  'import/unknown': { severity: 'error', title: 'A folder is no site of a generator that is known' },
  'init/exists': { severity: 'error', title: 'A new site would overwrite files' },

  'zine/file': { severity: 'error', title: 'There is no such zine' },
  'zine/yaml': { severity: 'error', title: 'A zine is not plain YAML' },
  'zine/unknown-key': { severity: 'error', title: 'A zine has a key that nothing reads' },
  'zine/value': { severity: 'error', title: 'A value of a zine is missing or has the wrong form' },
  'zine/posts': { severity: 'error', title: 'A zine names posts that are not there' },
  'zine/compiler': { severity: 'error', title: 'The typesetter of zines is not installed, or fails' },
  'zine/face': { severity: 'error', title: 'A face of a zine is missing' },
  'zine/unprintable': { severity: 'warning', title: 'A part of a post cannot be printed' },
  'zine/image': { severity: 'warning', title: 'An image cannot be printed' },
  'zine/table': { severity: 'warning', title: 'A table is wider than the paper' },
  'zine/character': { severity: 'warning', title: 'No face of a zine has a character' },
  'zine/stale': { severity: 'error', title: 'A zine is not in step with its posts' },
  'zine/write': { severity: 'error', title: 'A zine cannot be written' },

  'page/typography': { severity: 'warning', title: 'A page is badly set' },

  // The typography linter, about its own work; what a rule reports has the rule’s own code (lint/rules.ts).
  'lint/rule': { severity: 'error', title: 'There is no such rule' },
  'lint/rule-failed': { severity: 'error', title: 'A rule of the configuration failed' },
  'lint/opaque': { severity: 'error', title: 'A regular expression of the configuration takes too long' },
  'lint/suppression': { severity: 'warning', title: 'A suppression comment cannot be read' },
  'lint/no-rules': { severity: 'info', title: 'No rule knows the language of a page' },
  'lint/unused-suppression': { severity: 'warning', title: 'A suppression comment suppresses nothing' },
  'lint/left-alone': {
    severity: 'error',
    title: 'A fix was withheld, since the page would then say something else',
  },
  'lint/path': { severity: 'error', title: 'There is nothing to lint' },
  'lint/write': { severity: 'error', title: 'A fixed page, or the baseline, is not written' },

  'keys/read': { severity: 'error', title: 'A file that the keys page needs cannot be read' },
  'keys/page': { severity: 'error', title: 'The keys have no page' },
  'keys/yaml': { severity: 'error', title: 'The manifest is not plain YAML' },
  'keys/unknown-key': { severity: 'error', title: 'The manifest has a key that nothing reads' },
  'keys/missing-key': { severity: 'error', title: 'The manifest lacks a key' },
  'keys/value': { severity: 'error', title: 'A value of the manifest has the wrong form' },
  'keys/date': { severity: 'error', title: 'A date of the manifest cannot be true' },
  'keys/jid': { severity: 'error', title: 'An XMPP address is not a plain, bare JID' },
  'keys/fingerprint': { severity: 'error', title: 'This is not an OMEMO fingerprint' },
  'keys/curve': { severity: 'error', title: 'No client can have made this key: a digit is wrong' },
  'keys/ed25519': { severity: 'error', title: 'The Ed25519 form and the fingerprint are two keys' },
  'keys/duplicate': { severity: 'error', title: 'Two entries of the manifest are the same' },
  'keys/public-key': { severity: 'error', title: 'An SSH, OpenPGP, age or minisign key is not one' },
  'keys/weak-key': { severity: 'warning', title: 'An RSA key is shorter than 3072 bits' },
  'keys/device-unverified': {
    severity: 'warning',
    title: 'A device that nobody verified is in no link and no code',
  },
  'keys/allowed-signers': { severity: 'error', title: 'The list of allowed signers cannot be used' },
  'keys/unsigned': { severity: 'error', title: 'The manifest is not signed' },
  'keys/signature': { severity: 'error', title: 'The signature is not one for this manifest' },
  'keys/signer': { severity: 'error', title: 'The signature is by a key that may not sign' },
  'keys/serial': { severity: 'error', title: 'The serial number does not continue the history' },
  'keys/previous': { severity: 'error', title: 'The manifest does not name the one before it' },
  'keys/history': { severity: 'error', title: 'A link of the history is missing or altered' },
  'keys/endorsement': {
    severity: 'error',
    title: 'A manifest is signed by a key that the one before does not name',
  },
  'keys/recovery': { severity: 'error', title: 'A recovery key is taken away without its own signature' },
  'keys/replaced': {
    severity: 'error',
    title: 'A key was replaced under its id, and nobody verified the new one',
  },
  'keys/expired': { severity: 'error', title: 'The manifest is past its validity' },
  'keys/expiring': { severity: 'warning', title: 'The manifest is about to expire' },
  'keys/wording': { severity: 'error', title: 'A page gives words for the keys that there are not' },
  'keys/qr': {
    severity: 'error',
    title: 'A link is too long for a QR code, or its code says something else',
  },
  'keys/entry': { severity: 'error', title: 'The manifest has no such account or device' },
  'keys/edit': { severity: 'error', title: 'The manifest cannot be changed by the program' },
  'keys/sign': { severity: 'error', title: 'The program ssh-keygen did not sign' },
  'keys/write': { severity: 'error', title: 'The signed manifest cannot be written' },
  'keys/no-match': { severity: 'error', title: 'A text is none of the published devices' },

  // keys add, import, confirm and audit --import
  'devices/disagreement': { severity: 'error', title: 'Two places say different things of a device' },
  'devices/incomplete': {
    severity: 'error',
    title: 'A fingerprint was found, and not whose or of which device it is',
  },
  'devices/gap': { severity: 'warning', title: 'A page has a key in one form and not in another' },
  'devices/unread': {
    severity: 'error',
    title: 'Something that may say which devices are whose cannot be read',
  },
  'devices/unconfirmed': { severity: 'error', title: 'What the device shows is not what the manifest says' },

  // What was published of the keys before, against what is there now; then what an owner is asked before a signature.
  'trust/rolled-back': { severity: 'error', title: 'The manifest is older than one that was published' },
  'trust/forked': { severity: 'error', title: 'Another chain of manifests was published' },
  'trust/recovered': { severity: 'info', title: 'A recovery key has decided between two chains' },
  'trust/superseded': {
    severity: 'info',
    title: 'A new chain takes the place of the one that was published',
  },
  'trust/unseen': { severity: 'error', title: 'What is published cannot be compared' },
  'trust/removed': { severity: 'warning', title: 'A device is deleted and not revoked, or trusted again' },
  'trust/unconfirmed': { severity: 'error', title: 'Nobody has said yes to what would be signed' },

  // What a reader who follows a page is told of it: no news, news, alarms, and what could not be seen.
  'follow/unchanged': { severity: 'info', title: 'A page that is followed is as it was' },
  'follow/anchor-agrees': { severity: 'info', title: 'Another place shows the same key of the signer' },
  'follow/anchor-unread': { severity: 'warning', title: 'Another place of the signer’s key cannot be read' },
  'follow/new': { severity: 'warning', title: 'A page is looked at for the first time' },
  'follow/changed': { severity: 'warning', title: 'A page that is followed has changed' },
  'follow/rotated': {
    severity: 'warning',
    title: 'A page is signed by another key, which the one before endorses',
  },
  'follow/recovered': { severity: 'warning', title: 'A recovery key has signed a page' },
  'follow/rolled-back': { severity: 'error', title: 'A page shows an older manifest than it did' },
  'follow/forked': { severity: 'error', title: 'What was known of a page is not in its history' },
  'follow/superseded': {
    severity: 'error',
    title: 'A page has begun a new chain, which no old key vouches for',
  },
  'follow/not-endorsed': { severity: 'error', title: 'A page is signed by a key that nobody endorsed' },
  'follow/not-verified': { severity: 'error', title: 'What a page publishes cannot be verified' },
  'follow/expired': { severity: 'error', title: 'The manifest of a page is past its validity' },
  'follow/replaced': { severity: 'error', title: 'The key of a device was replaced under its id' },
  'follow/page-differs': { severity: 'error', title: 'A page says something else than its signed file' },
  'follow/anchor-differs': { severity: 'error', title: 'Another place does not show the key of the signer' },
  'follow/unreachable': { severity: 'error', title: 'A page that is followed cannot be looked at' },
  'follow/store': { severity: 'error', title: 'What is remembered of pages cannot be read or written' },

  // What an XMPP server hands out, against the manifest; then what keeps the auditor from looking.
  'audit/unlisted': { severity: 'error', title: 'The server hands out a device that the manifest lacks' },
  'audit/mismatch': { severity: 'error', title: 'The server hands out another key for a device' },
  'audit/missing': { severity: 'error', title: 'A device of the manifest is gone from the server' },
  'audit/revoked': { severity: 'error', title: 'The server hands out a revoked device' },
  'audit/malformed': { severity: 'error', title: 'A device list or a bundle on the server cannot be read' },
  'audit/forbidden': { severity: 'error', title: 'The auditor may not see what the server hands out' },
  'audit/unavailable': { severity: 'error', title: 'The account is not there, or its server has no PEP' },
  'audit/unanswered': { severity: 'error', title: 'The server does not say what it hands out' },
  'audit/connect': { severity: 'error', title: 'The server cannot be reached' },
  'audit/tls': { severity: 'error', title: 'The connection to the server is not safe' },
  'audit/login': { severity: 'error', title: 'The server does not let the auditor in' },
  'audit/resolved': { severity: 'info', title: 'What was found before is gone' },

  // The list of the planet; then what keeps a feed from being had; then what is in it, and what is kept of it.
  'planet/list': { severity: 'error', title: 'There is no list of feeds' },
  'planet/yaml': { severity: 'error', title: 'The list of feeds is not plain YAML' },
  'planet/unknown-key': { severity: 'error', title: 'The list of feeds has a key that nothing reads' },
  'planet/value': {
    severity: 'error',
    title: 'A value of the list of feeds is missing or has the wrong form',
  },
  'planet/duplicate': { severity: 'error', title: 'Two feeds of the list have one address or one name' },
  'planet/address': { severity: 'error', title: 'A feed has an address that is not fetched from' },
  'planet/connect': { severity: 'error', title: 'The server of a feed cannot be reached' },
  'planet/tls': { severity: 'error', title: 'The connection to the server of a feed is not safe' },
  'planet/timeout': { severity: 'error', title: 'A feed takes too long' },
  'planet/too-large': { severity: 'error', title: 'A feed is too large to be one' },
  'planet/redirect': { severity: 'error', title: 'A feed is said to be where it is not looked for' },
  'planet/status': { severity: 'error', title: 'The server does not hand out a feed' },
  'planet/encoding': { severity: 'error', title: 'A feed is not in the encoding that it names' },
  'planet/feed': { severity: 'error', title: 'What a server hands out is no feed' },
  'planet/moved': { severity: 'warning', title: 'A feed has moved for good' },
  'planet/entry': { severity: 'warning', title: 'Entries of a feed are not kept' },
  'planet/kept': { severity: 'error', title: 'What is kept of a feed cannot be read' },
  'planet/unfetched': { severity: 'info', title: 'Nothing is kept of a feed yet' },
  'planet/write': { severity: 'error', title: 'What is to be kept of a feed cannot be written' },
} as const satisfies Record<string, CodeInfo>

export type Code = keyof typeof codes
