import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { hasLocation } from '../../../src/build/output/picture-location.ts'
import { findEncoder } from '../../../src/build/pictures/encoder.ts'
import { pictures } from '../../../src/config/sections/pictures.ts'
import { createDevSession } from '../../../src/dev/session.ts'
import { folderWith } from '../../folder.ts'
import { build, imprimatur } from '../../program.ts'
import { bytesOf, clear, pathsOf, type Files } from '../../tree.ts'

/** A photograph of 400 × 600 pixels that is stored lying on its side, and says where it was taken. */
const photograph = () =>
  sharp({ create: { width: 600, height: 400, channels: 3, background: '#c33' } })
    .composite([
      {
        input: Buffer.from(
          '<svg width="300" height="200"><rect width="300" height="200" fill="#36c"/></svg>',
        ),
      },
    ])
    .withExif({
      IFD0: { Make: 'Camera' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '51/1 30/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '7/1 0/1 0/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

const drawing = (width: number) =>
  sharp({ create: { width, height: 30, channels: 4, background: '#fff8' } })
    .png()
    .toBuffer()

const config = (wanted: object, rest: object = {}) => ({
  'imprimatur.config.json': JSON.stringify({
    site: { url: 'https://user.example/blog/' },
    build: { typography: 'off', stripLocation: true, pictures: wanted, ...rest },
  }),
})

let site: Files = {}
beforeAll(async () => {
  site = {
    'layouts/default.ejs': '<title>t</title><%- body %>',
    'pages/index.md':
      '![](<a/one, two.jpg> "Words")\n\n[![b](a/b.png)](/post/) ![s](a/small.png) ![m](a/moves.png)\n',
    'pages/post.md': '---\ndate: 2026-01-01\n---\n![](/a/b.png)\n',
    'pages/a/one, two.jpg': await photograph(),
    'pages/a/b.png': await drawing(120),
    'pages/a/small.png': await drawing(40),
    'pages/a/moves.png': moving(await drawing(500)),
    'pages/a/drawn.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="9"/>',
    ...config({ widths: [240, 100, 300], sizes: '50vw' }),
  }
})

/** The chunk that an animated PNG has before its pixels. */
function moving(png: Buffer): Buffer {
  const at = png.indexOf('IDAT') - 4
  return Buffer.concat([
    png.subarray(0, at),
    Buffer.from('\0\0\0\x08acTL\0\0\0\x02\0\0\0\0\xf3\x8d\x93\x70', 'latin1'),
    png.subarray(at),
  ])
}

const copies = (root: string) => pathsOf(join(root, 'docs')).filter(path => /\.\d+\.\w+$/.test(path))

describe('smaller copies of pictures', () => {
  let root = ''
  let built: Record<string, string> = {}
  beforeAll(async () => {
    root = folderWith(site)
    expect(await build({ cwd: root })).toMatchObject({ code: 0, findings: [] })
    built = bytesOf(join(root, 'docs'))
  })

  test('are made of what is wider, and are never wider than it', () =>
    expect(copies(root)).toEqual(
      ['b.png.100', 'b.png.120', 'one, two.jpg.100', 'one, two.jpg.240', 'one, two.jpg.300'].flatMap(name => [
        `a/${name}.avif`,
        `a/${name}.webp`,
      ]),
    ))

  test('stand where a browser chooses, under the path of the site, beside the size of the picture', () => {
    const { 'index.html': home = '' } = built
    const name = '/blog/a/one%2C%20two.jpg'
    expect(home).toContain(
      `<figure><picture>` +
        `<source type="image/avif" srcset="${name}.100.avif 100w, ${name}.240.avif 240w, ${name}.300.avif 300w" sizes="50vw">` +
        `<source type="image/webp" srcset="${name}.100.webp 100w, ${name}.240.webp 240w, ${name}.300.webp 300w" sizes="50vw">` +
        `<img src="/blog/a/one,%20two.jpg" alt="" width="400" height="600" loading="lazy" decoding="async">` +
        `</picture><figcaption>Words</figcaption></figure>`,
    )
    expect(home).toContain('/blog/a/b.png.100.avif 100w, /blog/a/b.png.120.avif 120w')
    expect(home).toContain('<img src="/blog/a/small.png" alt="s" width="40" height="30"')
    expect(home).toContain(' <img src="/blog/a/moves.png" alt="m" width="500"')
  })

  test('are as wide as they are called, turned as a viewer turns the picture, and say nothing besides', async () => {
    for (const path of copies(root)) {
      const bytes = Buffer.from(built[path] ?? '', 'latin1')
      const { width = 0, height = 0, format, exif, xmp, icc, orientation } = await sharp(bytes).metadata()
      const [, wanted, type] = /\.(\d+)\.(\w+)$/.exec(path) ?? []
      expect([path, width, format]).toEqual([path, Number(wanted), type === 'avif' ? 'heif' : type])
      expect(height).toBe(Math.round(path.includes('.jpg') ? width * 1.5 : width / 4))
      expect([exif, xmp, icc, orientation ?? 1, hasLocation(bytes)]).toEqual([
        undefined,
        undefined,
        undefined,
        1,
        false,
      ])
    }
  })

  test('are the same bytes in another folder, without a cache', async () => {
    const other = folderWith(site)
    await build({ cwd: other })
    expect(bytesOf(join(other, 'docs'))).toEqual(built)
  })

  test('are what a check gives, which looks into no cache', async () => {
    for (const path of pathsOf(join(root, 'node_modules/.cache/imprimatur')))
      if (path.startsWith('picture-'))
        writeFileSync(join(root, 'node_modules/.cache/imprimatur', path), 'no picture')
    expect(await build({ cwd: root }, '--check')).toMatchObject({ code: 0, findings: [] })
    writeFileSync(join(root, 'docs/a/b.png.100.webp'), 'another')
    expect(await build({ cwd: root }, '--check')).toMatchObject({ code: 1, findings: ['output/stale'] })
  })

  test('come from the cache when the folder of the site is gone', async () => {
    const other = folderWith(site)
    await build({ cwd: other })
    const cache = join(other, 'node_modules/.cache/imprimatur')
    const kept = pathsOf(cache).filter(path => /^picture-\w+\.webp$/.test(path))
    expect(kept).toHaveLength(5)
    for (const path of kept) writeFileSync(join(cache, path), 'from the cache')
    clear(join(other, 'docs'))
    await build({ cwd: other })
    const again = bytesOf(join(other, 'docs'))
    for (const path of copies(other))
      expect(again[path]).toBe(path.endsWith('.webp') ? 'from the cache' : built[path])
  })

  test('are written once', async () => {
    const other = folderWith(site)
    await build({ cwd: other })
    expect((await build({ cwd: other })).report.summary).toMatch(/^docs\/: 0 written/)
  })

  test('are no part of feeds, whose readers get the picture', () => {
    expect(built['atom.xml']).toContain(
      '&lt;img src="https://user.example/blog/a/b.png"'.replaceAll('"', '&quot;'),
    )
    for (const feed of ['atom.xml', 'rss.xml', 'feed.json']) expect(built[feed]).not.toMatch(/picture|srcset/)
  })

  test('are listed with what they are made of', async () => {
    const { stdout } = await imprimatur(['build', '--list'], { cwd: root })
    expect(stdout).toContain('a smaller copy')
  })
})

test('the picture itself can be one of its copies’ format', async () => {
  const root = folderWith({ ...site, ...config({ widths: [100], formats: ['original'] }) })
  expect(await build({ cwd: root })).toMatchObject({ code: 0, findings: [] })
  expect(copies(root)).toEqual(['a/b.png.100.png', 'a/one, two.jpg.100.jpg'])
  expect(bytesOf(join(root, 'docs'))['post/index.html']).toContain(
    '<p><img src="/blog/a/b.png" alt="" width="120" height="30" srcset="/blog/a/b.png.100.png 100w, /blog/a/b.png 120w"',
  )
})

test('a file of the author’s takes the place of a copy', async () => {
  const root = folderWith({ ...site, 'pages/a/b.png.100.webp': 'mine' })
  await build({ cwd: root })
  expect(bytesOf(join(root, 'docs'))['a/b.png.100.webp']).toBe('mine')
})

test('a link to a copy that is not made is broken', async () => {
  const root = folderWith({
    ...site,
    'pages/x.html': '<img src="/a/b.png.100.webp"><img src="/a/b.png.480.webp">',
  })
  expect((await build({ cwd: root })).findings).toEqual(['link/broken pages/x.html:1:40'])
})

test('a picture that cannot be read stops the build, with its name', async () => {
  const whole = await photograph()
  const root = folderWith({ ...site, 'pages/a/half.jpg': whole.subarray(0, whole.length - 200) })
  const { code, findings } = await build({ cwd: root })
  expect([code, new Set(findings)]).toEqual([1, new Set(['image/encode pages/a/half.jpg'])])
})

test('the development server gives what a build writes, and follows a picture that changes its size', async () => {
  const root = folderWith(site)
  await build({ cwd: root })
  const built = bytesOf(join(root, 'docs'))
  const session = createDevSession({ root, overrides: {}, now: () => new Date('2026-06-01') })
  await session.refresh()
  const served = async (path: string) => {
    const file = await session.make(path)
    return file?.contents && Buffer.from(file.contents as Uint8Array).toString('latin1')
  }
  const both = await Promise.all([served('a/b.png.100.webp'), served('a/b.png.100.webp')])
  expect(both).toEqual([built['a/b.png.100.webp'], built['a/b.png.100.webp']])
  expect(await session.make('a/b.png')).toBeUndefined()
  writeFileSync(join(root, 'pages/a/b.png'), await drawing(110))
  await session.refresh()
  expect(await served('a/b.png.120.webp')).toBeUndefined()
  expect(await served('a/b.png.110.webp')).toBeDefined()
  expect(session.read('post/index.html')?.contents).toContain('/blog/a/b.png.110.webp 110w')
})

test('a site without the package is told what to install', () =>
  expect(findEncoder(folderWith(), 'sharp-that-is-not-there').missing).toMatchObject({
    code: 'image/encoder',
    severity: 'error',
    hint: expect.stringContaining('npm install --save-dev sharp') as string,
  }))

test.each([
  [{ widths: [480] }, undefined],
  [{ widths: [480, 960], formats: ['webp', 'original'], sizes: '100vw' }, undefined],
  [[480], 'it is no object'],
  [{}, 'widths are whole numbers from 16 to 16383'],
  [{ widths: [] }, 'widths are whole numbers from 16 to 16383'],
  [{ widths: [1.5] }, 'widths are whole numbers from 16 to 16383'],
  [{ widths: [480], width: 1 }, 'there is no “width”'],
  [{ widths: [480], formats: ['jxl'] }, 'formats are of avif, webp, original'],
  [{ widths: [480], sizes: '' }, 'sizes is text, such as 100vw'],
])('what build.pictures may be: %j', (value, fault) => {
  expect(pictures.why?.(value)).toBe(fault)
  expect(pictures.accepts(value)).toBe(fault === undefined)
})
