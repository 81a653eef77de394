import type { ChildProcess } from 'node:child_process'
import { xml } from '@xmpp/client'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { listNodes } from '../../src/xmpp/pep.ts'
import { folderWith } from '../folder.ts'
import { cli, start } from '../program.ts'
import { siteWith, today } from './run-audit.ts'
import { waitFor } from './child-program.ts'
import { startProsody, type Prosody } from './prosody.ts'
import { logIn, newDevice, omemo2, type Publisher } from './publisher.ts'
import { trust } from './trust-authority.ts'

const alice = 'alice@example.org'
const auditor = 'auditor@example.org'
const mallory = 'mallory@example.org'
const passwords: Readonly<Record<string, string>> = {
  [alice]: 'open sesame',
  [auditor]: 'correct horse',
  [mallory]: 'guess',
}
const phone = newDevice(1204387561, 'phone')
const site = siteWith({ [alice]: [phone] })

let server: Prosody
let owner: Publisher
let watching: Watching | undefined

/** Seconds. Without an event it would look again after minutes. */
const PATIENCE = 40

interface Watching {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  /** Waits for a text among what was not read yet, and reads up to its end; gives what it has read. */
  waitForText(text: string): Promise<string>
  rest(): string
}

/** Runs the command as a service would, for an auditor who is no contact. */
function watch(jid: string, ...args: readonly string[]): Watching {
  const where = ['--server', `127.0.0.1:${server.port}`, '--timeout', '3']
  const child = start(
    process.execPath,
    [cli, 'keys', 'audit', '--watch', alice, '--as', jid, ...where, ...args],
    {
      cwd: site,
      env: {
        ...today,
        NODE_EXTRA_CA_CERTS: server.authority.certificate,
        IMPRIMATUR_XMPP_PASSWORD: passwords[jid] ?? '',
      },
    },
  )
  let output = ''
  let read = 0
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', text => (output += text))
  const ended = new Promise<number | null>(resolve => child.once('close', code => resolve(code)))
  watching = {
    child,
    ended,
    rest: () => output.slice(read),
    async waitForText(text) {
      const found = () => {
        const at = output.indexOf(text, read)
        return at < 0 ? undefined : at + text.length
      }
      const from = read
      read = await waitFor(text, found, PATIENCE).catch((error: unknown) => {
        throw new Error(`${String(error)}; its output:\n${output.slice(read)}`)
      })
      return output.slice(from, read)
    },
  }
  return watching
}

const logOwnerIn = async () => {
  owner = await logIn(alice, passwords[alice]!, server.port)
}

beforeAll(async () => {
  server = await startProsody(folderWith(), { ...passwords, [mallory]: 'another' })
  trust(server.authority.certificate)
  await logOwnerIn()
})

beforeEach(async () => {
  await Promise.all(listNodes.map(node => owner.remove(node).catch(() => undefined)))
  await owner.publish([phone])
  await owner.publish([], omemo2)
})

afterEach(async () => {
  watching?.child.kill('SIGKILL')
  await watching?.ended
})

afterAll(async () => {
  await owner?.close()
  await server?.stop()
})

test.each([alice, auditor])('as %s it reports a change when it happens, and when it is over', async jid => {
  const { waitForText, child, ended } = watch(jid)
  await waitForText('All is well')
  await waitForText('Watching, on 127.0.0.1')
  const third = newDevice(77)
  await owner.publish([phone, third])
  await waitForText('error audit/unlisted')
  await waitForText('device 77 of alice@example.org')
  await owner.publish([phone, newDevice(78)])
  await waitForText('audit/unlisted')
  await waitForText('device 78')
  await owner.publish([phone])
  await waitForText('audit/resolved')
  await waitForText('No longer so: The server hands out a device 78')
  // What comes next is about the next change.
  await owner.publish([phone, newDevice(76)])
  expect((await waitForText('device 76')).match(/error/g)).toHaveLength(1)
  await owner.publish([phone])
  await waitForText('No longer so: The server hands out a device 76')
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('a swapped bundle is found by polling, and is in the final report', async () => {
  const { waitForText, child, ended } = watch(auditor, '--every', '0.5')
  await waitForText('Watching')
  await owner.bundle(newDevice(phone.id))
  await waitForText('error audit/mismatch')
  child.kill('SIGINT')
  expect(await ended).toBe(1)
})

test('a server that goes away is reported, and when it is back all accounts are read again', async () => {
  const { waitForText, child, ended } = watch(auditor)
  await waitForText('Watching')
  await server.stop()
  await waitForText('error audit/connect')
  await waitForText('nobody is watching')
  await server.restart()
  await logOwnerIn()
  await owner.publish([phone, newDevice(79)])
  await waitForText('audit/resolved')
  await waitForText('device 79')
  child.kill('SIGTERM')
  expect(await ended).toBe(1)
})

test('a wrong password is not tried again', async () => {
  const { ended, rest } = watch(mallory)
  expect(await ended).toBe(1)
  expect(rest()).toContain('error audit/login')
  expect(rest()).not.toContain('guess')
})

test('what others send does not disturb it', async () => {
  const { waitForText, child } = watch(auditor, '--format', 'json')
  await waitForText('All is well')
  const event = 'http://jabber.org/protocol/pubsub#event'
  for (const node of ['urn:xmpp:avatar:metadata', ...listNodes]) {
    await owner.send(
      xml(
        'message',
        { to: auditor, type: 'headline' },
        xml('event', { xmlns: event }, xml('items', { node }, xml('item'))),
      ),
    )
  }
  await owner.send(xml('message', { to: auditor }, xml('body', {}, 'hello')))
  // What it says next is of a change that came behind all that.
  await owner.publish([phone, newDevice(75)])
  expect((await waitForText('device 75')).match(/audit\//g)).toHaveLength(1)
  expect(child.exitCode).toBeNull()
})
