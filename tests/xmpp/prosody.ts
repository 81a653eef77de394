import { mkdirSync, writeFileSync } from 'node:fs'
import { createConnection, createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createAuthority, type Authority } from './certificates.ts'
import { startProgram, waitFor } from './child-program.ts'

export interface Prosody {
  /** StartTLS. */
  readonly port: number
  /** TLS from the first byte. */
  readonly directPort: number
  readonly authority: Authority
  output(): string
  stop(): Promise<void>
  /** Starts the same server again, on the same port and with the same data. */
  restart(): Promise<void>
}

export const domain = 'example.org'

/** The certificate of this one names another host. */
export const misnamed = 'misnamed.example.org'

/** There is no PEP here, and no way to log in but PLAIN. */
export const withoutPep = 'plain.example.org'

/** A domain whose certificate has it in the other spelling. */
export const unicode = 'bücher.example.org'

/** A real server on loopback with these accounts and their passwords, in a folder of its own. */
export async function startProsody(
  folder: string,
  accounts: Readonly<Record<string, string>>,
): Promise<Prosody> {
  const [port, directPort] = await freePorts()
  for (const name of ['certs', 'data', 'plugins']) mkdirSync(join(folder, name), { recursive: true })
  const authority = createAuthority(join(folder, 'certs'))
  const hosts = [
    { host: domain, names: [domain] },
    { host: misnamed, names: ['elsewhere.example.org'] },
    {
      host: withoutPep,
      names: [withoutPep],
      lines: ['modules_disabled = { "pep" }', 'disable_sasl_mechanisms = { "SCRAM-SHA-1", "SCRAM-SHA-256" }'],
    },
    { host: unicode, names: ['xn--bcher-kva.example.org'] },
  ]
  const blocks = hosts.map(({ host, names, lines = [] }, n) => {
    const { certificate, key } = authority.issue(`host${n}`, ...names)
    const ssl = `ssl = { key = "${key}"; certificate = "${certificate}" }`
    return [`VirtualHost "${host}"`, ...lines, ssl].join('\n')
  })
  const direct = authority.issue('direct', domain)
  const configuration = join(folder, 'prosody.cfg.lua')
  writeFileSync(join(folder, 'plugins/mod_announce_pep.lua'), shim)
  writeFileSync(configuration, [settings(folder, port, directPort, direct), ...blocks, ''].join('\n'))
  for (const [jid, password] of Object.entries(accounts)) writeAccount(folder, jid, password)

  const start = async () => {
    const program = startProgram(['prosody', '-F', '--config', configuration], join(folder, 'prosody.out'))
    await waitFor(`Prosody on port ${port}`, () => answers(port))
    return program
  }
  let program = await start()
  return {
    port,
    directPort,
    authority,
    output: () => program.output(),
    stop: () => program.stop(),
    async restart() {
      await program.stop()
      program = await start()
    },
  }
}

/**
 * Profanity 0.13 looks for the features of PEP at the domain, where Prosody 0.12 does not announce them: without this
 * it publishes lists that only contacts may read.
 */
const shim = `module:add_feature("http://jabber.org/protocol/pubsub#publish-options")
module:add_feature("http://jabber.org/protocol/pubsub#config-node-max")
`

const settings = (
  folder: string,
  port: number,
  directPort: number,
  direct: { readonly certificate: string; readonly key: string },
) => `run_as_root = true
plugin_paths = { "${folder}/plugins" }
pidfile = "${folder}/prosody.pid"
data_path = "${folder}/data"
certificates = "${folder}/certs"
interfaces = { "127.0.0.1" }
local_interfaces = { "127.0.0.1" }
c2s_ports = { ${port} }
c2s_direct_tls_ports = { ${directPort} }
c2s_direct_tls_ssl = { key = "${direct.key}"; certificate = "${direct.certificate}" }
s2s_ports = { }
modules_enabled = { "roster", "saslauth", "tls", "disco", "pep", "ping", "presence", "message", "iq", "smacks", "announce_pep" }
modules_disabled = { "s2s" }
authentication = "internal_plain"
storage = "internal"
c2s_require_encryption = true
allow_registration = false
log = { info = "*console" }
`

/** As Prosody keeps them: letters and digits are themselves in names of files. */
function writeAccount(folder: string, jid: string, password: string): void {
  const encode = (text: string) =>
    [...Buffer.from(text)]
      .map(byte => String.fromCharCode(byte))
      .map(c => (/[A-Za-z0-9]/.test(c) ? c : `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`))
      .join('')
  const [local = '', host = ''] = jid.split('@')
  const store = join(folder, 'data', encode(host), 'accounts')
  mkdirSync(store, { recursive: true })
  writeFileSync(
    join(store, `${encode(local)}.dat`),
    `return { ["password"] = ${JSON.stringify(password)} };\n`,
  )
}

/** Ports that nobody listens on, all different. */
export async function freePorts(): Promise<readonly [number, number]> {
  const servers = [createServer(), createServer()]
  const listening = servers.map(
    server =>
      new Promise<number>(resolve =>
        server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
      ),
  )
  const [first, second] = (await Promise.all(listening)) as [number, number]
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return [first, second]
}

/** True once something listens there. */
export const answers = (port: number): Promise<true | undefined> =>
  new Promise(resolve => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(undefined))
    socket.once('connect', () => socket.destroy())
  })
