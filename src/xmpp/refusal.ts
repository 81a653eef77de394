import { diagnostic } from '../core/diagnostic.ts'
import type { Diagnostic } from '../core/types.ts'
import { reason } from '../core/source.ts'
import { writeEndpoint, type Endpoint } from './endpoint.ts'

/** How far the opening of a stream had come. */
export type Stage = 'connecting' | 'greeting' | 'authenticating'

export interface Attempt {
  readonly jid: string
  readonly endpoint: Endpoint
  readonly stage: Stage
  /** Milliseconds. */
  readonly timeout: number
}

/** What the program itself finds wrong with a stream, as `message` of an error. */
export const flaws = {
  silent: 'silent',
  closed: 'closed',
  insecure: 'insecure',
  mechanisms: 'mechanisms',
  challenge: 'challenge',
  flood: 'flood',
} as const

/** Nothing that the server wrote is in a message: it knows the password, and could send it back. */
export function explainFailure(error: unknown, attempt: Attempt): Diagnostic {
  const { endpoint, jid } = attempt
  const where = writeEndpoint(endpoint)
  const domain = jid.slice(jid.indexOf('@') + 1)
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  const { code = '', condition = '' } = error as { readonly code?: string; readonly condition?: string }
  if (name === 'SASLError' && condition.startsWith('SASL: No compatible')) return refuseMechanisms(attempt)
  if (name === 'SASLError') return explainLogin(condition, attempt)
  if (message === flaws.mechanisms) return refuseMechanisms(attempt)
  if (message === flaws.challenge) {
    const hint = 'the password was not sent; ask whoever runs the server'
    return diagnostic('audit/login', `${where} asks for a proof of the password that makes no sense`, {
      hint,
    })
  }
  if (message === flaws.insecure || message === 'STARTTLS_FAILURE') {
    const hint =
      'the password was not sent; an XMPP server has to offer TLS, and nobody on the way may remove it'
    return diagnostic('audit/tls', `The connection to ${where} is not encrypted and verified`, { hint })
  }
  if (/^(?:ERR_SSL_|EPROTO$)/.test(code)) {
    const hint =
      'does it listen for TLS there? xmpps://HOST:PORT is for TLS from the first byte, HOST:PORT for StartTLS'
    return diagnostic('audit/tls', `No TLS with ${where}: ${code}`, { hint })
  }
  if (code.startsWith('ERR_TLS_') || Object.hasOwn(certificateReasons, code)) {
    const hint = `the password was not sent; the certificate has to be for ${domain}, in date, and of an authority that Node knows; NODE_EXTRA_CA_CERTS=FILE adds one`
    return diagnostic(
      'audit/tls',
      `The certificate of ${where} is no good: ${certificateReasons[code] ?? code}`,
      { hint },
    )
  }
  if (name === 'StreamError' && condition === 'host-unknown') {
    const hint = 'name the right one: --server HOST:PORT'
    return diagnostic('audit/connect', `${where} does not serve ${domain}`, { hint })
  }
  if (name === 'StreamError') {
    const hint = 'try again later; the server’s log says more'
    return diagnostic('audit/connect', `${where} ended the stream: ${nameCondition(condition)}`, { hint })
  }
  if (message === flaws.flood || name === 'XMLError' || name === 'TypeError') {
    const hint = 'is it an XMPP server, and the right port? --server HOST:PORT names another'
    return diagnostic('audit/connect', `What ${where} says is not XMPP`, { hint })
  }
  const hint = 'is the server up, and this machine online? --server HOST:PORT names another address'
  return diagnostic('audit/connect', describeStage(message, attempt), { hint })

  function describeStage(what: string, { stage, timeout }: Attempt): string {
    if (what === flaws.closed) return `${where} closed the connection before the login was done`
    if (what !== flaws.silent && name !== 'TimeoutError')
      return `${where} cannot be reached: ${networkReason(error)}`
    const seconds = `${timeout / 1000} s`
    return stage === 'connecting'
      ? `${where} cannot be reached: no answer within ${seconds}`
      : `${where} took the connection and then was silent for ${seconds}`
  }
}

function refuseMechanisms({ endpoint }: Attempt): Diagnostic {
  const hint = 'it has to offer SCRAM-SHA-256, SCRAM-SHA-1 or PLAIN, over TLS'
  const message = `${writeEndpoint(endpoint)} offers no way to log in that the program knows`
  return diagnostic('audit/login', message, { hint })
}

/** The auditor’s address or password is wrong, or the account is closed: RFC 6120, section 6.5. */
function explainLogin(condition: string, { jid, endpoint }: Attempt): Diagnostic {
  if (condition === 'temporary-auth-failure') {
    const message = `${writeEndpoint(endpoint)} cannot check passwords just now`
    return diagnostic('audit/connect', message, { hint: 'try again later' })
  }
  const messages: Readonly<Record<string, string>> = {
    'account-disabled': `The account ${jid} is disabled`,
    'credentials-expired': `The password of ${jid} has expired`,
    'not-authorized': `The server does not take the password of ${jid}`,
  }
  const other = `The server does not let ${jid} in: ${nameCondition(condition)}`
  const hint = `check the address and the password; they were sent to ${writeEndpoint(endpoint)} only`
  return diagnostic('audit/login', messages[condition] ?? other, { hint })
}

const known = new Set(
  `bad-request conflict feature-not-implemented forbidden gone internal-server-error item-not-found jid-malformed
  not-acceptable not-allowed not-authorized policy-violation recipient-unavailable redirect registration-required
  remote-server-not-found remote-server-timeout resource-constraint service-unavailable subscription-required
  undefined-condition unexpected-request aborted account-disabled credentials-expired encryption-required
  incorrect-encoding invalid-authzid invalid-mechanism malformed-request mechanism-too-weak temporary-auth-failure
  bad-format bad-namespace-prefix connection-timeout host-gone host-unknown improper-addressing invalid-from
  invalid-namespace invalid-xml not-well-formed remote-connection-failed reset restricted-xml see-other-host
  system-shutdown unsupported-encoding unsupported-feature unsupported-stanza-type unsupported-version`.split(
    /\s+/,
  ),
)

/** A condition of RFC 6120 by its name; nothing else that a server may have written there. */
export const nameCondition = (condition: string): string =>
  known.has(condition) ? condition : 'for a reason that is in no standard'

const certificateReasons: Readonly<Record<string, string>> = {
  ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  CERT_REVOKED: 'it is revoked',
  CERT_UNTRUSTED: 'nobody trusts it',
  CERT_REJECTED: 'its authority rejects it',
  CERT_SIGNATURE_FAILURE: 'its signature is wrong',
  CERT_CHAIN_TOO_LONG: 'its chain is too long',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not one that Node knows',
  INVALID_CA: 'its authority is none',
  INVALID_PURPOSE: 'it is for another purpose',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is not one that Node knows',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its authority is not one that Node knows',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its authority is not one that Node knows',
}

const networkReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'it broke the connection off',
  EPIPE: 'it broke the connection off',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the domain name system does not answer',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ETIMEDOUT: 'no answer',
}

/** Of several addresses that were tried, the first that failed speaks for all. */
function networkReason(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  const { code = '' } = first as { readonly code?: string }
  return networkReasons[code] ?? reason(first)
}
