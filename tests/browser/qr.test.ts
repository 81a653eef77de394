import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jsQr from 'jsqr'
import type { Browser } from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawPng, drawSvg, encodeQr, sideOf } from '../../src/keys/qr/encode.ts'
import { styleSheet } from '../../src/keys/page/style.ts'
import { deviceLink } from '../../src/keys/identity/uri.ts'
import { openBrowser } from './browser.ts'

let browser: Browser
beforeAll(async () => (browser = await openBrowser()))
afterAll(() => browser.close())

const newDevice = (n: number) => ({
  id: 2 ** 31 - 1 - n,
  fingerprint: generateKeyPairSync('x25519')
    .publicKey.export({ format: 'der', type: 'spki' })
    .subarray(12)
    .toString('hex'),
})

const folder = mkdtempSync(join(tmpdir(), 'imprimatur-qr-'))

/** Two decoders that share no code with each other or with this program. */
function decode(png: Buffer): readonly (string | undefined)[] {
  const { data, width, height } = PNG.sync.read(png)
  const found = jsQr.default(new Uint8ClampedArray(data), width, height, { inversionAttempts: 'dontInvert' })
  const file = join(folder, 'code.png')
  writeFileSync(file, png)
  return [
    found?.data,
    execFileSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', file], {
      encoding: 'utf8',
    }).trimEnd(),
  ]
}

describe.each([1, 2, 3, 4, 5, 6, 7, 8])('the code of %i devices', count => {
  const devices = Array.from({ length: count }, (_, n) => newDevice(n))
  const link = deviceLink('press@example.org', devices)
  const modules = encodeQr(link).value!

  test('as a PNG, gives the link to two decoders', () => {
    expect(decode(drawPng(modules))).toEqual([link, link])
  })

  test.each(['light', 'dark'] as const)(
    'as an SVG on a %s page, gives the link to two decoders',
    async theme => {
      const page = await browser.newPage({ colorScheme: theme, viewport: { width: 1000, height: 1000 } })
      const source = Buffer.from(drawSvg(modules, 'a code')).toString('base64')
      await page.setContent(
        `<style>:root { color-scheme: light dark; background: light-dark(#fff, #000) } ${styleSheet([])}</style>
      <p class="keys-qr"><a href="#"><img width="${4 * sideOf(link)}" src="data:image/svg+xml;base64,${source}" alt=""></a>`,
      )
      expect(decode(await page.screenshot())).toEqual([link, link])
      await page.close()
    },
  )
})
