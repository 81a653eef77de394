import { sample } from 'fast-check'
import { compareText, type ListedDevice } from '../../../src/keys/identity/compare.ts'
import { deviceLink, invitationLink, trustLink } from '../../../src/keys/identity/uri.ts'
import { vectors } from '../signed-history.ts'
import { models } from './link-models.ts'
import { mutatedLinks } from './link-mutations.ts'

export const jid = 'press@example.org'

/** Post-quantum keys of nobody’s, for the first two. */
const pqKeys = [
  '16fd53dc0f5cf9b4898bad5ac334d213799984d414dea66517d6802a5b9bb637',
  '98f0cac927cea353b69823b8f15e044d981c4493b496ac904d763528e366a53a',
]

/** The vectors; the third is revoked. */
export const listed: readonly ListedDevice[] = vectors.devices.map(
  ({ id, name, fingerprint, ed25519 }, n) => ({
    jid,
    id,
    name,
    fingerprint,
    ed25519,
    isRevoked: n === 2,
  }),
)

const published = listed.filter(({ isRevoked }) => !isRevoked)
/** Those of Monocles too have a post-quantum key; the links without one are tried as well. */
export const withPq: readonly ListedDevice[] = listed.map((device, n) => ({ ...device, pq: pqKeys[n] }))
const publishedPq = withPq.filter(({ isRevoked }) => !isRevoked)
const goodFor = (client: string) =>
  new Set(published.map(({ fingerprint, ed25519 }) => (client === 'Kaidan' ? ed25519 : fingerprint)))
const goodPq = new Set(publishedPq.map(({ pq }) => pq))

/** Somebody else’s: it is in no manifest. */
export const foreign = '1f'.repeat(32)

/** Every link that a page of these devices has. */
export const ownLinks: readonly string[] = [
  deviceLink(jid, published),
  ...published.map(device => deviceLink(jid, [device])),
  invitationLink(jid, published),
  deviceLink(jid, publishedPq),
  invitationLink(jid, publishedPq),
  deviceLink(jid, published).replace('?roster;', '?'),
  trustLink(
    jid,
    published.map(({ ed25519 }) => ed25519!),
    listed.filter(({ isRevoked }) => isRevoked).map(({ ed25519 }) => ed25519!),
  ),
]

/** What some client would take from a link that we call good, and should not: nothing, if all is well. */
export function whatEscapes(link: string): readonly string[] {
  if (compareText(link, withPq).kind !== 'listed') return []
  return Object.entries(models).flatMap(([client, read]) => {
    // White space around it is gone before a client sees it: a browser and a scanner remove it.
    const { jid: whose, keys, pq } = read(link.trim()) ?? { jid, keys: [], pq: [] }
    const wrong = [...keys.filter(key => !goodFor(client).has(key)), ...pq.filter(key => !goodPq.has(key))]
    const isAnothers = whose !== jid && keys.length > 0
    const whom = isAnothers ? [`${client} takes it for ${whose}: ${JSON.stringify(link)}`] : []
    return wrong.map(key => `${client} reads ${key} out of ${JSON.stringify(link)}`).concat(whom)
  })
}

export interface Differential {
  readonly links: number
  /** Of them, called good. */
  readonly good: number
  /** Of them, those out of which some model reads somebody else’s key: what there is to be caught. */
  readonly poisoned: number
  readonly escaped: readonly string[]
}

/** Compares so many mutated links; the same seed gives the same ones. */
export function compareLinks(count: number, seed: number): Differential {
  const links = sample(mutatedLinks(ownLinks, foreign), { numRuns: count, seed })
  const isPoisoned = (link: string) =>
    Object.values(models).some(read => {
      const { keys = [], pq = [] } = read(link) ?? {}
      return [...keys, ...pq].some(key => key.includes(foreign))
    })
  return {
    links: links.length,
    good: links.filter(link => compareText(link, withPq).kind === 'listed').length,
    poisoned: links.filter(isPoisoned).length,
    escaped: links.flatMap(whatEscapes),
  }
}
