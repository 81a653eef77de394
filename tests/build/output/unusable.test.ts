import { expect, test } from 'vitest'
import { unusable } from '../../../src/build/output/output-folder.ts'

test('what the system says of the output folder is reported, and a fault of the program is thrown on', () => {
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
  expect(unusable('docs', full)).toMatchObject({
    code: 'output/write',
    hint: expect.stringContaining('room') as string,
  })
  for (const fault of [new TypeError('x is not a function'), new RangeError('Invalid string length')])
    expect(() => unusable('docs', fault)).toThrow(fault)
  const misused = Object.assign(new TypeError('path'), { code: 'ERR_INVALID_ARG_TYPE' })
  expect(() => unusable('docs', misused)).toThrow(misused)
})
