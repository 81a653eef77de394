import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readModules } from '../../../tools/house.ts'
import { fix, lint } from '../../../src/index.ts'
import { repository } from '../../program.ts'
import { pathsOf } from '../../tree.ts'

/*
 * A call has room for some hundred thousand arguments; a list that a text has made may be longer.
 */

interface Callee {
  readonly property?: { readonly name?: string }
}

test('no list is spread into the arguments of a method that takes any number: core/lists/ has what does the same', () => {
  const source = join(repository, 'src')
  const modules = readModules(
    source,
    pathsOf(source).filter(path => !path.startsWith('dev/client/')),
  )
  const spread = modules.flatMap(({ path, nodes, text }) =>
    nodes.flatMap(({ type, callee, arguments: args, start, end }) => {
      const { name = '' } = (callee as Callee | undefined)?.property ?? {}
      if (type !== 'CallExpression' || !/^(?:push|unshift|max|min|concat|of|fromCharCode)$/.test(name))
        return []
      const isSpread = (args as readonly { readonly type: string }[]).some(
        each => each.type === 'SpreadElement',
      )
      return isSpread ? [`${path}: ${text.slice(start as number, end as number)}`] : []
    }),
  )
  expect(modules.length).toBeGreaterThan(300)
  expect(spread).toEqual([])
})

test.runIf(process.env.SIEGE === 'long')('a page with 200,000 findings is linted, and set', async () => {
  const file = { path: 'a.md', text: 'a "b" - c d...\n'.repeat(60_000) }
  const found = await lint([file])
  expect(found.length).toBeGreaterThan(200_000)
  expect((await fix(file, found)).value?.text).toContain('“b”')
})
