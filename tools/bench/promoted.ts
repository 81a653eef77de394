import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { posts as corpus, type Post } from './corpus.ts'
import type { Round } from './measurement.ts'
import { freePort, outputOf, type Command } from './process.ts'
import { BenchError, postPath, type Program } from './program.ts'
import { table } from './table.ts'
import { clearSite, writeSite } from './workplace.ts'

/**
 * What a scavenge of V8 has promoted to the old generation outlived its page by far, and stays until a full collection: a build has as
 * little of it as the bare loop, or something holds on to pages. Of two builds in one thread the difference counts, so that the start
 * does not.
 */
const [few, many] = [500, 1500]

/**
 * Bytes a page that a cold build may promote: its fields, its links and what the next build has to know of it, about half of this. With
 * more, the bench fails.
 */
const MOST_PROMOTED = 15_000

/** Bytes a page that are promoted by whom, and in which functions of ours they were allocated. */
export async function measurePromoted(
  programs: readonly Program[],
  folder: string,
  { progress }: Pick<Round, 'progress'>,
): Promise<string> {
  const posts = corpus(many)
  const rows: (readonly string[])[] = []
  const cold: number[] = []
  for (const program of programs) {
    progress(`promoted bytes: ${program.name}`)
    const counted: number[] = []
    for (const count of [few, many]) {
      const site = join(folder, 'promoted')
      writeSite(program, posts.slice(0, count), site)
      counted.push(await promotedBy(program.command, site))
    }
    cold.push((counted[1]! - counted[0]!) / (many - few))
    rows.push([`${program.name}, cold`, kilobytes(cold.at(-1)!)])
  }
  const [ours] = programs
  if (!ours) return ''
  const site = join(folder, 'promoted')
  writeSite(ours, posts, site)
  if (ours.serve) {
    progress(`promoted bytes: ${ours.name} dev`)
    rows.push([`${ours.name}, dev, each page once`, kilobytes(await promotedByServer(ours, site, posts))])
  }
  progress('promoted bytes: where they come from')
  clearSite(ours, site)
  const dist = fileURLToPath(new URL('../../dist', import.meta.url))
  const output = await outputOf([
    process.execPath,
    '--expose-gc',
    '--input-type=module',
    '-e',
    sampler,
    site,
    dist,
  ])
  const places = JSON.parse(output) as readonly (readonly [place: string, bytes: number])[]
  if (cold[0]! > MOST_PROMOTED)
    throw new BenchError(
      `${kilobytes(cold[0]!)} KB of each page outlive it: ${JSON.stringify(places.slice(0, 15))}`,
    )
  return [
    table([['promoted to the old generation', 'KB a page'], ...rows]),
    table([
      [`of them, sampled: allocated in (cold, ${many} posts)`, 'KB a page'],
      ...places.slice(0, 15).map(([place, bytes]) => [place, kilobytes(bytes / many)]),
    ]),
  ].join('\n')
}

const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1)

/** Node’s first option of a command. */
const traced = ([node, ...args]: Command): Command => [node, '--trace-gc-nvp', ...args]

const promotedIn = (trace: string): number =>
  [...trace.matchAll(/ gc=s .* promoted=(\d+)/g)].reduce((sum, [, bytes]) => sum + Number(bytes), 0)

function promotedBy(command: Command, folder: string): Promise<number> {
  const [program, ...args] = traced(command)
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  let trace = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (trace += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code =>
      code === 0
        ? resolve(promotedIn(trace))
        : reject(new BenchError(`${command.join(' ')}: exit code ${code}`)),
    )
  })
}

/** Bytes a page, while the second half of the pages is asked for. */
async function promotedByServer(program: Program, folder: string, posts: readonly Post[]): Promise<number> {
  const port = await freePort()
  const [node, ...args] = traced(program.serve!(port))
  const child = spawn(node, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    let trace = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (trace += text))
    await new Promise(resolve => child.stdout.on('data', () => trace.includes('http') && resolve(undefined)))
    const ask = async (some: readonly Post[]) => {
      for (const post of some)
        await (await fetch(`http://127.0.0.1:${port}/${postPath(post).replace('index.html', '')}`)).text()
    }
    const half = posts.length >> 1
    await ask(posts.slice(0, half))
    const before = promotedIn(trace)
    await ask(posts.slice(half))
    return (promotedIn(trace) - before) / (posts.length - half)
  } finally {
    child.kill()
  }
}

/**
 * Runs in a process of its own. V8's sampling heap profiler drops what a scavenge collects, and is told to keep what only a full collection
 * does: what remains was promoted. Each sample counts for the innermost function of ours.
 */
const sampler = `
import { Session } from 'node:inspector/promises'
const [root, dist] = process.argv.slice(1)
const { runBuild } = await import(dist + '/build/run-build.js')
const session = new Session()
session.connect()
await session.post('HeapProfiler.startSampling', {
  samplingInterval: 4096,
  includeObjectsCollectedByMajorGC: true,
})
await runBuild({ root })
// What is in the nursery now has survived nothing.
for (let i = 0; i < 3; i++) gc({ type: 'minor' })
const { profile } = await session.post('HeapProfiler.stopSampling')
const places = new Map()
const add = ({ callFrame, selfSize, children }, around) => {
  const { url, functionName, lineNumber } = callFrame
  const path = /\\/dist\\/(.*)/.exec(url)?.[1]
  const place = path ? (functionName || 'anonymous') + ' ' + path + ':' + (lineNumber + 1) : around
  places.set(place, (places.get(place) ?? 0) + selfSize)
  for (const child of children) add(child, place)
}
add(profile.head, 'outside of it')
console.log(JSON.stringify([...places].sort(([, a], [, b]) => b - a)))
`
