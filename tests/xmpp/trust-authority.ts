import tls from 'node:tls'
import { readFileSync } from 'node:fs'

/** Makes this process trust an authority of the tests; NODE_EXTRA_CA_CERTS does it for those that are started. */
export function trust(certificate: string): void {
  const { connect } = tls
  const ca = readFileSync(certificate, 'utf8')
  tls.connect = ((options: tls.ConnectionOptions, ...rest: []) =>
    connect({ ca, ...options }, ...rest)) as typeof connect
}
