import { diagnostic, hasErrors } from '../../../core/diagnostic.ts'
import type { Diagnostic, SourceFile } from '../../../core/types.ts'
import { describeChanges } from '../../../keys/manifest/changes.ts'
import { finishHistory, readKeySources } from '../../../keys/manifest/key-files.ts'
import { planSigning, type SigningPlan } from '../../../keys/verify/prepare-signing.ts'
import { signManifest } from '../../../keys/verify/sign.ts'
import { localDay, now } from '../../../core/dates.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { confirm } from '../../confirm.ts'
import { callConfig, missingInput, optionText } from '../../input.ts'
import { locateKeys, publishedSeen, readBeside, seenChains } from '../../../keys/verify-site.ts'

export const command: Command = {
  help: `imprimatur keys sign: signs the manifest as the next of its history

  imprimatur keys sign --key FILE [--yes] [--published] [--supersede] [--root DIR]
                       [--format F]

Shows how the manifest differs from the last one that was signed, and asks. After a yes it
sets serial, issued and previous, runs ssh-keygen -Y sign, verifies the whole as the
build would, and only then writes: the manifest, its signature, both again in the
history, and in allowed_signers a line for every key that “signers” names. Killed half-way,
it goes on where it stopped when it is run again. ssh-keygen itself asks for a passphrase,
on the terminal.

  --key FILE      a private key, such as ~/.ssh/id_ed25519; or the .pub file of a key
                  that ssh-agent holds
  --yes           sign without being asked
  --published     refuse what does not go on from the page as it is now, which is fetched
  --supersede     when every key that may sign is lost: begin a new chain in place of the
                  old one, whose history is put aside. Every reader who follows the page is
                  alarmed, and has to ask you
  --root DIR      the site's folder                              (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --format F      text, or json for programs                     (default: text)
  --help          this text
`,
  options: {
    ...configOptions,
    key: { type: 'string', completes: 'file' },
    yes: { type: 'boolean' },
    published: { type: 'boolean' },
    supersede: { type: 'boolean' },
  },
  most: 0,
  run: sign,
}

async function sign(call: Call): Promise<Outcome> {
  const missing = missingInput(call, [], ['key'])
  if (missing.length > 0) return { diagnostics: missing }
  const config = await callConfig(call)
  if (!config.value) return config
  const paths = locateKeys(config.value)
  if (!paths.value) return paths
  finishHistory(config.value.root, paths.value)
  const sources = readKeySources(config.value.root, paths.value)
  if (!sources.value) return sources

  const published = call.values.published === true ? await publishedSeen(config.value) : undefined
  if (published && !published.value) return { diagnostics: published.diagnostics }
  const options = {
    root: config.value.root,
    key: optionText(call, 'key') ?? '',
    today: localDay(now(call.env)),
    now: now(call.env),
    readBeside: readBeside(config.value, paths.value),
    supersede: call.values.supersede === true,
    seen: [...seenChains(config.value, paths.value), ...(published?.value ?? [])],
  }
  const plan = planSigning(sources.value, options)
  if (!plan.value || hasErrors(plan.diagnostics)) {
    return { diagnostics: plan.diagnostics, summary: 'Nothing was written.' }
  }
  const refusal = await ask(call, plan.value, plan.diagnostics, sources.value.manifest)
  if (refusal) return refusal

  const { value: signing, diagnostics } = signManifest(sources.value, options)
  if (!signing) return { diagnostics, summary: 'Nothing was written.' }
  const { manifest, history } = signing.publication
  if (signing.written.length === 0) {
    return { diagnostics, summary: `Manifest ${manifest.serial} is signed already; nothing was written.` }
  }
  const lines = [
    `Signed as manifest ${manifest.serial}:`,
    ...describeChanges(history.at(-1)?.changes ?? []).map(change => `  ${change}`),
    'Wrote:',
    ...signing.written.map(path => `  ${path}`),
  ]
  return { diagnostics: [...plan.diagnostics, ...diagnostics], summary: lines.join('\n') }
}

/** Shows what would be signed; undefined after a yes. */
async function ask(
  call: Call,
  { serial, changes }: SigningPlan,
  diagnostics: readonly Diagnostic[],
  file: SourceFile,
): Promise<Outcome | undefined> {
  if (serial === undefined || call.values.yes === true) return undefined
  const shown = describeChanges(changes).map(change => `  ${change}`)
  const summary = [`To be signed as manifest ${serial}:`, ...shown].join('\n')
  if (call.stdin.isTerminal()) await call.tell({ diagnostics, summary })
  const answer = await confirm(call, 'Are these your changes, all of them?')
  if (answer === 'yes') return undefined
  const hint = 'read the list; when every line of it is your doing, say yes, or write --yes'
  const message = answer === 'no' ? 'You said no' : 'Nobody is there to say yes to what would be signed'
  return {
    diagnostics: [...diagnostics, diagnostic('trust/unconfirmed', message, { hint, file })],
    summary: `${summary}\nNothing was written.`,
  }
}
