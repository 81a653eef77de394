import { append } from '../../../core/lists/long-lists.ts'
import { resolve } from 'node:path'
import { codes } from '../../../core/codes.ts'
import { diagnostic, suggestion } from '../../../core/diagnostic.ts'
import type { Diagnostic } from '../../../core/types.ts'
import { now } from '../../../core/dates.ts'
import { baseOf } from '../../../keys/follow/fetch-copy.ts'
import { lookAt, type Look } from '../../../keys/follow/follow.ts'
import { isSafe, printable } from '../../../keys/follow/retrieve.ts'
import { readStore, storePath, writeStore, type Pin } from '../../../keys/follow/store.ts'
import { commonOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { confirm } from '../../confirm.ts'
import { optionText } from '../../input.ts'

export const command: Command = {
  help: `imprimatur keys follow: what is new on the keys pages of others, and is it theirs?

  imprimatur keys follow URL [--yes]     look at a page, and remember it after a yes
  imprimatur keys follow [--yes]         look at every page that you follow
  imprimatur keys follow --list
  imprimatur keys follow --forget URL
                         [--store FILE] [--format F]

Fetches the signed files, the history and the page, checks every signature from the first
manifest on, and compares with what it remembers. News: a device that is new or lost, a
signer that the one before endorses, a recovery key at work. Alarms: an older manifest, a
manifest that you knew and that is not in the history, a signer nobody endorsed, a new
chain, one past its validity, a key replaced under its id, a page whose links, codes or
text say something else than its signed file, another place that shows another key. What
could not be looked at is never “unchanged”.

  --yes           remember what is there now, without being asked; an alarm only where
                  the page is named
  --list          the pages that you follow
  --forget URL    remember a page no longer
  --store FILE    what is remembered, in YAML
                  (default: imprimatur/followed.yaml where your settings are)
  --format F      text, or json for programs, which has every page with its state and what
                  was known and is now: see Keys for programs   (default: text)
  --help          this text

Only https is asked, one host a page, 256 KiB a file, 10,000 manifests, 30 seconds in all;
nothing that comes from there is run. The text of a page is compared, not its scripts.
Exit code: 0 unchanged, 1 news or an alarm, 2 it could not look, or wrong usage.
`,
  options: {
    help: commonOptions.help,
    format: commonOptions.format,
    yes: { type: 'boolean' },
    list: { type: 'boolean' },
    forget: { type: 'string' },
    store: { type: 'string', completes: 'file' },
  },
  most: 1,
  run: follow,
}

async function follow(call: Call): Promise<Outcome> {
  const given = optionText(call, 'store')
  const path = given === undefined ? storePath(call.env) : resolve(call.cwd, given)
  const { value: pins, diagnostics } = readStore(path)
  if (!pins) return { diagnostics }
  if (call.values.list === true) return list(pins, call)
  const forgotten = optionText(call, 'forget')
  if (forgotten !== undefined) return forget(forgotten, pins, path)
  const [address] = call.positionals
  const url = address === undefined ? undefined : baseOf(address)
  if (address !== undefined && (!url || !isSafe(url))) {
    const hint = 'write the https:// address of a keys page: https://example.org/about/keys/'
    return {
      diagnostics: [
        diagnostic('usage/argument', `“${printable(address)}” is no address of a page`, { hint }),
      ],
    }
  }
  const urls = url ? [url] : pins.map(pin => new URL(pin.url))
  if (urls.length === 0) {
    const hint = 'begin with one: imprimatur keys follow https://example.org/about/keys/'
    return { diagnostics: [], summary: `You follow no page; ${hint}.` }
  }
  let kept = pins
  const found: Diagnostic[] = []
  const pages: FollowedPage[] = []
  for (const each of urls) {
    const pin = pins.find(known => known.url === each.href)
    const look = await lookAt(each, pin, { now: now(call.env) })
    const told = look.verdicts.map(({ code, message, hint }) =>
      diagnostic(code, `${each.href}: ${message}`, { hint }),
    )
    append(found, told)
    const answer = await decide(call, look, told, url !== undefined)
    const isRemembered = answer && look.pin !== undefined
    pages.push(describePage(look, pin, { isRemembered }))
    if (isRemembered) kept = [...kept.filter(known => known.url !== each.href), look.pin!]
  }
  const lost = kept === pins ? [] : writeStore(path, kept)
  const isNews = found.some(({ code }) => !quiet.has(code))
  return {
    diagnostics: [...found, ...lost],
    failed: isNews,
    data: { pages },
    summary: kept === pins ? summarize(isNews, found) : `Remembered in ${path}`,
  }
}

/** What `--format json` has of a page; a field is added, never renamed or removed. */
interface FollowedPage {
  readonly url: string
  readonly state: 'unchanged' | 'news' | 'alarm' | 'unreachable'
  readonly verdicts: readonly { readonly code: string; readonly message: string; readonly hint: string }[]
  /** As it was remembered before this look. */
  readonly known?: SeenPage | undefined
  /** As it is now, where it could be seen and is verified. */
  readonly now?: SeenPage | undefined
  /** Whether what is now takes the place of what was known. */
  readonly remembered: boolean
}

interface SeenPage extends Pick<Pin, 'serial' | 'hash' | 'signer' | 'key' | 'devices'> {
  /** ISO days: of the look, of the signature, of its end. */
  readonly on: string
  readonly issued?: string | undefined
  readonly validUntil?: string | undefined
}

function describePage(
  { url, verdicts, pin: now, publication }: Look,
  known: Pin | undefined,
  { isRemembered }: { readonly isRemembered: boolean },
): FollowedPage {
  const told = verdicts.filter(({ code }) => !quiet.has(code))
  const isAlarm = told.some(({ code }) => codes[code].severity === 'error')
  const isUnseen = verdicts.some(({ code }) => code === 'follow/unreachable')
  return {
    url,
    state: isUnseen ? 'unreachable' : isAlarm ? 'alarm' : told.length > 0 ? 'news' : 'unchanged',
    verdicts,
    known: known && seenPage(known),
    now: now && {
      ...seenPage(now),
      issued: publication?.manifest.issued,
      validUntil: publication?.manifest.validUntil,
    },
    remembered: isRemembered,
  }
}

const seenPage = ({ serial, hash, signer, key, on, devices }: Pin): SeenPage => ({
  serial,
  hash,
  signer,
  key,
  on,
  devices,
})

/** Neither news nor an alarm. */
const quiet: ReadonlySet<string> = new Set([
  'follow/unchanged',
  'follow/anchor-agrees',
  'follow/anchor-unread',
  'follow/unreachable',
])

const summarize = (isNews: boolean, found: readonly Diagnostic[]) =>
  isNews
    ? 'Nothing was remembered: what you knew before is what the next look compares with.'
    : found.some(({ code }) => code === 'follow/unreachable')
      ? 'Not every page could be looked at.'
      : 'Nothing is new.'

/** Whether what is there now takes the place of what is remembered. An alarm is accepted only where the page is named. */
async function decide(
  call: Call,
  look: Look,
  told: readonly Diagnostic[],
  isNamed: boolean,
): Promise<boolean> {
  const news = told.filter(({ code }) => !quiet.has(code))
  if (!look.pin || news.length === 0) return false
  const isAlarm = news.some(({ severity }) => severity === 'error')
  if (isAlarm && !isNamed) return false
  if (call.stdin.isTerminal() && call.values.yes !== true) await call.tell({ diagnostics: told })
  const question = isAlarm ? 'This is an alarm. Remember it all the same?' : 'Remember this?'
  return (await confirm(call, question)) === 'yes'
}

const list = (pins: readonly Pin[], call: Call): Outcome => ({
  diagnostics: [],
  data: { pages: pins.map(pin => ({ url: pin.url, ...seenPage(pin) })) },
  output:
    optionText(call, 'format') === 'json'
      ? undefined
      : pins
          .map(
            ({ url, serial, signer, key, on }) => `${url}  manifest ${serial}  ${signer}  ${key}  on ${on}\n`,
          )
          .join(''),
})

function forget(address: string, pins: readonly Pin[], path: string): Outcome {
  const url = baseOf(address)?.href ?? address
  const kept = pins.filter(pin => pin.url !== url)
  if (kept.length === pins.length) {
    const known = pins.map(pin => pin.url)
    const hint = `${suggestion(url, known)}you follow ${known.join(', ') || 'none'}`
    return { diagnostics: [diagnostic('usage/argument', `You do not follow ${printable(url)}`, { hint })] }
  }
  return { diagnostics: writeStore(path, kept), summary: `Forgotten: ${url}` }
}
