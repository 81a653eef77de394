import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { cli } from '../program.ts'

test.each(['SIGTERM', 'SIGINT', 'the end of its input'] as const)(
  'a server ends by %s',
  async how => {
    const child = spawn(process.execPath, [cli, 'lsp'], { cwd: folderWith(), stdio: 'pipe' })
    const closed = new Promise<number | null>(resolve => child.once('close', resolve))
    let said = ''
    child.stderr.setEncoding('utf8').on('data', text => (said += text))
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { processId: null, rootUri: null, capabilities: {} },
    })
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`)
    await new Promise(resolve => child.stdout.once('data', resolve))
    await sleep(50)
    if (how === 'the end of its input') child.stdin.end()
    else child.kill(how)
    // LSP 3.17, Exit Notification: without a shutdown before it, the end of a server is 1.
    expect([0, 1]).toContain(await closed)
    expect(said).toBe('')
  },
  30_000,
)
