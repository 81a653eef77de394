import { append } from '../core/lists/long-lists.ts'
import { randomUUID } from 'node:crypto'
import { domainToASCII } from 'node:url'
import { client, xml, type Client, type Element } from '@xmpp/client'
import type { Diagnostic, Result } from '../core/types.ts'
import type { Endpoint } from './endpoint.ts'
import { harden, isVerified, tearDown } from './hardening.ts'
import { explainFailure, flaws, type Stage } from './refusal.ts'

export interface Login {
  /** A bare JID. */
  readonly jid: string
  readonly password: string
  /** How long to wait for each answer, in milliseconds. */
  readonly timeout: number
  /** What to be called beside other clients of the account; the server finds a name when there is none. */
  readonly resource?: string | undefined
}

/** A stanza, or the condition with which it was refused: one of RFC 6120, `timeout`, or `lost`. */
export type Answer =
  | { readonly stanza: Element; readonly condition?: undefined }
  | { readonly condition: string; readonly stanza?: undefined }

/** A stream to a server that has shown its certificate, with the auditor logged in. */
export interface XmppStream {
  readonly endpoint: Endpoint
  /** The full JID that the server gave. */
  readonly jid: string
  /** Never throws. */
  ask(type: 'get' | 'set', to: string, payload: Element): Promise<Answer>
  send(stanza: Element): Promise<void>
  onMessage(listener: (message: Element) => void): void
  /** Answers what others ask. */
  onQuestion(xmlns: string, name: string, answer: () => Element): void
  /** Comes true once the stream is no more, whoever ended it. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

/** How long a server may take to close the stream, in milliseconds. */
const CLOSING_TIMEOUT = 1000

/** Tries the endpoints in turn. A refused login ends it: the next server would refuse it as well, and count. */
export async function openStream(login: Login, endpoints: readonly Endpoint[]): Promise<Result<XmppStream>> {
  const diagnostics: Diagnostic[] = []
  for (const endpoint of endpoints) {
    const { value, diagnostics: failures } = await attempt(login, endpoint)
    if (value) return { value, diagnostics: [] }
    append(diagnostics, failures)
    if (failures.some(({ code }) => code === 'audit/login')) break
  }
  return { diagnostics }
}

async function attempt(
  { jid, password, timeout, resource }: Login,
  endpoint: Endpoint,
): Promise<Result<XmppStream>> {
  const at = jid.indexOf('@')
  const [username, domain] = [jid.slice(0, at), jid.slice(at + 1)]
  const service = `${endpoint.isDirect ? 'xmpps' : 'xmpp'}://${domainToASCII(domain)}`
  let stage: Stage = 'connecting'
  const entity = client({
    service,
    // The name that a certificate has to be for; certificates are written in ASCII.
    domain: domainToASCII(domain),
    timeout,
    ...(resource !== undefined && { resource }),
    async credentials(authenticate, [mechanism]) {
      if (!isVerified(entity)) throw new Error(flaws.insecure)
      stage = 'authenticating'
      if (mechanism === undefined) throw new Error(flaws.mechanisms)
      await authenticate({ username, password }, mechanism, xml('user-agent', { id: randomUUID() }))
    },
  })
  harden(entity, endpoint, domain)
  const ended = new Promise<void>(resolve => entity.once('disconnect', resolve).once('close', resolve))

  const failure = await new Promise<unknown>(resolve => {
    const timer = setTimeout(() => resolve(new Error(flaws.silent)), timeout)
    const settle = (error?: unknown) => {
      clearTimeout(timer)
      resolve(error)
    }
    entity.once('connect', () => (stage = 'greeting'))
    entity.once('online', () => settle())
    entity.on('error', settle)
    // The error arrives a moment after the end of the connection.
    void ended.then(() => setTimeout(() => settle(new Error(flaws.closed)), 100))
    entity
      .connect(service)
      .then(() => entity.open({ domain }))
      .catch(settle)
  })
  if (failure !== undefined) {
    tearDown(entity)
    return { diagnostics: [explainFailure(failure, { jid, endpoint, stage, timeout })] }
  }
  return { value: createStream(entity, endpoint, ended, timeout), diagnostics: [] }
}

function createStream(entity: Client, endpoint: Endpoint, ended: Promise<void>, timeout: number): XmppStream {
  void ended.then(() => tearDown(entity))
  const lost = ended.then((): Answer => ({ condition: 'lost' }))
  return {
    endpoint,
    jid: String(entity.jid),
    ended,
    ask(type, to, payload) {
      // Nobody but the server can know the id, and so nobody else can answer.
      const iq = xml('iq', { type, to, id: randomUUID() }, payload)
      const answer = entity.iqCaller.request(iq, timeout).then(
        (stanza): Answer => ({ stanza }),
        (error: unknown): Answer => ({ condition: conditionOf(error) }),
      )
      return Promise.race([answer, lost])
    },
    async send(stanza) {
      await entity.send(stanza).catch(() => tearDown(entity))
    },
    onMessage(listener) {
      entity.on('stanza', (stanza: Element) => {
        if (stanza.is('message')) listener(stanza)
      })
    },
    onQuestion(xmlns, name, answer) {
      entity.iqCallee.get(xmlns, name, answer)
    },
    async close() {
      entity.timeout = CLOSING_TIMEOUT
      await entity.disconnect().catch(() => undefined)
      tearDown(entity)
    },
  }
}

const STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas'

/**
 * The condition of a stanza error is the child in the stanzas' namespace that is not its text. RFC 6120, section 8.3.2, fixes no
 * order, and ejabberd puts a condition of the application first, which the client takes for it.
 */
function conditionOf(error: unknown): string {
  const { name, element } = error as { readonly name?: string; readonly element?: Element }
  if (name === 'TimeoutError') return 'timeout'
  if (name !== 'StanzaError') return 'lost'
  const isCondition = (child: Element) => child.attrs.xmlns === STANZAS && child.name !== 'text'
  return element?.getChildElements().find(isCondition)?.name ?? 'undefined-condition'
}
