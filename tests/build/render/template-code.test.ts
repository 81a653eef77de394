import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileTemplate, guard } from '../../../src/build/render/ejs.ts'

/** Code that could tell how EJS’s functions are declared is compiled as EJS does it: a comment is enough. */
const AS_EJS = '<%# eval %>'

const inherited = {
  __proto__: null,
  get computed() {
    return `computed ${String(this.page.title)}`
  },
  page: { title: 'T & "t"', n: 3, list: ['a', '<b>'] },
  body: '<p>body</p>',
  include: (name: string, data: object = {}) => `[${name} ${Object.keys(data).join(' ')}]`,
}

/** What a template makes of the same names, or where and how it fails. */
function outcome(text: string, own: object) {
  const locals = Object.assign(Object.create({ ...inherited, __proto__: null }) as object, own)
  const { value, diagnostics } = guard(() =>
    compileTemplate({ path: 'layouts/a.ejs', text }, 0).run(locals, 'pages/a.md'),
  )
  // What is assigned to a name that nobody has is global.
  for (const each of [...names, 'f']) Reflect.deleteProperty(globalThis, each)
  return {
    value,
    names: Object.keys(locals),
    failures: diagnostics.map(({ code, message, hint, span }) => ({ code, message, hint, span })),
  }
}

const names = ['page', 'body', 'computed', 'include', 'locals', 'x', 'y', 'missing', 'own']
const name = fc.constantFrom(...names)
const expression = fc.oneof(
  name,
  name.map(each => `typeof ${each}`),
  fc.constantFrom(
    'page.title',
    'page.none.n',
    'locals.missing',
    'page.list.map(x => x + page.n).join()',
    'include("p", { x: 1 })',
    'Symbol("s")',
    'undefined',
    '(() => { throw new Error("mine") })()',
    '[1, 2].map(function (x) { return this === undefined || x + y })',
    'Object.keys(locals).join()',
    'delete locals.own',
    '1 +',
    'f()',
    'new.target',
    '{ toString() { throw 1 } }',
  ),
)
const statement = fc.oneof(
  ...['var', 'let', 'const'].map(kind =>
    fc.tuple(name, expression).map(([each, value]) => `${kind} ${each} = ${value}`),
  ),
  fc.tuple(name, expression).map(([each, value]) => `${each} = ${value}`),
  expression,
  fc.constantFrom(
    'function f() { return page.n + x }',
    'for (const x of page.list) {',
    'for (var page of [{}, 1]) {',
    'if (page.n > 2) {',
    '}',
    '} else {',
    '} {',
    'with (page) {',
    'try {',
    '} catch (error) {',
    '} while (false)',
    'return "early"',
    'use strict',
    '"use strict"',
    'y = () => body',
    '// a remark',
    'switch (page.n) { case 3:',
  ),
)
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('text', ' "quoted" \\ ', '\n', '  ', '<b>', '%>', '<%%') },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('<%=', '<%-'), expression)
      .map(([open, code]) => `${open} ${code} %>`),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom('<%', '<%_'), statement, fc.constantFrom('%>', '-%>', '_%>'))
      .map(([open, code, close]) => `${open} ${code} ${close}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('<% {', '<%= x', '<% if (x) { %>x<% } %>', '<% var x = 1 %><%= x %>'),
  },
)
const own = fc.constantFrom<object>(
  {},
  { own: 1 },
  { x: '<x>', y: 2 },
  { escapeFn: () => 'of the page' },
  { __append: 1 },
  { __output_function: 1 },
  { arguments: [] },
  { page: undefined },
)

test('a template makes of its names, and says of its mistakes, what EJS’s own code does', () => {
  const met = { made: 0, failed: 0, invalid: 0 }
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 7 }), own, (pieces, locals) => {
      const text = pieces.join('')
      const ours = outcome(text, locals)
      const [failure] = ours.failures
      met[failure ? (failure.code === 'template/syntax' ? 'invalid' : 'failed') : 'made']++
      expect(ours).toEqual(outcome(text + AS_EJS, locals))
    }),
    { numRuns: 3000 },
  )
  for (const count of Object.values(met)) expect(count).toBeGreaterThan(200)
})

test.each([
  ['<%= arguments.length %>', '4'],
  ['<%= typeof __append %> <%= typeof escapeFn %>', 'function function'],
  ['<%= typeof __output_function %>', 'undefined'],
  ['<%= eval("typeof __output_" + "function") %>', 'undefined'],
  ['<%= typeof \\u005f_output_function %>', 'undefined'],
  ['<% escapeFn = String %><%= "<" %>', '<'],
  ['<% var escapeFn = () => page.n %><%= "<" %>', '3'],
])('%s is %s, as in EJS', (text, expected) => {
  expect(outcome(text, {}).value).toBe(expected)
})
