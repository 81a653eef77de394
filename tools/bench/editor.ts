import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import { posts } from './corpus.ts'
import { cli } from './imprimatur.ts'
import type { Round } from './measurement.ts'
import { outputOf } from './process.ts'
import type { Program } from './program.ts'
import { latencyTable } from './table.ts'
import { writeSite } from './workplace.ts'

/** Runs in a process of its own, on what was compiled: an editor's texts and a site, without the protocol between. */
const latencies = `
const [root, dist, path] = process.argv.slice(1)
const { readFileSync } = await import('node:fs')
const { openWorkspace } = await import(dist + '/editor/site/workspace.js')
const { provenFixes } = await import(dist + '/lint/fix.js')
const { runBuild } = await import(dist + '/build/run-build.js')
const workspace = await openWorkspace(root, { isTrusted: true })
const found = {}
const took = async (name, work) => {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  ;(found[name] ??= []).push((user + system) / 1000)
}
const text = readFileSync(root + '/' + path, 'utf8')
const long = size => ({ path, text: text.repeat(Math.ceil(size / text.length)).slice(0, size) })
const { typography } = workspace
await took('build', () => runBuild({ root }))
await workspace.refresh()
for (let round = 0; round < 14; round++) {
  for (const [name, file] of [['20', long(20000)], ['200', long(200000)]]) {
    const edited = { ...file, text: file.text.slice(0, 9000) + round + file.text.slice(9000) }
    await took(name, () => typography.lint(edited))
  }
  const file = long(20000)
  await took('fix', () => provenFixes(file, typography.lint(file)))
  workspace.edit(path, text + '\\n\\n## Part ' + round + '\\n')
  await took('site', () => workspace.refresh([path]))
}
for (const name of ['20', '200', 'fix', 'site']) found[name].splice(0, 4)
console.log(JSON.stringify(found))
`

/** What an editor waits for, on a site of a thousand posts, and a build of all of it in the same run. */
export async function measureEditor(
  ours: Program,
  folder: string,
  { runs, progress }: Round,
): Promise<string> {
  const site = join(folder, 'editor')
  const thousand = posts(1000)
  writeSite(ours, thousand, site)
  const [{ section, year, slug }] = thousand as unknown as readonly [(typeof thousand)[number]]
  const path = `pages/${section}/${year}/${slug}.md`
  const dist = fileURLToPath(new URL('../../dist', import.meta.url))
  progress('editor, latencies')
  const output = await outputOf([process.execPath, '--input-type=module', '-e', latencies, site, dist, path])
  const found = JSON.parse(output) as Readonly<Record<'20' | '200' | 'fix' | 'site' | 'build', number[]>>
  progress('editor, starts')
  const starts: number[] = []
  for (let round = 0; round < Math.max(runs, 9); round++) starts.push(await startToDiagnostics(site))
  return latencyTable(
    [
      ['start to first diagnostics, wall', starts],
      ['keystroke to diagnostics, 20 KB', found['20']],
      ['keystroke to diagnostics, 200 KB', found['200']],
      ['fix on save, 20 KB', found.fix],
      ['diagnostics of 1,000 posts, one edited', found.site],
      ['build of 1,000 posts, cold', found.build],
    ],
    found.build,
  )
}

/** Milliseconds from the start of the process until the diagnostics of a text arrive. */
async function startToDiagnostics(root: string): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, [cli, 'lsp'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  const arrived = new Promise<number>(resolve => {
    connection.onNotification('textDocument/publishDiagnostics', () => resolve(performance.now() - start))
  })
  connection.listen()
  const uri = pathToFileURL(join(root, 'pages/new.md')).href
  const capabilities = {}
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities })
  await connection.sendNotification('initialized', {})
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'markdown', version: 1, text: 'He said "so" - and went.\n' },
  })
  const took = await arrived
  child.kill()
  return took
}
