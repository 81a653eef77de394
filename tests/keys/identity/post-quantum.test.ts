import { describe, expect, test } from 'vitest'
import { compareText, type ListedDevice } from '../../../src/keys/identity/compare.ts'
import { deviceLink, invitationLink } from '../../../src/keys/identity/uri.ts'
import { compareManifests, describeChanges } from '../../../src/keys/manifest/changes.ts'
import { readManifest, type ManifestDraft } from '../../../src/keys/manifest/manifest.ts'
import { viewAccount } from '../../../src/keys/page/view.ts'
import { buildHistory, days, drafts, newSigner, vectors, verify } from '../signed-history.ts'
import { jid, listed } from './link-differential.ts'
import { models } from './link-models.ts'

/** A key of nobody’s, whose secret was never kept. */
const pq = '16fd53dc0f5cf9b4898bad5ac334d213799984d414dea66517d6802a5b9bb637'
const foreign = '98f0cac927cea353b69823b8f15e044d981c4493b496ac904d763528e366a53a'
const [phone, laptop] = listed.map((device, n): ListedDevice => (n === 0 ? { ...device, pq } : device)) as [
  ListedDevice,
  ListedDevice,
]
const link = deviceLink(jid, [phone, laptop])
const answer = (text: string) => compareText(text, [phone, laptop])

const withPq = (draft: string, key: string) =>
  draft.replace(vectors.devices[0]!.fingerprint, `$&\n        pq: '${key}'`)
const read = (draft: string) => readManifest({ path: 'keys.yaml', text: `version: 1\n${draft}` })

describe('in a manifest', () => {
  test('a post-quantum key is folded and checked as a fingerprint is', () => {
    const grouped = pq.toUpperCase().replace(/.{8}(?=.)/g, '$& ')
    expect(read(withPq(drafts[0], grouped)).value?.draft.accounts[0]?.devices[0]?.pq).toBe(pq)
    for (const [key, code] of [
      [pq.slice(1), 'keys/fingerprint'],
      [pq.replace(/.$/, 'f'), 'keys/curve'],
      [vectors.devices[1]!.fingerprint, 'keys/duplicate'],
      [vectors.devices[0]!.fingerprint, 'keys/duplicate'],
    ] as const) {
      expect(read(withPq(drafts[0], key)).diagnostics.map(each => each.code)).toEqual([code])
    }
  })

  test('its coming and its change are changes, and need a day of their own', () => {
    const [without, has, other] = [drafts[0], withPq(drafts[0], pq), withPq(drafts[0], foreign)].map(
      draft => read(draft).value!.draft,
    ) as [ManifestDraft, ManifestDraft, ManifestDraft]
    expect(describeChanges(compareManifests(without, has))[0]).toContain(': pq none, now 16fd53dc ')
    expect(describeChanges(compareManifests(has, other))[0]).toContain(': pq 16fd53dc ')
    const codes = (second: string) =>
      verify(buildHistory(newSigner(), [drafts[0], second], days.slice(0, 2))).diagnostics.map(
        each => each.code,
      )
    const later = (draft: string) => draft.replaceAll('on: 2026-05-01', 'on: 2026-07-01')
    const earlier = (draft: string) => draft.replaceAll('on: 2026-05-01', 'on: 2026-04-01')
    expect(codes(earlier(withPq(drafts[0], pq)))).toEqual(['keys/replaced'])
    expect(codes(later(withPq(drafts[0], pq)))).toEqual([])
  })
})

describe('in a link', () => {
  test('it stands behind all others, in an invitation, too', () => {
    const ends = (text: string, mark: string) =>
      expect(text.split(mark).at(-1)).toBe(`omemo-pq-sid-${phone.id}=${pq}`)
    ends(link, ';')
    ends(invitationLink(jid, [phone, laptop]), '&')
    expect(link.match(/omemo-pq-sid/g)).toHaveLength(1)
  })

  test('it is good with its device, and with no other, and as nothing else', () => {
    expect(answer(link).kind).toBe('listed')
    const item = `omemo-pq-sid-${phone.id}=${pq}`
    for (const [text, kind] of [
      [link.replace(item, `omemo-pq-sid-${laptop.id}=${pq}`), 'contradiction'],
      [link.replace(item, `omemo-pq-sid-${phone.id}=${foreign}`), 'unlisted'],
      [`${link};${item}`, 'contradiction'],
      [link.replace(item, item.replace('sid-', 'sid--')), 'contradiction'],
      [`xmpp:${jid}?omemo-sid-${phone.id}=${pq}`, 'contradiction'],
      [`xmpp:${jid}?omemo-pq-sid-${phone.id}=${phone.fingerprint}`, 'contradiction'],
      [`xmpp:${jid}?omemo-sid-${phone.id}=${phone.ed25519}`, 'contradiction'],
    ] as const) {
      expect([text, answer(text).kind]).toEqual([text, kind])
    }
  })

  test.each(Object.entries(models))('%s reads the other keys as before', (client, model) => {
    const [before, after] = [deviceLink(jid, listed.slice(0, 2)), link].map(model)
    expect(after?.keys).toEqual(before?.keys)
    expect(after?.opens).toBe(before?.opens)
    expect(after?.pq ?? []).toEqual(client === 'Monocles' ? [pq] : [])
  })

  test('the page has it in its links when it was compared, and not when only the server said it', () => {
    const device = { ...phone, verified: { on: '2026-11-20', how: 'on-device' } } as const
    const view = (how: 'on-device' | 'server') =>
      viewAccount({ jid, invitation: false, devices: [{ ...device, verified: { ...device.verified, how } }] })
    expect(view('on-device').link).toContain(pq)
    expect(view('server').link).not.toContain(pq)
  })
})

test('alone it is known, too', () => {
  const { kind, message } = answer(pq)
  expect([kind, message]).toEqual(['listed', expect.stringContaining('post-quantum encryption of Monocles')])
})
