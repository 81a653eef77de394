import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createAuthority, type Authority } from './certificates.ts'
import { startProgram, waitFor } from './child-program.ts'
import { answers, domain, freePorts } from './prosody.ts'

export interface Ejabberd {
  /** StartTLS. */
  readonly port: number
  readonly authority: Authority
  output(): string
  stop(): Promise<void>
}

/**
 * A real ejabberd on loopback with these accounts and their passwords, in a folder of its own: Debian’s package without its service,
 * its user and its configuration, and an Erlang that no other can speak to.
 */
export async function startEjabberd(
  folder: string,
  accounts: Readonly<Record<string, string>>,
): Promise<Ejabberd> {
  const [port] = await freePorts()
  for (const name of ['certs', 'spool']) mkdirSync(join(folder, name), { recursive: true })
  const authority = createAuthority(join(folder, 'certs'))
  const { certificate, key } = authority.issue('host', domain)
  const configuration = join(folder, 'ejabberd.yml')
  writeFileSync(configuration, settings(port, certificate, key))
  const register = Object.entries(accounts).map(([jid, password]) => {
    const [local = '', host = ''] = jid.split('@')
    const binary = (text: string) => `<<${[...Buffer.from(text)].join(',')}>>`
    return `ok = ejabberd_auth:try_register(${[local, host, password].map(binary).join(', ')})`
  })
  const program = startProgram(
    [
      'erl',
      '-noinput',
      '-boot',
      'start_sasl',
      '-mnesia',
      'dir',
      `"${join(folder, 'spool')}"`,
      '-s',
      'ejabberd',
      '-eval',
      `${[...register, 'io:format("accounts are there~n")'].join(', ')}.`,
    ],
    join(folder, 'ejabberd.out'),
    {
      EJABBERD_CONFIG_PATH: configuration,
      EJABBERD_LOG_PATH: join(folder, 'ejabberd.log'),
      ERL_LIBS: '/usr/lib/x86_64-linux-gnu',
      HOME: folder,
    },
  )
  await waitFor(
    `ejabberd on port ${port}`,
    async () => ((await answers(port)) && program.output().includes('accounts are there') ? true : undefined),
    60,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${program.output()}`)
  })
  return { port, authority, output: () => program.output(), stop: () => program.stop() }
}

const settings = (port: number, certificate: string, key: string) => `hosts: [${domain}]
loglevel: warning
certfiles: ["${certificate}", "${key}"]
listen:
  - { port: ${port}, ip: "127.0.0.1", module: ejabberd_c2s, starttls: true, starttls_required: true }
auth_method: internal
auth_password_format: plain
acl: {}
access_rules:
  pubsub_createnode: { allow: all }
modules:
  mod_caps: {}
  mod_disco: {}
  mod_ping: {}
  mod_roster: {}
  mod_pubsub:
    access_createnode: pubsub_createnode
    max_items_node: 1000
    plugins: [flat, pep]
`
