import { address, day, either, languageTag, listOf, webAddress, type Kind } from '../../core/value-kinds.ts'

/** Whom to tell of a hole: RFC 9116. `/.well-known/security.txt` is made when both `contact` and `expires` are there. */
export interface SecurityConfig {
  /** `mailto:`, `https:` or `xmpp:` addresses. */
  readonly contact?: string | readonly string[] | undefined
  /** An ISO day or time, from which on nobody should rely on the rest. */
  readonly expires?: string | undefined
  readonly policy?: string | undefined
  readonly encryption?: string | undefined
  readonly acknowledgments?: string | undefined
  readonly languages?: readonly string[] | undefined
}

export const securityKinds: Readonly<Record<keyof SecurityConfig, Kind>> = {
  contact: either(address, listOf(address)),
  expires: day,
  policy: webAddress,
  encryption: address,
  acknowledgments: webAddress,
  languages: listOf(languageTag),
}
