import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDevSession } from '../../src/dev/session.ts'
import { formatKept, type KeptEntry } from '../../src/planet/kept.ts'
import { planetSite, planetYaml } from './planet-site.ts'

const entry = (n: number): KeptEntry => ({
  id: `a:${n}`,
  title: `Post ${n}`,
  date: `2026-01-0${n}T00:00:00Z`,
})
const kept = (...entries: readonly KeptEntry[]) => formatKept({ url: 'https://ann.example/', entries })

test('a dev session shows the planet as its list and its folder are', async () => {
  const root = planetSite(
    { Ann: 'https://ann.example/' },
    { 'planet/ann.json': kept(entry(1)), 'layouts/default.ejs': '<%- body %>' },
  )
  const session = createDevSession({ root, overrides: {}, now: () => new Date('2026-06-01T12:00:00Z') })
  const page = () => String(session.read('planet/index.html')?.contents)
  const feed = () => String(session.read('planet.atom')?.contents)
  const change = async (path: string, text: string) => {
    writeFileSync(join(root, path), text)
    expect(await session.refresh([path])).toBe(true)
  }
  await session.refresh()
  expect(page()).toContain('Post 1')
  expect(session.has('planet.yaml')).toBe(false)

  await change('planet/ann.json', kept(entry(2), entry(1)))
  expect(page()).toContain('Post 2')
  expect(feed()).toContain('Post 2')

  await change('pages/planet.yaml', planetYaml({ Anna: 'https://ann.example/', Ann: 'https://bob.example/' }))
  expect(page()).toContain('Anna')
  expect(feed()).toContain('<title>Ann</title>')

  await change('pages/planet.yaml', 'title: P\nfeed: []\nfeeds: []\n')
  expect(session.problems.map(({ code }) => code)).toEqual(['planet/unknown-key'])
  expect(session.read('planet/index.html')).toMatchObject({ isFailed: true })
  await change('pages/planet.yaml', planetYaml({ Ann: 'https://ann.example/' }))
  expect(session.problems).toEqual([])

  await change('planet/ann.json', 'broken')
  const failed = session.read('planet/index.html')
  expect(failed?.isFailed).toBe(true)
  expect(failed?.diagnostics().map(({ code }) => code)).toEqual(['planet/kept'])
  await change('planet/ann.json', kept(entry(3)))
  expect(page()).toContain('Post 3')
})
