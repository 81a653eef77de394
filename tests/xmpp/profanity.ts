import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startProgram, waitFor } from './child-program.ts'
import type { KnownDevice } from './site-with-devices.ts'

/** A real client in a terminal without a screen. */
export interface Profanity {
  logIn(jid: string, password: string, port: number): Promise<void>
  /** Makes an OMEMO identity, publishes it, and gives what the client displays of it. */
  generate(): Promise<KnownDevice>
  /** Types a line, as somebody at the keyboard would. */
  type(line: string): Promise<void>
  /** Waits for something to be on the screen. */
  see(pattern: RegExp, seconds?: number): Promise<RegExpExecArray>
  screen(): Promise<string>
  /** Waits until messages can be encrypted for a device: a moment after it is trusted, when its bundle has come. */
  waitForSession(jid: string, device: number): Promise<void>
}

export interface Terminal {
  open(name: string): Promise<Profanity>
  stop(): Promise<void>
}

const run = promisify(execFile)

/** A tmux server in `folder`; stopping it hangs up on all programs in it. */
export async function startTerminal(folder: string): Promise<Terminal> {
  const socket = join(folder, 'tmux')
  const configuration = join(folder, 'tmux.conf')
  writeFileSync(configuration, 'set -g exit-empty off\n')
  const server = startProgram(['tmux', '-S', socket, '-f', configuration, '-D'], join(folder, 'tmux.out'), {
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TERM: 'screen',
  })
  const tmux = async (...args: readonly string[]) => (await run('tmux', ['-S', socket, ...args])).stdout
  const names: string[] = []
  const pids: string[] = []
  await waitFor('tmux', () => (existsSync(socket) ? true : undefined))
  return {
    async stop() {
      // They end by SIGHUP of their terminals, and tmux waits for them; orphans would stay.
      for (const name of names) await tmux('kill-session', '-t', name).catch(() => '')
      await waitFor(
        'the clients to end',
        () => (pids.every(pid => !existsSync(`/proc/${pid}`)) ? true : undefined),
        5,
      ).catch(() => true)
      await server.stop()
    },
    async open(name) {
      names.push(name)
      const home = join(folder, name)
      for (const part of ['config/profanity', 'data/profanity'])
        mkdirSync(join(home, part), { recursive: true })
      const settings = '[ui]\nsplash=false\n[omemo]\nlog=off\npolicy=manual\ntrustmode=manual\n'
      writeFileSync(join(home, 'config/profanity/profrc'), settings)
      // The tmux server would give the environment of the first terminal to all.
      const env = [`HOME=${home}`, `XDG_CONFIG_HOME=${home}/config`, `XDG_DATA_HOME=${home}/data`]
      const command = `exec env ${env.join(' ')} profanity -l DEBUG`
      await tmux('new-session', '-d', '-s', name, '-x', '180', '-y', '60', command)
      pids.push((await tmux('list-panes', '-t', name, '-F', '#{pane_pid}')).trim())
      return createProfanity(name, join(home, 'data/profanity/logs/profanity.log'), tmux)
    },
  }
}

function createProfanity(
  name: string,
  log: string,
  tmux: (...args: readonly string[]) => Promise<string>,
): Profanity {
  const say = async (text: string) => {
    await tmux('send-keys', '-t', name, '-l', '--', text)
    await tmux('send-keys', '-t', name, 'Enter')
  }
  const see = (pattern: RegExp, seconds?: number) =>
    waitFor(
      `${name} to show ${pattern}`,
      async () => pattern.exec(await tmux('capture-pane', '-p', '-t', name)) ?? undefined,
      seconds,
    )
  return {
    type: say,
    see,
    screen: () => tmux('capture-pane', '-p', '-t', name),
    async waitForSession(jid, device) {
      const line = `create session with ${jid} device ${device}\n`
      await waitFor(`the session with ${device}`, () =>
        readFileSync(log, 'utf8').includes(line) ? true : undefined,
      )
    },
    async logIn(jid, password, port) {
      await see(/Profanity, version|Profanity\. Type/)
      await say(`/connect ${jid} server 127.0.0.1 port ${port} tls trust`)
      await see(/Enter password|password:/i)
      await say(password)
      await see(/logged in successfully/)
    },
    async generate() {
      // It asks the server for the device list first, and publishes with what comes.
      await waitFor(
        'the device list',
        () => (/\[OMEMO\].*device ?list/i.test(readFileSync(log, 'utf8')) ? true : undefined),
        3,
      ).catch(() => true)
      await say('/omemo gen')
      await see(/materials generated|already been generated/)
      await waitFor('the publication', () =>
        readFileSync(log, 'utf8').includes('publish device list') ? true : undefined,
      )
      await say('/omemo fingerprint')
      const [, fingerprint = ''] = await see(/OMEMO fingerprint: ([0-9a-f-]{71})/)
      const [, id] = await see(/Device ID is (\d+)|device id:? (\d+)/i)
      return { id: Number(id), name, fingerprint: fingerprint.replaceAll('-', '') }
    },
  }
}
