import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { build, type JsonReport } from '../program.ts'
import { SEED } from '../seed.ts'
import { bytesOf, type Files } from '../tree.ts'
import { env, post, site, walk, write, type BuildIn } from './edits.ts'
import { copyProgram, type ProgramCopy } from './program-copy.ts'

const builds: BuildIn = async cwd => {
  const { code, report } = await build({ cwd, env })
  return { code, diagnostics: report.diagnostics }
}

/** As many as `npm run soak:cache` asks for; a process for each build then, so that packages of the program can change, too. */
const EDITS = Number(process.env.EDITS ?? 0)

test(
  'a build with the cache gives the same files and diagnostics as one without',
  async () => {
    const program = EDITS > 0 ? copyProgram() : undefined
    const [build, more] = program ? [buildsBy(program), changesOf(program)] : [builds, {}]
    const total = { edits: 0, compared: 0, sites: 0 }
    while (total.sites < 3 || total.edits < EDITS) {
      // A seed of its own for each, or all of them would be one.
      const seed = SEED + total.sites
      const walked = await walk(seed, EDITS > 0 ? EDITS - total.edits : Infinity, build, more)
      expect(walked.difference).toBeUndefined()
      total.edits += walked.edits
      total.compared += walked.compared
      total.sites++
    }
    if (program) process.stdout.write(`${JSON.stringify(total)}\n`)
    expect(total.compared).toBeGreaterThan(2 * total.sites)
  },
  120_000 + EDITS * 10_000,
)

const buildsBy =
  (program: ProgramCopy): BuildIn =>
  async cwd => {
    const { code, stdout, stderr } = await program.run(['build', '--format', 'json'], cwd, env)
    return { code, diagnostics: (JSON.parse(stdout || stderr) as JsonReport).diagnostics }
  }

const changesOf = (program: ProgramCopy) => ({
  'a package of the program comes in another version': (n: number) => program.update(n),
  'and in yet another': (n: number) => program.update(n + 5),
  'and is as it was': () => program.restore(),
})

test('an author’s file replaces a generated one at its address, which comes back when the file goes', async () => {
  const feeds = ['atom.xml', 'rss.xml', 'feed.json']
  const takers: Readonly<Record<string, (feed: string) => readonly [path: string, text: string]>> = {
    'a file': feed => [`pages/${feed}`, 'own'],
    'a page': feed => ['pages/own.md', `---\nlayout: none\npermalink: /${feed}\n---\nown`],
    'a redirect': feed => [
      'pages/own.md',
      `---\nlayout: redirect\nredirectTarget: /own/\npermalink: /${feed}\n---\n`,
    ],
    'a list': feed => [
      'pages/own.ejs',
      `---\nlayout: none\npermalink: /${feed}\n---\nown <%= pages.length %>`,
    ],
  }
  const cwd = folderWith({ ...site, 'pages/own/index.md': 'Own' })
  for (const feed of feeds) {
    for (const taker of Object.values(takers)) {
      await build({ cwd, env })
      const generated = readFileSync(join(cwd, 'docs', feed), 'utf8')
      const [path, text] = taker(feed)
      write(cwd, path, text)
      await build({ cwd, env })
      expect(readFileSync(join(cwd, 'docs', feed), 'utf8')).toContain('own')
      expect((await build({ cwd, env }, '--check')).code).toBe(0)
      rmSync(join(cwd, path))
      await build({ cwd, env })
      expect(readFileSync(join(cwd, 'docs', feed), 'utf8')).toBe(generated)
    }
  }
})

test('a link to what was a redirect for a while is as good as before, in every build after', async () => {
  const cwd = folderWith(site)
  await build({ cwd, env })
  const taker = '---\nlayout: redirect\nredirectTarget: /alone/\npermalink: /atom.xml\n---\n'
  for (const change of [
    () => write(cwd, 'pages/taker.md', taker),
    () => rmSync(join(cwd, 'pages/taker.md')),
    () => write(cwd, 'pages/alone.md', 'Other words.\n'),
  ]) {
    change()
    await build({ cwd, env })
  }
  expect((await build({ cwd, env })).findings).toEqual([])
})

describe('what is rendered again', () => {
  /** Files that changed just before a build are looked at anew by the next one. */
  const TICK = 150
  const chance = '<%- body %><%= Math.random() %>'
  const rendered = async (files: Files, change: (cwd: string) => void) => {
    const cwd = folderWith({ ...site, 'layouts/default.ejs': chance, ...files })
    await sleep(TICK)
    expect(await build({ cwd, env })).toMatchObject({ code: 0, findings: ['page/typography pages/alone.md'] })
    const before = bytesOf(join(cwd, 'docs'))
    change(cwd)
    await build({ cwd, env })
    const after = bytesOf(join(cwd, 'docs'))
    return Object.keys(after).filter(path => before[path] !== after[path])
  }
  const posts = [1, 2, 3, 4, 5].map(n => `posts/p${n}/index.html`)

  test('nothing, when nothing changed', async () => {
    expect(await rendered({}, () => {})).toEqual([])
  })

  test('a page whose body changed, and the pages that use it', async () => {
    const change = (cwd: string) => write(cwd, 'pages/alone.md', 'Other words.\n')
    const found = await rendered({ 'layouts/post.ejs': chance }, change)
    expect(found.filter(path => path.endsWith('.html'))).toEqual(['alone/index.html', 'index.html'])
  })

  test('a page whose title changed, and the pages that list it', async () => {
    const change = (cwd: string) => write(cwd, 'pages/alone.md', '---\ntitle: Other\n---\n')
    const found = await rendered({ 'layouts/post.ejs': chance }, change)
    expect(found).toEqual(expect.arrayContaining(['alone/index.html', 'index.html', 'tags/index.html']))
    expect(found.filter(path => posts.includes(path))).toEqual([])
  })

  test('a page that uses many pages, when the body of one changed', async () => {
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`pages/many/m${n}.md`, 'Words\n']))
    const change = (cwd: string) => write(cwd, 'pages/many/m7.md', 'Other words\n')
    const found = await rendered({ 'layouts/post.ejs': chance, ...many }, change)
    expect(found.filter(path => path.endsWith('.html'))).toEqual(['index.html', 'many/m7/index.html'])
  })

  test('a page whose neighbour changed, when its layout uses the neighbour', async () => {
    const layout = `${chance}<%= page.next?.title %>`
    const change = (cwd: string) => write(cwd, 'pages/posts/p3.md', post('Third', 3, 'Words.'))
    const found = await rendered({ 'layouts/post.ejs': layout }, change)
    expect(found.filter(path => posts.includes(path))).toEqual([posts[1], posts[2], posts[3]])
  })

  test('every page of a layout that changed, and no other', async () => {
    const change = (cwd: string) => write(cwd, 'layouts/post.ejs', `${chance} other`)
    const found = await rendered({ 'layouts/post.ejs': chance }, change)
    expect(found.filter(path => !path.startsWith('posts/p'))).not.toContain('alone/index.html')
    expect(found).toEqual(expect.arrayContaining(posts))
  })

  test('all, on another day', async () => {
    const cwd = folderWith({ ...site, 'layouts/default.ejs': chance })
    await build({ cwd, env })
    const { report } = await build({ cwd, env: { SOURCE_DATE_EPOCH: '1795305600' } })
    expect(report.summary).toMatch(/^docs\/: (?:[1-9]\d) written/)
  })
})

test('another version of a package renders every page anew, and the one before it again', async () => {
  const program = copyProgram()
  const cwd = folderWith(site)
  const page = async () => {
    expect((await program.run(['build'], cwd, env)).code).toBe(0)
    return readFileSync(join(cwd, 'docs/alone/index.html'), 'utf8')
  }
  const before = await page()
  for (const n of [1, 2]) {
    program.update(n)
    expect(await page()).toContain(`<p data-version="${n}">`)
  }
  program.restore()
  expect(await page()).toBe(before)
})
