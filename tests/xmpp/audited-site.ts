import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { imprimatur, type Run } from '../program.ts'
import { writeFiles } from '../tree.ts'
import { now } from '../keys/signed-history.ts'
import { startProsody } from './prosody.ts'
import { logIn, newDevice, omemo2 } from './publisher.ts'
import { siteOf } from './site-with-devices.ts'
import { trust } from './trust-authority.ts'

export interface AuditedSite {
  /** Audits all accounts as a stranger, as the built program; and how long that took, in milliseconds. */
  audit(): Promise<Run & { readonly took: number }>
  stop(): Promise<void>
}

/** So many accounts with so many devices each on a real server, and the site whose manifest has them, in `folder`. */
export async function startAuditedSite(
  folder: string,
  accounts: number,
  devices: number,
): Promise<AuditedSite> {
  const password = 'of many accounts'
  const auditor = 'auditor@example.org'
  const jids = Array.from({ length: accounts }, (_, i) => `reader${i}@example.org`)
  const manifest = Object.fromEntries(
    jids.map((jid, i) => [
      jid,
      Array.from({ length: devices }, (_, d) => newDevice(1 + i * devices + d, `device ${d}`)),
    ]),
  )
  const [home, site] = [join(folder, 'server'), join(folder, 'site')]
  for (const path of [home, site]) mkdirSync(path)
  writeFiles(site, siteOf(manifest))
  const server = await startProsody(home, Object.fromEntries([...jids, auditor].map(jid => [jid, password])))
  try {
    trust(server.authority.certificate)
    for (const jid of jids) {
      const owner = await logIn(jid, password, server.port, { preKeys: 100 })
      await owner.publish(manifest[jid] ?? [])
      await owner.publish([], omemo2)
      await owner.close()
    }
  } catch (error) {
    await server.stop()
    throw error
  }
  return {
    stop: () => server.stop(),
    async audit() {
      const began = performance.now()
      const run = await imprimatur(
        ['keys', 'audit', '--as', auditor, '--server', `127.0.0.1:${server.port}`],
        {
          cwd: site,
          env: {
            SOURCE_DATE_EPOCH: String(now.getTime() / 1000),
            NODE_EXTRA_CA_CERTS: server.authority.certificate,
            IMPRIMATUR_XMPP_PASSWORD: password,
          },
        },
      )
      return { ...run, took: performance.now() - began }
    },
  }
}
