import { webAddress, type Kind } from '../../core/value-kinds.ts'

/** Who writes a site: the author of each page that names no other. */
export interface SiteAuthor {
  readonly name?: string | undefined
  readonly email?: string | undefined
  /** The page about the author: absolute, or from the root of the site. */
  readonly url?: string | undefined
  /** A picture: an address as `url` is. */
  readonly photo?: string | undefined
  /** The account of the Fediverse, `@name@host`. */
  readonly fediverse?: string | undefined
  /** Addresses elsewhere that are the same person: `rel="me"`. */
  readonly profiles?: readonly string[] | undefined
  /** Templates see every further field. */
  readonly [field: string]: unknown
}

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== ''

const isAddress = (value: unknown) =>
  typeof value === 'string' && /^(?:https?:\/\/|\/|mailto:)/.test(value) && URL.canParse(value, 'https://a')

const ACCOUNT = /^@?[\w.-]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/i

const fields: Readonly<Record<string, readonly [accepts: (value: unknown) => boolean, expected: string]>> = {
  name: [isText, 'text'],
  email: [isText, 'an e-mail address'],
  url: [isAddress, 'an address such as /about/ or https://example.org/'],
  photo: [isAddress, 'an address such as /portrait.jpg'],
  fediverse: [
    value => typeof value === 'string' && ACCOUNT.test(value),
    'an account such as @me@example.org',
  ],
  profiles: [
    value => Array.isArray(value) && value.every(each => webAddress.accepts(each)),
    'a list of addresses such as https://example.org/@me',
  ],
}

const text = { type: 'string', pattern: '\\S' }

export const siteAuthor: Kind = {
  expected: 'an object such as { name, email, url, photo, fediverse, profiles }',
  jsonSchema: {
    type: 'object',
    properties: {
      name: text,
      email: text,
      url: { type: 'string', pattern: '^(https?://|/|mailto:)' },
      photo: { type: 'string', pattern: '^(https?://|/|mailto:)' },
      fediverse: { type: 'string', pattern: '^@?[A-Za-z0-9_.-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+$' },
      profiles: { type: 'array', items: webAddress.jsonSchema },
    },
  },
  accepts: value => faultOf(value) === undefined,
  why: faultOf,
}

function faultOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is no object'
  for (const [name, [accepts, expected]] of Object.entries(fields)) {
    const written = (value as Record<string, unknown>)[name]
    if (written !== undefined && !accepts(written)) return `${name} is ${expected}`
  }
  return undefined
}

/** `@me@example.org`, as `fediverse:creator` has it. */
export const fediverseAccount = (written: string): string =>
  written.startsWith('@') ? written : `@${written}`
