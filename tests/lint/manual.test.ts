import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codes } from '../../src/core/codes.ts'
import { manualAddress } from '../../src/lint/rules/manual.ts'
import { optionalCodes, ruleCodes } from '../../src/lint/rules/rule-codes.ts'
import { repository } from '../program.ts'

const HOME = 'https://imprimatur.example.org'

test('every rule and every code has its address in the manual, at which it stands', () => {
  const all = [...ruleCodes, ...optionalCodes, ...Object.keys(codes)]
  const missing = all.filter(code => {
    const { pathname, hash } = new URL(manualAddress(code, HOME)!)
    return !readFileSync(join(repository, 'docs', pathname, 'index.html'), 'utf8').includes(
      `id="${hash.slice(1)}"`,
    )
  })
  expect(missing).toEqual([])
})

test('a code of somebody else has none, nor has any as long as the manual is nowhere', () => {
  expect(manualAddress('own/ellipsis', HOME)).toBeUndefined()
  expect(manualAddress('toString', HOME)).toBeUndefined()
  const { homepage } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    homepage?: string
  }
  expect(manualAddress('imprimatur/label')).toBe(homepage && `${homepage}/about/rules/#imprimatur/label`)
})
