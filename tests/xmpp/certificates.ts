import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Authority {
  /** The certificate of the authority: for NODE_EXTRA_CA_CERTS. */
  readonly certificate: string
  /** Issues a certificate for these names. */
  issue(name: string, ...names: readonly string[]): { readonly certificate: string; readonly key: string }
}

/** An authority of our own, so that certificates are verified in the tests as they are anywhere. */
export function createAuthority(folder: string): Authority {
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  const fresh = (name: string) => [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    `${name}.key`,
  ]
  openssl(
    'req',
    '-x509',
    ...fresh('ca'),
    '-days',
    '3',
    '-out',
    'ca.crt',
    '-subj',
    '/CN=Authority of the tests',
  )
  return {
    certificate: join(folder, 'ca.crt'),
    issue(name, ...names) {
      openssl('req', ...fresh(name), '-out', `${name}.csr`, '-subj', '/CN=server')
      writeFileSync(
        join(folder, `${name}.ext`),
        `subjectAltName=${names.map(each => `DNS:${each}`).join(',')}\n`,
      )
      const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial']
      openssl(
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        ...by,
        '-days',
        '3',
        '-out',
        `${name}.crt`,
        '-extfile',
        `${name}.ext`,
      )
      return { certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) }
    },
  }
}
