import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bundle } from '../../tools/bundle.ts'
import { readModules } from '../../tools/house.ts'
import { describeRule, fix, lint, placeOf } from '../../src/linter.ts'
import { folderWith } from '../folder.ts'
import { repository } from '../program.ts'
import { pathsOf } from '../tree.ts'
import { bundleLinter, differing, lintByCommand, lintInBareContext } from './compare.ts'
import { sampleTexts } from './texts.ts'

describe('nothing that it imports, in a browser, is a module of Node', () => {
  const src = join(repository, 'src')
  const modules = new Map(readModules(src, pathsOf(src)).map(module => [module.path, module]))

  /** Every module and package that an import leads to, `#runtime` to what it is outside Node. */
  function closureOf(entry: string): ReadonlySet<string> {
    const reached = new Set([entry])
    for (const path of reached) {
      for (const name of modules.get(path)?.imports ?? [])
        reached.add(name === '#runtime' ? 'document/runtime/web.ts' : name)
    }
    return reached
  }

  test('its own modules', () => {
    const reached = [...closureOf('linter.ts')]
    expect(reached).toEqual(
      expect.arrayContaining(['lint/rules/rules.ts', 'document/field-syntax.ts', 'yaml']),
    )
    expect(reached.filter(name => name.startsWith('node:'))).toEqual([])
    // That the walk would find one.
    expect([...closureOf('index.ts')]).toContain('node:fs')
  })

  test('and those of packages: a bundle is one file that nothing is missing from', async () => {
    const folder = folderWith({
      'a.mjs': "import { readFileSync } from 'node:fs'\nexport const a = readFileSync\n",
    })
    await expect(bundle(join(folder, 'a.mjs'))).rejects.toThrow('node:fs')
    await expect(bundleLinter()).resolves.toMatch(/^var linter=/)
  })
})

test('in a bundle, where there is nothing but the language, it finds and fixes what the command line does', async () => {
  const texts = sampleTexts()
  expect(Object.keys(texts).length).toBeGreaterThan(1500)
  const linted = lintInBareContext(await bundleLinter(), texts)
  expect(Object.values(linted).flatMap(({ found }) => found).length).toBeGreaterThan(3000)
  expect(differing(linted, await lintByCommand(texts))).toEqual([])
})

describe('the interface', () => {
  test('findings have their places in UTF-16 code units, and their edits', () => {
    const text = '😀 in a box'
    const [found] = lint(text, { lang: 'en' })
    expect(found).toMatchObject({
      code: 'common/nbsp/afterShortWord',
      severity: 'warning',
      span: [5, 6],
      file: { path: 'text.md', text },
      fix: { safe: true, edits: [{ span: [5, 6], text: '&nbsp;' }] },
    })
    expect(placeOf('a\r\n😀b', 5)).toEqual({ line: 2, column: 3 })
  })

  test('a text is fixed, and what is left for its author has places in what it is now', () => {
    const { text, diagnostics, withheld } = fix('in a "box" of сoal', {
      lang: 'en',
      noBreakSpace: 'character',
    })
    expect(text).toBe('in\u00A0a\u00A0“box” of\u00A0сoal')
    expect(diagnostics.map(({ code, span }) => [code, span && text.slice(...span)])).toEqual([
      ['imprimatur/homoglyph', 'с'],
    ])
    expect(withheld).toEqual([])
  })

  test('format and path say how a text is read, and settings by which rules', () => {
    const html = '<p title="a - b">in `a - b`</p>'
    expect(fix(html, { format: 'html' }).text).toBe(fix(html, { path: 'x.ejs' }).text)
    expect(fix(html).text).not.toBe(fix(html, { format: 'html' }).text)
    expect(fix('"в лес"', { path: 'a.ru.md' }).text).toBe('«в&nbsp;лес»')
    expect(lint('in a box', { rules: { 'common/nbsp/*': 'off' }, lang: undefined })).toEqual([])
  })

  test('a rule is described, and what is none is not', () => {
    expect(describeRule('common/nbsp/afterShortWord')).toMatchObject({ why: expect.any(String) as string })
    expect(describeRule('imprimatur/nothing')).toBeUndefined()
    expect(describeRule('__proto__')).toBeUndefined()
  })
})
