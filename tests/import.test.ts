import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { repository } from './program.ts'
import { pathsOf } from './tree.ts'

const dist = join(repository, 'dist')

/** The command itself: whoever imports it calls it. */
const COMMAND = 'cli/main.js'

/** Imports one module after another, and posts what the thread was before and what it is then. */
const IMPORTER = `
  const { parentPort, workerData } = require('node:worker_threads')
  const look = () => ({
    globals: Reflect.ownKeys(globalThis).map(String).sort(),
    listeners: process.eventNames().map(String).sort(),
    handles: process.getActiveResourcesInfo().filter(name => name !== 'MessagePort').sort(),
    messages: parentPort.listenerCount('message'),
    exitCode: process.exitCode,
  })
  const before = look()
  ;(async () => {
    const failed = []
    for (const url of workerData.urls) await import(url).catch(error => failed.push(url + ': ' + error))
    await new Promise(resolve => setTimeout(resolve, 50))
    parentPort.postMessage({ failed, before, after: look() })
  })()
`

test('no module does anything when it is imported, also in a worker thread', async () => {
  const urls = pathsOf(dist)
    .filter(path => path.endsWith('.js') && path !== COMMAND)
    .map(path => pathToFileURL(join(dist, path)).href)
  expect(urls.length).toBeGreaterThan(200)
  const worker = new Worker(IMPORTER, { eval: true, stdout: true, stderr: true, workerData: { urls } })
  const written: string[] = []
  for (const stream of [worker.stdout, worker.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => written.push(text))
  const messages: unknown[] = []
  worker.on('message', message => messages.push(message))
  // It ends by itself: nothing that a module began keeps it alive.
  const code = await new Promise(resolve => worker.once('exit', resolve))
  expect({ code, written }).toEqual({ code: 0, written: [] })
  expect(messages.length).toBe(1)
  const [{ failed, before, after }] = messages as [{ failed: unknown; before: unknown; after: unknown }]
  expect(failed).toEqual([])
  expect(after).toEqual(before)
})
