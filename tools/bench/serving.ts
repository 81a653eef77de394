import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { listen } from '../../tests/dev/dev-server.ts'
import { post as newPost, posts as corpus, type Post } from './corpus.ts'
import { rounds, type Round } from './measurement.ts'
import { freePort, started, type Command, type Running } from './process.ts'
import { BenchError, postPath, type Program } from './program.ts'
import { writeSite } from './workplace.ts'

/** Milliseconds from before a file was written. */
export interface Followed {
  /** Until open pages were notified; measured for this program alone, and not of a new post, which no page is open of. */
  readonly notified?: number
  /** Until the server gave the new page: after its notification, or to a client that asks without a pause. */
  readonly served: number
}

const changes = ['body', 'title', 'layout', 'post'] as const
export type Change = (typeof changes)[number]

/** One program's server, in the order of the rounds. */
export interface ServingRuns {
  readonly program: Program
  readonly followed: Readonly<Record<Change, readonly Followed[]>>
  /** Whether the index had each changed title within three seconds after the page had it. */
  readonly isIndexRight: boolean
  /** Peak resident set in bytes. */
  readonly memory: number
}

interface ServedProgram {
  readonly program: Program
  readonly folder: string
  readonly url: string
  readonly server: Running
  isIndexRight: boolean
}

/** Lets every program that can serve `count` posts, and measures in alternation how soon a changed page is served. */
export async function measureServing(
  programs: readonly Program[],
  count: number,
  folder: string,
  { runs, progress }: Round,
): Promise<readonly ServingRuns[]> {
  const posts = corpus(count)
  const post = posts[posts.length >> 1]!
  const page = pageOf(post)
  const servers: ServedProgram[] = []
  for (const program of programs) {
    const port = await freePort()
    const command = program.serve?.(port)
    if (!command) continue
    progress(`${count} posts, served: ${program.name} starts`)
    const site = join(folder, program.name)
    writeSite(program, posts, site)
    servers.push({ program, folder: site, ...(await open(command, site, port, page)), isIndexRight: true })
  }
  const results = new Map<Change, readonly (readonly Followed[])[]>()
  for (const change of changes) {
    const measured = await rounds(servers, runs, async (server, round) => {
      progress(`${count} posts, ${change} changed, run ${round} of ${runs}: ${server.program.name}`)
      const written = change === 'post' ? newPost(count + round) : post
      const [path, source] = [...server.program.files([written])].find(([name]) =>
        name.includes(written.slug),
      )!
      const file = join(server.folder, change === 'layout' ? server.program.layout : path)
      const mark = `${change} of round ${round}`
      const text = making[change](change === 'post' ? source : readFileSync(file, 'utf8'), mark)
      const followed = await follow(server, pageOf(written), mark, () => writeFileSync(file, text), change)
      if (change === 'title') server.isIndexRight &&= (await seen(server, '/', mark, 3000)) !== undefined
      return followed
    })
    results.set(change, measured)
  }
  const served = servers.map(({ program, server, isIndexRight }, at) => ({
    program,
    followed: Object.fromEntries(changes.map(change => [change, results.get(change)?.[at] ?? []])) as Record<
      Change,
      readonly Followed[]
    >,
    isIndexRight,
    memory: server.memory(),
  }))
  for (const { server, folder: site } of servers) {
    await server.stop()
    rmSync(site, { recursive: true })
  }
  return served
}

/** Comments would not do: some leave them out. */
const making: Readonly<Record<Change, (text: string, mark: string) => string>> = {
  body: (text, mark) => `${text}\nThe ${mark}.\n`,
  title: (text, mark) => text.replace(/^title: .*/m, `title: ${mark}`),
  layout: (text, mark) => text.replace('</footer>', ` ${mark}</footer>`),
  post: (text, mark) => `${text}\nThe ${mark}.\n`,
}

const pageOf = (post: Post) => `/${postPath(post).replace('index.html', '')}`

/** Milliseconds between changes: a server still busy with the last one would distort this one. */
const PAUSE = 1000
const PATIENCE = 120_000

async function open(command: Command, folder: string, port: number, page: string) {
  const server = started(command, folder)
  const url = `http://127.0.0.1:${port}`
  const isThere = await seen({ url }, page, '</html>', PATIENCE)
  if (isThere === undefined) throw new BenchError(`${command.join(' ')} serves nothing:\n${server.output()}`)
  return { server, url }
}

async function follow(
  server: ServedProgram,
  page: string,
  mark: string,
  write: () => void,
  change: Change,
): Promise<Followed> {
  const stream = isOurs(server) && change !== 'post' ? await listen(server.url, page) : undefined
  await stream?.next()
  await sleep(PAUSE)
  const start = performance.now()
  write()
  await stream?.next()
  const notified = performance.now() - start
  const end = await seen(server, page, mark, PATIENCE)
  stream?.close()
  if (end === undefined) throw new BenchError(`${server.program.name} never served the ${mark}`)
  return { ...(stream && { notified }), served: end - start }
}

const isOurs = ({ program }: ServedProgram) => program.name === 'imprimatur'

/** When a page had this in it, or undefined when it had not within so many milliseconds. */
async function seen(
  { url }: Pick<ServedProgram, 'url'>,
  page: string,
  mark: string,
  patience: number,
): Promise<number | undefined> {
  for (const start = performance.now(); performance.now() - start < patience; await sleep(2)) {
    try {
      const response = await fetch(url + page, { signal: AbortSignal.timeout(patience) })
      if ((await response.text()).includes(mark)) return performance.now()
    } catch {
      // It does not listen yet, or builds and does not answer.
    }
  }
  return undefined
}
