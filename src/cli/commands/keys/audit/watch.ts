import { setTimeout as sleep } from 'node:timers/promises'
import { diagnostic } from '../../../../core/diagnostic.ts'
import type { Diagnostic } from '../../../../core/types.ts'
import { writeEndpoint } from '../../../../xmpp/endpoint.ts'
import { isAlive, listen } from '../../../../xmpp/notification.ts'
import type { XmppStream } from '../../../../xmpp/stream.ts'
import type { Call, Outcome } from '../../../arguments.ts'
import { auditEach, openAudit, summarize, type Audit } from './accounts.ts'

/** Milliseconds between attempts to connect: the first, and what it doubles up to. */
const [SOON, LATE] = [1000, 60_000]

/** As long as something is wrong it looks more often, in milliseconds: a client may be in the midst of publishing. */
const ANXIOUS = 15_000

/** A client publishes a list and a bundle one after the other, and is given this many milliseconds for it. */
const SETTLING = 200

/** Watches until the command is interrupted. The findings at that time decide the exit code. */
export async function watch(audit: Audit, call: Call): Promise<Outcome> {
  const stop = new AbortController()
  void call.interrupted().then(() => stop.abort())
  let failed = false
  for await (const outcome of follow(audit, stop.signal)) {
    await call.tell(outcome)
    failed = outcome.failed === true
  }
  return { diagnostics: [], failed }
}

/**
 * Stays connected until `stop`, and reports findings that are new or resolved. A connection that
 * is lost is a finding as well. Only a refused login ends it: to try a wrong password again and again locks accounts.
 */
async function* follow(audit: Audit, stop: AbortSignal): AsyncGenerator<Outcome> {
  const known = createKnownFindings()
  let pause = SOON
  while (!stop.aborted) {
    const { value: stream, diagnostics } = await openAudit(audit)
    if (stream) {
      const began = performance.now()
      yield* watchStream(audit, stream, known, stop)
      await stream.close()
      if (performance.now() - began > LATE) pause = SOON
    }
    if (stop.aborted) return
    yield* tell(known.note('connection', stream ? [describeLoss(stream)] : diagnostics), known)
    if (diagnostics.some(({ code }) => code === 'audit/login')) return
    await rest(pause, stop)
    pause = Math.min(pause * 2, LATE)
  }
}

/** From the first look at everything until the stream ends. */
async function* watchStream(
  audit: Audit,
  stream: XmppStream,
  known: KnownFindings,
  stop: AbortSignal,
): AsyncGenerator<Outcome> {
  const over = new AbortController()
  void stream.ended.then(() => over.abort())
  const end = AbortSignal.any([stop, over.signal])
  const changed = new Set<string>()
  let wake = () => {}
  await listen(stream, { auditor: audit.login.jid, jids: audit.jids }, jid => {
    changed.add(jid)
    wake()
  })
  let due = audit.jids
  let looked = performance.now()
  let warnings: readonly Diagnostic[] | undefined = audit.warnings
  while (!end.aborted) {
    const found = await auditEach(audit, stream, due)
    // A broken stream says nothing new about the accounts.
    if (end.aborted) return
    const news = [
      ...known.note('connection', []),
      ...due.flatMap(jid => known.note(jid, found.get(jid) ?? [])),
    ]
    if (warnings) yield describeStart(audit, stream, [...warnings, ...news], known)
    else yield* tell(news, known)
    warnings = undefined

    const everything = [...found.values()].flat()
    if (everything.some(({ code }) => code === 'audit/unanswered') && !(await isAlive(stream))) return

    const woken = new AbortController()
    wake = () => woken.abort()
    if (changed.size > 0) wake()
    const interval = known.standing() > 0 ? Math.min(ANXIOUS, audit.every) : audit.every
    const next = looked + interval
    await rest(Math.max(0, next - performance.now()), AbortSignal.any([end, woken.signal]))
    if (woken.signal.aborted) await rest(SETTLING, end)
    // However often one account changes, all of them are looked at in time.
    const isTime = performance.now() >= next || changed.size === 0
    due = isTime ? audit.jids : [...changed]
    if (isTime) looked = performance.now()
    changed.clear()
  }
}

function* tell(news: readonly Diagnostic[], known: KnownFindings): Generator<Outcome> {
  if (news.length > 0) yield { diagnostics: news, failed: known.standing() > 0 }
}

const describeStart = (
  audit: Audit,
  stream: XmppStream,
  diagnostics: readonly Diagnostic[],
  known: KnownFindings,
): Outcome => ({
  diagnostics,
  failed: known.standing() > 0,
  summary: `${summarize(audit, known.standing())}\nWatching, on ${writeEndpoint(stream.endpoint)}.`,
})

function describeLoss(stream: XmppStream): Diagnostic {
  const hint = 'it connects again by itself, and then looks at everything'
  const message = `The connection to ${writeEndpoint(stream.endpoint)} is lost, and nobody is watching`
  return diagnostic('audit/connect', message, { hint })
}

/** Resolves early, without an error, when the signal is aborted. */
const rest = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal }).catch(() => undefined)

type KnownFindings = ReturnType<typeof createKnownFindings>

/** The findings by subject, so that only changes are reported. */
function createKnownFindings() {
  const pages = new Map<string, readonly Diagnostic[]>()
  const isIn = (list: readonly Diagnostic[], { code, message }: Diagnostic) =>
    list.some(each => each.code === code && each.message === message)
  return {
    /** What is new, and what is no longer so. */
    note(subject: string, found: readonly Diagnostic[]): readonly Diagnostic[] {
      const before = pages.get(subject) ?? []
      pages.set(subject, found)
      const fresh = found.filter(each => !isIn(before, each))
      return [...before.filter(each => !isIn(found, each)).map(resolved), ...fresh]
    },
    standing: () => [...pages.values()].flat().length,
  }
}

const resolved = ({ code, message, file, span }: Diagnostic): Diagnostic =>
  diagnostic('audit/resolved', `No longer so: ${message.split('\n')[0]}`, {
    hint: `it was reported as ${code}`,
    file,
    span,
  })
