import { describe, expect, test } from 'vitest'
import { admitClient, hostHeaders } from '../../../src/dev/server/headers.ts'

const file = `# of the whole site
/*
  Content-Security-Policy: default-src 'none'; img-src 'self'
  X-Frame-Options: DENY
  Cache-Control: max-age=31536000
  Bad Name: x
  X-Bad: \u0001

/posts/:year/*
  Link: </a.css>; rel=preload
  Link: </b.css>; rel=preload
/posts/2026/
  ! X-Frame-Options
/a.b
  X-Only: a.b
`

test.each([
  ['/', {}],
  ['/posts/2026', {}],
  ['/axb', {}],
  ['/a.b', { 'x-only': 'a.b' }],
  ['/posts/2026/x/', { link: '</a.css>; rel=preload, </b.css>; rel=preload' }],
])('%s gets what a host sends, and nothing that this server decides', (path, more) => {
  const all = { 'content-security-policy': "default-src 'none'; img-src 'self'", 'x-frame-options': 'DENY' }
  expect(hostHeaders(file, path)).toEqual({ ...all, ...more })
})

test('a rule can take a header away', () => {
  expect(Object.keys(hostHeaders(file, '/posts/2026/'))).toEqual(['content-security-policy', 'link'])
})

describe('the client is admitted, and nothing else', () => {
  test.each([
    ["default-src 'self'", "default-src 'self'"],
    ["img-src 'none'", "img-src 'none'"],
    ["default-src 'none'", "default-src 'none'; script-src at/own/; style-src at/own/; connect-src at/own/"],
    [
      "Default-Src https:; script-src 'none'; script-src 'self'",
      'default-src https:; script-src at/own/; style-src https: at/own/; connect-src https: at/own/',
    ],
    [
      "script-src 'self'; script-src-elem 'sha256-x'; upgrade-insecure-requests",
      "script-src 'self'; script-src-elem 'sha256-x' at/own/",
    ],
    ["style-src 'none', script-src 'none'", 'style-src at/own/, script-src at/own/'],
  ])('%s', (policy, expected) => expect(admitClient(policy, 'at/own/')).toBe(expected))
})
