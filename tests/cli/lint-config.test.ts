import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { imprimatur, type JsonReport } from '../program.ts'
import type { Files } from '../tree.ts'

const both = '---\nlang: en\n---\n\nI was in a box...\n\n<!-- lang: ru -->\n\nвчера был в лесу\n'

const withLint = (lint: object, files: Files = { 'pages/a.md': both }): string =>
  folderWith({ 'imprimatur.config.json': JSON.stringify({ lint }), ...files })

/** What `--fix` would make of a text that is piped in. */
async function fixed(text: string, lint: object, ...args: readonly string[]): Promise<string> {
  const cwd = withLint(lint, { 'pages/x.md': '' })
  const run = await imprimatur(['lint', '--stdin', '--fix', ...args], { cwd, stdin: text })
  expect(run.stderr).not.toContain('config/')
  return run.stdout
}

async function errors(cwd: string, ...args: readonly string[]) {
  const { code, stdout, stderr } = await imprimatur(['lint', ...args, '--format', 'json'], { cwd })
  const { diagnostics } = JSON.parse(stdout || stderr) as JsonReport
  return {
    code,
    messages: diagnostics.map(({ code: own, message, hint }) => `${own} ${message} → ${hint}`).join('\n'),
  }
}

const short = 'common/nbsp/afterShortWord'

describe('levels, in the configuration and with --rule', () => {
  const front = '---\nlang: en\n---\n\n'
  const text = 'in a box...\n\n<!-- lang: ru -->\n\nбыл в лесу...\n'
  const cases: readonly (readonly [rules: Record<string, string>, result: string])[] = [
    [{}, 'in&nbsp;a&nbsp;box...\n\n<!-- lang: ru -->\n\nбыл в&nbsp;лесу...\n'],
    [
      { 'common/punctuation/hellip': 'warn' },
      'in&nbsp;a&nbsp;box…\n\n<!-- lang: ru -->\n\nбыл в&nbsp;лесу…\n',
    ],
    [{ 'common/nbsp/*': 'off' }, text],
    [
      { [`en:${short}`]: 'off', 'common/nbsp/beforeShortLastWord': 'off' },
      text.replace('в лесу', 'в&nbsp;лесу'),
    ],
    [
      { 'common/nbsp/*': 'off', [short]: 'warn' },
      'in&nbsp;a&nbsp;box...\n\n<!-- lang: ru -->\n\nбыл в&nbsp;лесу...\n',
    ],
    [
      { [short]: 'warn', 'common/nbsp/*': 'off', [`ru:${short}`]: 'off' },
      text.replace('in a box', 'in&nbsp;a&nbsp;box'),
    ],
    [{ 'ru:common/punctuation/hellip': 'warn', '*': 'off' }, text.replace('лесу...', 'лесу…')],
  ]
  test.each(cases)('%j', async (rules, result) => {
    expect(await fixed(front + text, { rules })).toBe(front + result)
    const options = Object.entries(rules).flatMap(([name, level]) => ['--rule', `${name}=${level}`])
    expect(await fixed(front + text, {}, ...options)).toBe(front + result)
    // Options of the call override the configuration, however narrow its override is.
    expect(await fixed(front + text, { rules }, '--rule', '*=off')).toBe(front + text)
  })

  test('a level for one language is also how much it weighs there', async () => {
    const cwd = withLint({ rules: { [`ru:${short}`]: 'error' } })
    const { stdout } = await imprimatur(['lint', '--format', 'json'], { cwd })
    const { diagnostics } = JSON.parse(stdout) as JsonReport
    const ties = diagnostics.filter(({ code }) => code === short)
    expect(ties.map(({ severity }) => severity)).toEqual(['warning', 'warning', 'warning', 'error'])
  })
})

describe('a rule that writes letters or digits needs fix: unsafe', () => {
  const rules = { 'common/number/fraction': 'warn' }

  test('without it the place is reported, and left to the author', async () => {
    const cwd = withLint({ rules }, { 'pages/a.md': 'Name, half 1/2 of, 1/4 of\n' })
    const { code, stdout } = await imprimatur(['lint', '--fix'], { cwd })
    expect([code, stdout]).toEqual([1, expect.stringContaining("with lint.fix: 'unsafe'")])
    expect(stdout).toContain('are for you to decide')
    expect((await imprimatur(['lint', '--diff'], { cwd })).stdout).toBe('')
  })

  test('with it, it is set', async () => {
    expect(await fixed('Name, 1/2 kilo\n', { rules, fix: 'unsafe' })).toBe('Name, ½ kilo\n')
  })

  test('without it letters that stand for a sign are', async () => {
    const signs = { 'common/symbols/copy': 'warn', 'common/number/times': 'warn' }
    expect(await fixed('Name (tm), 2x3 kilos\n', { rules: signs })).toBe('Name ™, 2×3 kilos\n')
  })
})

describe('settings', () => {
  test.each([
    [{ [short]: { lengthShortWord: 1 } }, 'in a&nbsp;big box there.\n'],
    [{ [short]: { lengthShortWord: 3 } }, 'in&nbsp;a&nbsp;big&nbsp;box&nbsp;there.\n'],
    [{ 'common/nbsp/beforeShortLastWord': { lengthLastWord: 5 } }, 'in&nbsp;a&nbsp;big box&nbsp;there.\n'],
  ])('%j', async (settings, result) => {
    expect(await fixed('in a big box there.\n', { settings })).toBe(result)
  })

  test.each([
    [{ 'common/nbsp/dpi': { a: 1 } }, 'has nothing to set'],
    [{ [short]: { lengthShortWords: 1 } }, 'did you mean “lengthShortWord”?'],
    [{ [short]: { lengthShortWord: '1' } }, 'it must be a whole number from 1'],
    [{ [`${short}s`]: {} }, `“${short}”`],
    [{ [short]: 1 }, 'it must be names'],
  ])('%j is refused: %s', async (settings, why) => {
    const { code, messages } = await errors(withLint({ settings }))
    expect([code, messages]).toEqual([2, expect.stringContaining(why)])
  })
})

describe('words', () => {
  test.each([
    [{ keep: ['box of 5 S'] }, 'a box of 5 S of it\n', 'a&nbsp;box of 5 S&nbsp;of&nbsp;it\n'],
    [{ keep: ['don\'t "so"'] }, 'I don\'t "so", it\'s "so"\n', 'I&nbsp;don\'t "so", it’s “so”\n'],
    [{ keep: ['of it'] }, 'one of\nit, and of it\n', 'one of\nit, and of it\n'],
    [{ tie: ['each'] }, 'each thing\n', 'each&nbsp;thing\n'],
    [{ free: ['US'] }, 'the US army in war\n', 'the US army in&nbsp;war\n'],
  ])('%j: %j', async (words, text, result) => {
    expect(await fixed(text, { words })).toBe(result)
  })
})

describe('replace', () => {
  const why = 'our house says so'

  test('what changes no letter is set, with its reason', async () => {
    expect(await fixed('one -> two\n', { replace: [['->', '→', why]] })).toBe('one → two\n')
    const cwd = withLint({ replace: [['->', '→', why]] }, { 'pages/a.md': 'one -> two `->`\n' })
    const { stdout } = await imprimatur(['lint', '--verbose'], { cwd })
    expect(stdout).toContain('replace/1')
    expect(stdout).toContain(why)
  })

  test('letters, too, for the author has written them', async () => {
    const replace = [['\\b(T)he Net\\b', '$1he net', why]]
    expect(await fixed('The Net here\n', { replace })).toBe('The net here\n')
  })

  test('it has a code, as every rule: to be switched off, or in a comment', async () => {
    const lint = { replace: [['->', '→', why]], rules: { 'en:replace/1': 'off' } }
    expect(await fixed('one -> two\n', lint)).toBe('one -> two\n')
    const text = '<!-- typography-next-line off: replace/1, as it is -->\none -> two\n'
    expect(await fixed(text, { replace: [['->', '→', why]] })).toBe(text)
  })

  test.each([
    [[['(', 'x', why]], 'Unterminated group'],
    [[['x*', 'x', why]], 'matches nothing at all'],
    [[['x', 'y']], "['pattern', 'replacement', 'why']"],
  ])('%j is refused: %s', async (replace, reason) => {
    const { code, messages } = await errors(withLint({ replace }))
    expect([code, messages]).toEqual([2, expect.stringContaining(reason)])
  })
})

describe('overrides', () => {
  const overrides = [
    { files: 'pages/poems/**', rules: { [short]: 'off' }, noBreakSpace: 'character' },
    { files: ['pages/poems/old/*', '*.txt'], rules: { '*': 'off' }, words: { keep: ['in a'] } },
  ]

  test('are for the pages that meet a pattern, the later ones on top', async () => {
    const text = "It's in a box.\n"
    const files = { 'pages/a.md': text, 'pages/poems/b.md': text, 'pages/poems/old/c.md': text }
    const cwd = withLint({ overrides }, files)
    for (let run = 0; run < 2; run++) {
      const { stdout } = await imprimatur(['lint', '--format', 'concise'], { cwd })
      expect(stdout).toContain(`pages/a.md:1:8: ${short}`)
      expect(stdout).toContain('pages/poems/b.md:1:3: common/punctuation/apostrophe')
      expect(stdout).not.toContain('pages/poems/b.md:1:8')
      expect(stdout).not.toContain('old/c.md')
    }
    expect(
      (
        await imprimatur(['build', '--typography', 'fix'], {
          cwd: withLint({ overrides }, { ...files, 'layouts/default.ejs': '<%- body %>' }),
        })
      ).code,
    ).toBe(0)
  })

  test.each([
    [[{ rules: {} }], 'it has no “files”'],
    [[{ files: 'a', ruels: {} }], 'it has “ruels”'],
    [[{ files: 'a', rules: { x: 'of' } }], '“rules” must be'],
    [[{ files: 'a', rules: { 'common/nbsp/dpis': 'off' } }], 'lint.overrides for a: there is no rule'],
  ])('%j is refused: %s', async (wrong, why) => {
    const { code, messages } = await errors(withLint({ overrides: wrong }))
    expect([code, messages]).toEqual([2, expect.stringContaining(why)])
  })
})

describe('extends', () => {
  const text = 'in a box...\n'

  test.each([
    ['./shared/typography.json', JSON.stringify({ rules: { 'common/nbsp/*': 'off' } })],
    ['./shared/typography.mjs', "export default { rules: { 'common/nbsp/*': 'off' } }"],
    ['./shared/typography.ts', "export default { rules: { 'common/nbsp/*': 'off' as const } }"],
  ])('a path: %s', async (path, module) => {
    const lint = { extends: path, rules: { 'common/punctuation/hellip': 'warn' } }
    const cwd = withLint(lint, { 'pages/a.md': '', [path.slice(2)]: module })
    const run = await imprimatur(['lint', '--stdin', '--fix'], { cwd, stdin: text })
    expect(run.stdout).toBe('in a box…\n')
  })

  test.each([
    [{ main: 'index.json' }, 'index.json'],
    [{ type: 'module', exports: './index.js' }, 'index.js'],
    [{ type: 'module', exports: { import: './index.js' } }, 'index.js'],
  ])('a package: %j', async (facts, file) => {
    const lint = { rules: { 'common/nbsp/*': 'off' }, extends: ['./base.json'] }
    const cwd = withLint(
      { extends: 'house-style' },
      {
        'pages/a.md': '',
        'node_modules/house-style/package.json': JSON.stringify({
          name: 'house-style',
          version: '1.0.0',
          ...facts,
        }),
        [`node_modules/house-style/${file}`]: `${file.endsWith('.json') ? '' : 'export default '}${JSON.stringify(lint)}`,
        'node_modules/house-style/base.json':
          '{"rules":{"common/punctuation/hellip":"warn","common/nbsp/*":"warn"}}',
      },
    )
    const run = await imprimatur(['lint', '--stdin', '--fix'], { cwd, stdin: text })
    expect([run.stdout, run.stderr]).toEqual(['in a box…\n', ''])
  })

  test.each([
    [{ extends: './none.json' }, {}, 'there is no such file or package'],
    [{ extends: 'no-such-package' }, {}, 'there is no such file or package'],
    [{ extends: './a.json' }, { 'a.json': '{' }, 'a.json'],
    [{ extends: './a.json' }, { 'a.json': '{"ruels":{}}' }, '“lint.ruels” is no key'],
    [
      { extends: './a.json' },
      { 'a.json': '{"rules":{"x/y":"off"}}' },
      'extends ./a.json: there is no rule “x/y”',
    ],
    [{ extends: './a.json' }, { 'a.json': '{"extends":"./a.json"}' }, 'it extends itself'],
  ])('%j with %j is refused: %s', async (lint, files, why) => {
    const { code, messages } = await errors(withLint(lint, { 'pages/a.md': '', ...files }))
    expect([code, messages]).toEqual([2, expect.stringContaining(why)])
  })
})

test('a preset is chosen, and an unknown one refused', async () => {
  expect(await fixed('up to us to do it again\n', { preset: 'book' })).not.toContain('to&nbsp;us')
  expect((await errors(withLint({ preset: 'bok' }))).code).toBe(2)
})

describe('a wrong name gets the nearest right one', () => {
  test.each([
    ['common/punctuation/helip', 'did you mean “common/punctuation/hellip”?'],
    ['common/punctuation/quotes', 'did you mean “common/punctuation/quote”?'],
    ['common/nbsp/afterShortWords', `did you mean “${short}”?`],
    ['ru/nbsp/afterShortWord', `did you mean “${short}”?`],
    ['afterShortWord', `did you mean “${short}”`],
    ['common/nbsp', 'for all of them write “common/nbsp/*”'],
    ['xx:common/nbsp/dpi', 'There are no rules for the language “xx”'],
    ['common/html/p', 'cannot be turned on: it writes or takes away markup'],
  ])('%s', async (name, hint) => {
    for (const { code, messages } of [
      await errors(withLint({ rules: { [name]: 'warn' } })),
      await errors(withLint({}), '--rule', `${name}=warn`),
    ]) {
      expect(code).toBe(2)
      expect(messages.toLowerCase()).toContain(hint.toLowerCase())
    }
  })

  test('and none where nothing is near', async () => {
    const { messages } = await errors(withLint({ rules: { 'common/punctuation/zzzzzz': 'warn' } }))
    expect(messages).not.toContain('did you mean')
  })
})

describe('rules', () => {
  const rules = async (lint: object, ...args: readonly string[]) =>
    (await imprimatur(['rules', ...args], { cwd: withLint(lint) })).stdout

  test('lists what is on and why: default, configuration, extended section, override', async () => {
    const cwd = withLint(
      {
        extends: './shared.json',
        rules: { [`en:${short}`]: 'off', 'common/punctuation/hellip': 'warn' },
        overrides: [{ files: 'pages/poems/**', rules: { 'imprimatur/line-end': 'off' } }],
      },
      { 'shared.json': '{"rules":{"ru/nbsp/*":"error"}}' },
    )
    const { stdout } = await imprimatur(['rules'], { cwd })
    const line = (code: string) => stdout.split('\n').find(each => each.includes(`  ${code} `))
    expect(line('common/punctuation/quote')).not.toContain('by ')
    expect(line(short)).toContain('warn, off in en by lint.rules')
    expect(line('common/punctuation/hellip')).toContain('(warn by lint.rules)')
    expect(line('ru/nbsp/see')).toContain('error by extends ./shared.json')
    expect(line('imprimatur/line-end')).toContain('by lint.overrides for pages/poems/**')
    expect(line('common/number/fraction')).toContain("needs fix: 'unsafe'")
    expect(line('common/symbols/copy')).not.toContain('unsafe')
    expect(stdout.indexOf('common/symbols/copy')).toBeGreaterThan(stdout.indexOf('Off, until'))
    expect(stdout.indexOf('common/punctuation/hellip')).toBeLessThan(stdout.indexOf('Off, until'))
    expect(line('common/html/p')).toContain('markup')
    expect((await imprimatur(['rules', short], { cwd })).stdout).toContain('lengthShortWord')
    expect(await rules({}, 'common/punctuation/quote')).toContain('warn (by default, preset typograf)')
  })

  test('a part of a name finds', async () => {
    const found = await rules({}, 'nbsp')
    expect(found).toContain('common/nbsp/afterShortWord ')
    expect(found).toContain('ru/nbsp/addr ')
    expect(found).not.toContain('punctuation')
    expect(await rules({}, 'ru/dash/*')).toContain('ru/dash/to ')
    expect(await rules({}, 'common/html/p')).toContain('cannot be turned on')
  })
})
