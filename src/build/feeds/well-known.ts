import type { Config } from '../../config/config.ts'
import { withBase } from '../../config/base-path.ts'
import { writePolicy, type Policy } from '../policy/policy.ts'
import { internetTime } from '../../core/dates.ts'
import { canonicalLanguage } from '../../core/value-kinds.ts'

/** Robots may see everything; whoever wants it otherwise writes pages/robots.txt. */
export const robots = ({ site }: Config): string => `User-agent: *
Allow: /

Sitemap: ${site.url}/sitemap.xml
`

/** RFC 9116, from the configuration's `security`; nothing when nobody is to be written to. */
export function securityText({ security, site }: Config): string | undefined {
  const { contact, expires, policy, encryption, acknowledgments, languages } = security
  if (contact === undefined || expires === undefined) return undefined
  const fields = [
    ...[contact].flat().map(each => ['Contact', each]),
    ['Expires', internetTime(expires)],
    ['Encryption', encryption],
    ['Acknowledgments', acknowledgments],
    ['Preferred-Languages', languages?.map(canonicalLanguage).join(', ')],
    ['Canonical', `${site.url}/.well-known/security.txt`],
    ['Policy', policy],
  ]
  return fields.map(([name, value]) => (value === undefined ? '' : `${name}: ${value}\n`)).join('')
}

/** The file that says what a host is to send along. */
export const HEADERS = '_headers'

/** What a host is to send with every page, in the form that Netlify, Cloudflare Pages and others read. */
export const headers = ({ site }: Config, policy: Policy | undefined): string => `${withBase(site.url, '/*')}
${policy ? `  Content-Security-Policy: ${writePolicy(policy)}\n` : ''}  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=()
`
