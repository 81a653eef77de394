import type { Code } from '../../core/codes.ts'
import { inGroups } from '../identity/fingerprint.ts'
import { normalizeJid } from '../identity/link.ts'
import type { ManifestDraft } from '../manifest/manifest.ts'
import type { Claim, ReadSource } from './claim.ts'
import { completed, distinct, findDisputes, groupByKey, type KeyGroup } from './disputes.ts'

/** A device that all who speak of it agree on. */
export interface AgreedDevice {
  readonly jid: string
  readonly id: number
  readonly fingerprint: string
  readonly ed25519?: string | undefined
  readonly pq?: string | undefined
  readonly name?: string | undefined
  readonly client?: string | undefined
  /** Every place that says so, in words. */
  readonly places: readonly string[]
}

interface Problem {
  readonly code: Extract<Code, `devices/${string}`>
  readonly message: string
  readonly hint: string
}

export interface Merged {
  /** Of none of which anything is disputed, and that the manifest lacks. */
  readonly fresh: readonly AgreedDevice[]
  /** What the manifest has already, as it was read. */
  readonly known: readonly AgreedDevice[]
  readonly problems: readonly Problem[]
}

export interface MergeOptions {
  /** Whose the devices are of which nobody says it, where there is one account only. */
  readonly jid?: string | undefined
  /** The id of the one device of which nobody says it. */
  readonly id?: number | undefined
}

const theManifest = 'the manifest'

/**
 * Lays everything together that was read, and what the manifest says: a device that two places tell differently is told of and not
 * chosen, and neither of its versions is given.
 */
export function mergeClaims(
  read: ReadSource,
  draft: ManifestDraft | undefined,
  options: MergeOptions = {},
): Merged {
  const own = claimsOfDraft(draft)
  const claims = [...own, ...read.claims]
  const named = (draft?.accounts ?? []).map(({ jid }) => normalizeJid(jid))
  const jids = distinct([...claims.map(({ jid }) => jid), ...read.jids, ...named])
  const usual =
    options.jid === undefined ? (jids.length === 1 ? jids[0] : undefined) : normalizeJid(options.jid)
  const groups = groupByKey(claims).map(group => completed(group, usual, options.id))
  const disputes = findDisputes(groups, read.broken)
  const disputed = new Set(disputes.flatMap(({ keys }) => keys))
  const [fresh, known]: [AgreedDevice[], AgreedDevice[]] = [[], []]
  const problems: Problem[] = disputes.map(({ message }) => ({
    code: 'devices/disagreement',
    message,
    hint: 'look at the device itself; correct the place that is wrong, or name only the one that is right, and read again',
  }))
  for (const group of groups) {
    const isKnown = group.places.includes(theManifest)
    const places = group.places.filter(place => place !== theManifest)
    if (disputed.has(group.fingerprint) || places.length === 0) continue
    const [jid, id] = [group.jids[0], group.ids[0]]
    if (jid === undefined || id === undefined) problems.push(describeLack(group, jid, id, jids))
    else (isKnown ? known : fresh).push({ ...group, jid, id, places })
  }
  const undisputed = read.claims.filter(({ fingerprint }) => !disputed.has(fingerprint))
  return { fresh, known, problems: [...problems, ...findGaps(undisputed)] }
}

const claimsOfDraft = (draft: ManifestDraft | undefined): readonly Claim[] =>
  (draft?.accounts ?? []).flatMap(({ jid, devices }) =>
    devices.map(({ id, fingerprint, ed25519, pq }) => ({
      source: theManifest,
      page: theManifest,
      form: 'list' as const,
      jid: normalizeJid(jid),
      id,
      fingerprint,
      ed25519,
      pq,
    })),
  )

function describeLack(
  { fingerprint, places }: KeyGroup,
  jid: string | undefined,
  id: number | undefined,
  jids: readonly string[],
): Problem {
  const lacking = [
    ...(jid === undefined ? ['whose'] : []),
    ...(id === undefined ? ['of which device id'] : []),
  ]
  const whose = jid ?? jids[0] ?? 'you@example.org'
  const hint = `name ${lacking.length === 2 ? 'both' : 'it'}: imprimatur keys add ${whose} '${inGroups(fingerprint)}'${id === undefined ? ' --id N' : ''}; clients have the id in the link that they share, behind omemo-sid-`
  return {
    code: 'devices/incomplete',
    message: `${placesOf(places)} has a key and nothing says ${lacking.join(' and ')} it is\n    ${inGroups(fingerprint)}`,
    hint,
  }
}

const placesOf = (places: readonly string[]) => {
  const all = places.join(', ')
  return all.charAt(0).toUpperCase() + all.slice(1)
}

/** A device that is in the links of a page and not in its text: whoever wrote the page forgot one of the two. */
function findGaps(claims: readonly Claim[]): readonly Problem[] {
  const pages = distinct(claims.map(claim => claim.page))
  return pages.flatMap(page => {
    const mine = claims.filter(claim => claim.page === page)
    const forms = distinct(mine.map(({ form }) => form))
    return distinct(mine.map(({ fingerprint }) => fingerprint)).flatMap((key): readonly Problem[] => {
      const having = forms.filter(form =>
        mine.some(claim => claim.form === form && claim.fingerprint === key),
      )
      const lacking = forms.filter(form => !having.includes(form))
      if (lacking.length === 0) return []
      return [
        {
          code: 'devices/gap',
          message: `${page} has a key in its ${inWords(having)} and not in its ${inWords(lacking)}\n    ${inGroups(key)}`,
          hint: 'was it forgotten, or is it a device that is gone?',
        },
      ]
    })
  })
}

const words: Readonly<Record<Claim['form'], string>> = {
  link: 'links',
  code: 'codes',
  text: 'text',
  list: 'list',
}

const inWords = (forms: readonly Claim['form'][]) => forms.map(form => words[form]).join(' and ')
