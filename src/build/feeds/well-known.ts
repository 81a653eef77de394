import type { Config } from '../../config/config.ts'
import { withBase } from '../../config/base-path.ts'
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

/**
 * What a host is to send with every page, in the form that Netlify, Cloudflare Pages and others read: everything from
 * this site alone, nothing inline, no framing by others.
 */
export const headers = ({ site }: Config): string => `${withBase(site.url, '/*')}
  Content-Security-Policy: ${POLICY.join('; ')}
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Cross-Origin-Opener-Policy: same-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=()
`

const POLICY = [
  "default-src 'none'",
  ...['connect', 'font', 'img', 'manifest', 'media', 'script', 'style'].map(kind => `${kind}-src 'self'`),
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
]
