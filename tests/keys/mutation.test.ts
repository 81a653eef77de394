import { assert, anything, constantFrom, integer, oneof, property, string, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { entryName, hashOf, type KeySources } from '../../src/keys/manifest/sources.ts'
import { readManifest } from '../../src/keys/manifest/manifest.ts'
import { days, drafts, newSigner, buildHistory, signText, verify } from './signed-history.ts'

const signer = newSigner()
const good = buildHistory(signer, drafts, days)
const plain = parse(good.manifest.text) as Record<string, unknown>
const withKeys = {
  ...plain,
  validUntil: '2027-11-21',
  keys: [{ type: 'age', key: 'age1yrcgprrs9hxlzd0gh9l4q0exu8txqfawkaakunfdfaqxgxrd49psqky5rn' }],
}

type Path = readonly (string | number)[]

/** Every place in the manifest, mappings and lists included. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inner = Object.entries(value).flatMap(([key, each]) =>
    placesOf(each, [...path, Array.isArray(value) ? Number(key) : key]),
  )
  return path.length > 0 ? [path, ...inner] : inner
}

function changed(value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value)
  const copy = structuredClone(value) as Record<string | number, unknown>
  const next = changed(copy[key], rest, change)
  if (next !== undefined) copy[key] = next
  else if (Array.isArray(copy)) copy.splice(Number(key), 1)
  else delete copy[key]
  return copy
}

const texts = [
  '',
  ' ',
  '\u202e',
  '\u200b',
  'а',
  '<script>',
  "'; --",
  '?omemo-sid-1=00',
  '\0',
  'é',
  '~',
  '&a',
  '!!str',
]
const others = ['x'.repeat(3000), null, 0, -1, 1.5, 2 ** 31, 1e21, true, [], {}, '2026-02-30', '0x10', 'ssh']
const strange = constantFrom<unknown>(...texts, ...others)

/** Anything at all in the place of a value, or a letter more, less or changed, or nothing. */
const mutation = oneof(
  strange.map(value => () => value as unknown),
  anything({ withNullPrototype: false, maxDepth: 1 }).map(value => () => value),
  tuple(integer({ min: 0, max: 200 }), string({ unit: 'grapheme', maxLength: 2 })).map(
    ([at, text]) =>
      (old: unknown) => {
        const before = String(old)
        const place = at % (before.length + 1)
        return before.slice(0, place) + text + before.slice(place + 1)
      },
  ),
  constantFrom(() => undefined),
)

const signedAlone = (text: string): KeySources => {
  const file = { path: good.paths.manifest, text }
  const signature = { path: good.paths.signature, text: signText(text, signer) }
  return { ...good, manifest: file, signature, history: new Map() }
}

/** A manifest with the same meaning, however it is written, is no mutation. */
const meaning = (text: string) => JSON.stringify(readManifest({ path: 'x', text }).value?.draft)

function write(value: unknown): string | undefined {
  try {
    return stringify(value)
  } catch {
    return undefined
  }
}

describe('without the signing key nothing can be changed', () => {
  test('any change of any field breaks the signature, and is refused at a place, with a hint', () => {
    const refuses = (path: Path, mutate: (old: unknown) => unknown) => {
      const text = write(changed(plain, path, mutate))
      if (text === undefined || text === good.manifest.text) return true
      const { value, diagnostics } = verify({ ...good, manifest: { ...good.manifest, text } })
      return value === undefined && diagnostics.every(({ span, file, hint }) => span && file && hint)
    }
    expect(() =>
      assert(property(constantFrom(...placesOf(plain)), mutation, refuses), { numRuns: 400 }),
    ).not.toThrow()
  })

  test('any byte of any file changed is refused', () => {
    const flip = (text: string, at: number, by: number) => {
      const bytes = Buffer.from(text)
      const place = at % bytes.length
      bytes[place] = (bytes[place]! + by) & 0x7f
      return bytes.toString()
    }
    const refuses = (name: string, at: number, by: number) => {
      const history = new Map(good.history)
      const entry = history.get(name)
      if (entry) history.set(name, { ...entry, text: flip(entry.text, at, by) })
      const own = (key: string, file: { path: string; text: string }) =>
        key === name ? { ...file, text: flip(file.text, at, by) } : file
      const sources = {
        ...good,
        manifest: own('manifest', good.manifest),
        signature: own('signature', good.signature!),
        history,
      }
      const { value } = verify(sources)
      return value === undefined || isLineBreak(sources, name)
    }
    const files = ['manifest', 'signature', ...good.history.keys()]
    const run = property(
      constantFrom(...files),
      integer({ min: 0, max: 9999 }),
      integer({ min: 1, max: 127 }),
      refuses,
    )
    expect(() => assert(run, { numRuns: 400 })).not.toThrow()
  })

  /** The last line break of a signature is not part of what it says. */
  const isLineBreak = (sources: KeySources, name: string) => {
    const text = name === 'signature' ? sources.signature!.text : (sources.history.get(name)?.text ?? '')
    const old = name === 'signature' ? good.signature!.text : (good.history.get(name)?.text ?? '')
    return name.endsWith('sig') || name === 'signature' ? text.trimEnd() === old.trimEnd() : false
  }

  test('no order, omission or doubling in the history is accepted', () => {
    const names = [1, 2, 3].flatMap(n => [entryName(n), `${entryName(n)}.sig`])
    const refuses = (from: string, to: string, isCopy: boolean) => {
      const history = new Map(good.history)
      const file = history.get(from)!
      if (!isCopy) history.delete(from)
      history.set(to, file)
      const isSame = [...good.history].every(([name, { text }]) => history.get(name)?.text === text)
      return isSame === (verify({ ...good, history }).value !== undefined)
    }
    const run = property(constantFrom(...names), constantFrom(...names), constantFrom(true, false), refuses)
    expect(() => assert(run, { numRuns: 100 })).not.toThrow()
  })
})

describe('the owner’s own slips, signed', () => {
  test('a mutation is refused at a place, with a hint, or has the same meaning', () => {
    let published = 0
    const holds = (path: Path, mutate: (old: unknown) => unknown) => {
      const text = write(changed(withKeys, path, mutate))
      if (text === undefined) return true
      const { diagnostics } = verify(signedAlone(text))
      const { value: read } = readManifest({ path: 'x', text })
      if (!read)
        return diagnostics.length > 0 && diagnostics.every(({ span, file, hint }) => span && file && hint)
      published++
      // What is read is in its normal form: written and read again, it is the same.
      return meaning(stringify(read.document.value)) === meaning(text)
    }
    const run = property(constantFrom(...placesOf(withKeys)), mutation, holds)
    expect(() => assert(run, { numRuns: 800 })).not.toThrow()
    expect(published).toBeGreaterThan(0)
  })

  test('two devices alike in id, name or fingerprint, in any order, are refused', () => {
    const [account] = plain.accounts as { devices: Record<string, unknown>[] }[]
    for (const field of ['id', 'name', 'fingerprint']) {
      for (const [from, to] of [
        [0, 1],
        [2, 0],
        [1, 2],
      ] as const) {
        const value = account!.devices[from]![field]
        const text = stringify(changed(plain, ['accounts', 0, 'devices', to, field], () => value))
        const codes = readManifest({ path: 'x', text }).diagnostics.map(({ code }) => code)
        expect(codes).toContain('keys/duplicate')
      }
    }
  })

  test('a fingerprint is published only as it was signed: no fold makes two of it', () => {
    const { value } = verify(good)
    const written = value!.manifest.accounts[0]!.devices.map(({ fingerprint }) => fingerprint)
    expect(new Set(written).size).toBe(3)
    expect(hashOf(value!.sources.manifest)).toBe(hashOf(good.manifest))
  })
})
