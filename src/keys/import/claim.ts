/** What one place says of a key: nobody has compared it with a device yet. */
export interface Claim {
  /** Where it stands, in words: a page, a picture of it, a server. */
  readonly source: string
  /** What was named: the page of a picture. */
  readonly page: string
  /** In what form it stands there; a list is one of a server or a manifest. */
  readonly form: 'link' | 'code' | 'text' | 'list'
  /** Normalised, as `normalizeJid` gives it. */
  readonly jid?: string | undefined
  readonly id?: number | undefined
  /** 64 lower-case hexadecimal digits, as `ed25519`; of a curve, both. */
  readonly fingerprint: string
  readonly ed25519?: string | undefined
  /** Monocles’ second key of the same device. */
  readonly pq?: string | undefined
  readonly name?: string | undefined
  readonly client?: string | undefined
}

/** All that is read of one place. */
export interface ReadSource {
  readonly claims: readonly Claim[]
  /** Sixty-four digits that are no key. */
  readonly broken: readonly { readonly source: string; readonly digits: string }[]
  /** Addresses that it links to, with keys or without. */
  readonly jids: readonly string[]
  /** What could not be read, each in a sentence without a full stop. */
  readonly unread: readonly string[]
}

export const nothingRead: ReadSource = { claims: [], broken: [], jids: [], unread: [] }

export const joinSources = (sources: readonly ReadSource[]): ReadSource => ({
  claims: sources.flatMap(({ claims }) => claims),
  broken: [
    ...new Map(
      sources.flatMap(({ broken }) => broken.map(each => [`${each.digits} ${each.source}`, each] as const)),
    ).values(),
  ],
  jids: [...new Set(sources.flatMap(({ jids }) => jids))],
  unread: [...new Set(sources.flatMap(({ unread }) => unread))],
})

/** “a link of keys.html”. */
export const placeOf = ({ source, form }: Pick<Claim, 'source' | 'form'>): string =>
  form === 'list' ? source : `${form === 'text' ? 'the text' : `a ${form}`} of ${source}`
