import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { cli, ended, start } from '../program.ts'
import { siteWith, today } from './run-audit.ts'
import { waitFor } from './child-program.ts'
import { startProsody, type Prosody } from './prosody.ts'
import { logIn, newDevice, omemo2 } from './publisher.ts'
import { trust } from './trust-authority.ts'

const alice = 'alice@example.org'
const password = 'correct horse battery'
const phone = newDevice(1204387561, 'phone')
const site = siteWith({ [alice]: [phone] })

let server: Prosody

beforeAll(async () => {
  server = await startProsody(folderWith(), { [alice]: password })
  trust(server.authority.certificate)
  const owner = await logIn(alice, password, server.port)
  await owner.publish([phone])
  await owner.publish([], omemo2)
  await owner.close()
})

afterAll(() => server?.stop())

/** Types into the program, which runs in a terminal of Python’s: Node has none. */
async function type(keys: string) {
  const play = `import os, pty, sys, termios, time
pid, terminal = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
output = b''
while b'Password of' not in output: output += os.read(terminal, 1024)
# What is typed before the terminal is silent would be shown.
while termios.tcgetattr(terminal)[3] & termios.ECHO: time.sleep(0.01)
os.write(terminal, os.environb[b'KEYS'])
while True:
  try: part = os.read(terminal, 1024)
  except OSError: break
  if not part: break
  output += part
sys.stdout.buffer.write(output)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`
  const args = [cli, 'keys', 'audit', '--server', `127.0.0.1:${server.port}`]
  const child = start('/usr/bin/python3', ['-c', play, process.execPath, ...args], {
    cwd: site,
    env: { ...today, NODE_EXTRA_CA_CERTS: server.authority.certificate, KEYS: keys, NO_COLOR: '1' },
  })
  return ended(child)
}

test('a password is asked for in a terminal and not shown; a mistake can be taken back', async () => {
  const { code, stdout } = await type(`${password}xy\u007F\b\r`)
  expect([code, stdout]).toEqual([0, expect.stringContaining('All is well')])
  expect(stdout).toContain(`Password of ${alice}: \r\n`)
  expect(stdout).not.toContain('horse')
})

test.each(['\u0003', '\u0004', '\r'])('%j is no password', async keys => {
  const { code, stdout } = await type(keys)
  expect([code, stdout]).toEqual([2, expect.stringContaining('usage/password')])
})

test('no argument, and no report that Node writes, has the password in it', async () => {
  const folder = folderWith()
  const node = ['--report-on-signal', `--report-directory=${folder}`, '--report-filename=report.json']
  const child = start(
    process.execPath,
    [...node, cli, 'keys', 'audit', '--watch', '--server', `127.0.0.1:${server.port}`],
    {
      cwd: site,
      env: {
        ...today,
        NODE_EXTRA_CA_CERTS: server.authority.certificate,
        IMPRIMATUR_XMPP_PASSWORD: password,
      },
    },
  )
  const end = ended(child)
  let output = ''
  child.stdout?.on('data', text => (output += String(text)))
  await waitFor('the watch', () => (output.includes('Watching') ? true : undefined))
  expect(readFileSync(`/proc/${child.pid}/cmdline`, 'utf8')).not.toContain('horse')
  child.kill('SIGUSR2')
  const report = await waitFor('the report', () => {
    try {
      return JSON.stringify(JSON.parse(readFileSync(`${folder}/report.json`, 'utf8')))
    } catch {
      return undefined
    }
  })
  child.kill('SIGTERM')
  const { stdout, stderr } = await end
  expect(report).toContain('environmentVariables')
  for (const text of [report, stdout, stderr]) expect(text).not.toContain('horse')
})
