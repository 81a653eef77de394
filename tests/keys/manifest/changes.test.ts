import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { compareManifests, describeChanges, nothingNew } from '../../../src/keys/manifest/changes.ts'
import { readManifest } from '../../../src/keys/manifest/manifest.ts'
import { drafts, naming, newSigner, publicLine, vectors } from '../signed-history.ts'

const [laptop, safe] = [newSigner(), newSigner()]
const text = `version: 1
validUntil: 2027-11-21
supersedes: sha256:${'0'.repeat(64)}
anchors: [https://forge.example/press.keys, dns:example.org]
${naming({ laptop, safe })}${drafts[2]}
keys:
  - { type: ssh, key: '${publicLine(laptop)} mine' }
  - { type: openpgp, fingerprint: '${'AB'.repeat(20)}', file: a.asc, sha256: '${'0'.repeat(64)}' }
`
const all = parse(text) as { accounts: Record<string, unknown>[] }
Object.assign(all.accounts[0]!, { label: 'Press@Example.org', invitation: true })
all.accounts.push({ jid: 'other@example.org', devices: [] })

type Path = readonly (string | number)[]
const placesOf = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? [
        path,
        ...Object.entries(value).flatMap(([key, each]) =>
          placesOf(each, [...path, Array.isArray(value) ? Number(key) : key]),
        ),
      ]
    : [path]

function changed(value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value)
  const copy = structuredClone(value) as Record<string | number, unknown>
  const next = changed(copy[key], rest, change)
  if (next !== undefined) copy[key] = next
  else if (Array.isArray(copy)) copy.splice(Number(key), 1)
  else delete copy[key]
  return copy
}

const edits: readonly ((old: unknown) => unknown)[] = [
  () => undefined,
  old => (Array.isArray(old) ? old.toReversed() : old),
  old => (typeof old === 'boolean' ? !old : old),
  old => (typeof old === 'string' ? `${old}x` : old),
  old => (typeof old === 'number' ? old + 1 : old),
  ...['2026-04-01', 'qr', 'x@example.org', vectors.devices[3]!.fingerprint, publicLine(newSigner())].map(
    each => (old: unknown) => (typeof old === 'string' ? each : old),
  ),
]

const read = (value: unknown) => {
  const { value: manifest } = readManifest({ path: 'keys.yaml', text: stringify(value) })
  return manifest?.draft
}

test('every difference from the manifest before is described, and nothing else', () => {
  const before = read(all)!
  let tried = 0
  for (const path of placesOf(all).slice(1)) {
    for (const edit of edits) {
      const after = read(changed(all, path, edit))
      if (!after) continue
      const isSame = JSON.stringify(after) === JSON.stringify(before)
      for (const changes of [compareManifests(before, after), compareManifests(after, before)]) {
        const descriptions = describeChanges(changes)
        expect([path.join('.'), descriptions.length > 0 && descriptions[0] !== nothingNew]).toEqual([
          path.join('.'),
          !isSame,
        ])
        expect(descriptions.join('\n')).not.toMatch(/undefined|\[object/)
      }
      if (!isSame) tried++
    }
  }
  expect(tried).toBeGreaterThan(60)
})

test('a change is described with both values', () => {
  const before = read(all)!
  const { name, fingerprint } = vectors.devices[0]!
  const told = (path: Path, value: unknown) =>
    describeChanges(compareManifests(before, read(changed(all, path, () => value))!))
  const device = ['accounts', 0, 'devices', 0]
  expect(told([...device, 'verified'], { on: '2026-05-01', how: 'server' })).toEqual([
    `changed the entry of ${name} (1204387561) of press@example.org: verified 2026-05-01, on-device, now 2026-05-01, server`,
  ])
  expect(told([...device, 'fingerprint'], vectors.devices[3]!.fingerprint)[0]).toContain(
    `replaced the key of ${name} (1204387561) of press@example.org: ${fingerprint.slice(0, 8)} `,
  )
  expect(told(['validUntil'], '2028-01-01')).toEqual(['valid until 2028-01-01, before until 2027-11-21'])
  expect(told(['signer'], 'eve@example.org')).toEqual([
    'signed as eve@example.org, before as press@example.org',
  ])
  expect(told(['signers', 1], undefined)[0]).toMatch(/^took away the recovery key “safe”, SHA256:/)
  expect(told([...device, 'verified'], undefined)).toEqual([
    'took back the verification of phone (1204387561) of press@example.org',
  ])
})
