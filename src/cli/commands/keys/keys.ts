import { diagnostic, suggestion } from '../../../core/diagnostic.ts'
import { commonOptions, type Command } from '../../arguments.ts'

const subcommands = [
  'init',
  'check',
  'show',
  'add',
  'import',
  'confirm',
  'revoke',
  'sign',
  'compare',
  'log',
  'follow',
  'card',
  'audit',
]

/** `imprimatur keys` alone; each subcommand is a command of its own. */
export const command: Command = {
  help: `imprimatur keys: publishes fingerprints that a stranger can verify

  imprimatur keys init                   begin a keys page from an SSH key
  imprimatur keys check                  verify the manifest, its signature and its history
  imprimatur keys show [JID]             the published devices, as any client shows them
  imprimatur keys add LINK|CODE.png|JID  write a device into the manifest
  imprimatur keys import PAGE|URL|FILE…  write down what a page made by hand says
  imprimatur keys confirm JID ID         compare a device with its own screen
  imprimatur keys revoke JID ID          write that a device is not to be trusted any more
  imprimatur keys sign --key FILE        sign the manifest as the next of its history
  imprimatur keys compare TEXT|-         which device is this?
  imprimatur keys log                    what every manifest changed
  imprimatur keys follow [URL]           what is new on the pages of others, and is it theirs?
  imprimatur keys card                   a card and a poster, to be printed
  imprimatur keys audit [JID…]           what does the XMPP server hand out?
  imprimatur keys COMMAND --help

The manifest is the file that the configuration names:

  keys: { manifest: 'pages/about/keys.yaml', allowedSigners: 'pages/about/allowed_signers' }

Who begins: keys init, add or import your devices, confirm each on its own screen, sign, and
build. The private key stays on your machine; whoever builds the site only verifies.
`,
  options: commonOptions,
  most: 1,
  run({ positionals }) {
    const [name] = positionals
    const hint = `${suggestion(name ?? '', subcommands)}there are ${subcommands.join(', ')}`
    const message = name === undefined ? 'keys needs a command' : `There is no command “keys ${name}”`
    return Promise.resolve({ diagnostics: [diagnostic('usage/command', message, { hint })] })
  },
}
