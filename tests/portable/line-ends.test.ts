import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fix, lint } from '../../src/index.ts'
import { html } from '../build/built-site.ts'
import { repository } from '../program.ts'

const asWindows = (text: string) => text.replace(/\r?\n/g, '\r\n')
const own = join(repository, 'pages/about')
const pages = readdirSync(own)
  .filter(name => name.endsWith('.md'))
  .map(name => [name, readFileSync(join(own, name), 'utf8').replaceAll('&nbsp;', ' ')] as const)

const setAll = async (path: string, text: string) => {
  const file = { path, text }
  const { value } = await fix(file, await lint([file]))
  return value?.text
}

/** Git gives Windows such files unless it is told otherwise; an editor there may write them. */
test.each(pages)('%s is set alike with the line ends of Windows, and keeps them', async (path, text) => {
  const expected = await setAll(path, text)
  expect(expected).not.toBe(text)
  expect(await setAll(path, asWindows(text))).toBe(asWindows(expected ?? ''))
})

test('a page with the line ends of Windows is built alike', async () => {
  const page =
    '# One\n\nTwo  \nthree\n\n- a\n- b\n\n```js\nconst a = 1\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |\n'
  expect((await html(asWindows(page))).replaceAll('\r', '')).toBe(await html(page))
})
