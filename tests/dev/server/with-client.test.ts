import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { withClient } from '../../../src/dev/server/with-client.ts'

test('the client stands before the last end of a body, whatever characters are before it, or at the end', () => {
  const part = fc.constantFrom(
    '</body>',
    '</BODY>',
    '</Body>',
    '</body >',
    '</',
    '<',
    'İ',
    'ẞ',
    'a',
    '\n',
    '</p>',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), parts => {
      const html = parts.join('')
      const [, before = html, after = ''] = /^([^]*)(<\/body>[^]*)$/i.exec(html) ?? []
      const made = withClient(html)
      expect(made.startsWith(`${before}<script type="module"`)).toBe(true)
      expect(made.endsWith(`</script>${after}`)).toBe(true)
    }),
  )
})
