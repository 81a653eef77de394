import { deflateRawSync } from 'node:zlib'
import { assert, asyncProperty, constantFrom, record, string, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { choices } from '../../tools/try-it/messages.ts'
import { fromFragment, isShared, MOST_TEXT, toFragment } from '../../tools/try-it/share.ts'

const settings = record({
  lang: constantFrom(...choices.lang),
  format: constantFrom(...choices.format),
  space: constantFrom(...choices.space),
})
const packed = (text: string) => `1.${deflateRawSync(text).toString('base64url')}`

test('what is shared is what was written, in an address without a character that needs an escape', async () => {
  await assert(
    asyncProperty(string({ unit: 'grapheme' }), settings, async (text, chosen) => {
      const fragment = await toFragment({ text, settings: chosen })
      expect(fragment).toMatch(/^1\.[\w-]+$/)
      expect(await fromFragment(fragment)).toEqual({ text, settings: chosen })
    }),
  )
  const long = 'слово и word '.repeat(50_000)
  const chosen = { lang: 'ru', format: 'html', space: 'character' }
  expect(await fromFragment(await toFragment({ text: long, settings: chosen }))).toEqual({
    text: long,
    settings: chosen,
  })
})

test('any other address is read as nothing, and does no harm', async () => {
  await assert(
    asyncProperty(uint8Array(), async bytes => {
      expect(await fromFragment(`1.${Buffer.from(bytes).toString('base64url')}`)).toBeUndefined()
    }),
    { numRuns: 50 },
  )
  await assert(
    asyncProperty(string({ unit: 'binary' }), async text => {
      expect(await fromFragment(text)).toBeUndefined()
      expect(await fromFragment(`1.${text}`)).toBeUndefined()
    }),
    { numRuns: 50 },
  )
  for (const json of ['', 'null', '5', '[]', '{}', '{"text":5}', '"text"', '{"text":"a"', '{"text":["a"]}'])
    expect([json, await fromFragment(packed(json))]).toEqual([json, undefined])
  const notUtf8 = deflateRawSync(Buffer.from('{"text":"\xff"}', 'latin1')).toString('base64url')
  expect(await fromFragment(`1.${notUtf8}`)).toBeUndefined()
  expect(isShared('before')).toBe(false)
})

test('an address that unpacks to more than somebody would write is given up on', async () => {
  const bomb = deflateRawSync(Buffer.alloc(400_000_000), { level: 9 }).toString('base64url')
  expect(bomb.length).toBeLessThan(1_000_000)
  expect(await fromFragment(`1.${bomb}`)).toBeUndefined()
  const text = 'a'.repeat(MOST_TEXT)
  expect((await fromFragment(packed(JSON.stringify({ text }))))?.text.length).toBe(MOST_TEXT)
  expect(await fromFragment(packed(JSON.stringify({ text: `${text}a` })))).toBeUndefined()
  expect(await fromFragment(`1.${'A'.repeat(3_000_000)}`)).toBeUndefined()
})

test('settings that there are not are as when nobody has chosen', async () => {
  const json = JSON.stringify({ text: 'a', lang: '"><script>', format: 5, space: '__proto__' })
  expect((await fromFragment(packed(json)))?.settings).toEqual({
    lang: '',
    format: 'markdown',
    space: 'entity',
  })
})
