import { describe, expect, test } from 'vitest'
import { createBar, createTimes } from '../../src/build/progress.ts'
import { folderWith } from '../folder.ts'
import { execute, cli, imprimatur } from '../program.ts'

const site = {
  'layouts/default.ejs': '<title><%= page.title %></title><%- body %>',
  'pages/a.md': 'words',
  'pages/b.md': 'A "word".',
}

/** A screen that records what is written, and a clock that the test sets. */
function watch() {
  const written: string[] = []
  const clock = { now: 0 }
  return { written, clock, screen: { isTerminal: true, write: (text: string) => void written.push(text) } }
}

describe('a bar', () => {
  test('comes after a second, ten times a second, and goes', () => {
    const { written, clock, screen } = watch()
    const bar = createBar(screen, () => clock.now)
    bar.step('making')
    for (let done = 1; done <= 300; done++) {
      clock.now = done * 10
      bar.made(done, 400)
    }
    bar.end()
    expect(written.length).toBe(22)
    expect(written[0]).toBe('\r██████░░░░░░░░░░░░░░░░░░ 25 %, 100 files a second, 3 s left\u001B[K')
    expect(written.at(-1)).toBe('\r\u001B[K')
  })

  test('does not come when all is done in a second', () => {
    const { written, clock, screen } = watch()
    const bar = createBar(screen, () => clock.now)
    clock.now = 999
    bar.made(1, 1)
    bar.end()
    expect(written).toEqual([])
  })
})

test('the time of a step is printed when it is over', () => {
  const { written, clock, screen } = watch()
  const times = createTimes(screen, () => clock.now)
  times.step('one')
  clock.now = 1234
  times.step('two')
  expect(written).toEqual(['    1.23 s  one\n'])
  clock.now = 1240
  times.end()
  expect(written[1]).toBe('    0.01 s  two\n')
})

describe('a build', () => {
  const env = { NO_COLOR: '1' }

  test('prints on standard error how long each step took, with --verbose', async () => {
    const { stdout, stderr } = await imprimatur(['build', '--verbose'], { cwd: folderWith(site), env })
    const steps = stderr.match(/^ +\d+\.\d\d s {2}.+$/gm)?.map(line => line.replace(/^.* s {2}/, ''))
    expect(steps).toContain('reading 2 of 2 pages')
    expect(steps).toContainEqual(expect.stringMatching(/^making (\d+) of \1 files in one thread$/))
    expect(stderr.trim().split('\n').length).toBe(steps?.length)
    expect(stdout).toContain('docs/: ')
  })

  test('prints only diagnostics, with --quiet', async () => {
    const cwd = folderWith(site)
    const first = await imprimatur(['build', '--quiet'], { cwd, env })
    expect(first.stdout + first.stderr).toContain('page/typography')
    expect(first.stdout + first.stderr).not.toContain('written')
    const clean = await imprimatur(['build', '--quiet', '--typography', 'off'], { cwd, env })
    expect(clean).toMatchObject({ code: 0, stdout: '', stderr: '' })
  })

  test('prints what took longest, with --profile, though nothing changed', async () => {
    const cwd = folderWith(site)
    await imprimatur(['build'], { cwd, env })
    const { stdout } = await imprimatur(['build', '--profile'], { cwd, env })
    expect(stdout).toMatch(/^ +\d+\.\d ms {2}pages\/a\.md$/m)
    expect(stdout).toMatch(/^ +\d+\.\d ms {2}layouts\/default\.ejs, \d+ times$/m)
  })

  test('prints in a log that it has begun, and for programs nothing but the result', async () => {
    const cwd = folderWith(site)
    const ci = { ...env, CI: '1' }
    expect((await imprimatur(['build'], { cwd, env: ci })).stderr).toBe('imprimatur build\n')
    expect((await imprimatur(['build', '--format', 'json'], { cwd, env: ci })).stderr).toBe('')
  })

  test('draws a bar on a terminal when it takes longer than a second', async () => {
    const slow = '<% const end = Date.now() + 800; while (Date.now() < end); %>'
    const cwd = folderWith({ ...site, 'pages/c.ejs': slow, 'pages/d.ejs': slow })
    const { stdout } = await execute('script', ['-qec', `node ${cli} build`, '/dev/null'], { cwd, env })
    expect(stdout).toMatch(/\r█*░* \d+ %, \d+ files a second, \d+ s left/)
    expect(stdout.split('\r\u001B[K').length).toBe(2)
  })
})
