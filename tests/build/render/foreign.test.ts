import { expect, test } from 'vitest'
import { builtSite } from '../built-site.ts'

test.each([
  ['a {{ b }}\n', ['markdown/foreign pages/index.md:1:3']],
  ['a\n\n{% youtube x %} {% y %}\n', ['markdown/foreign pages/index.md:3:1']],
  ['{{< youtube x >}}\n', ['markdown/foreign pages/index.md:1:1']],
  ['a [[wiki]]\n', ['markdown/foreign pages/index.md:1:3']],
  ['::: note\na\n:::\n', ['markdown/foreign pages/index.md:1:1', 'markdown/foreign pages/index.md:3:1']],
  ['[[toc]]\n\n## A {#b}\n\n> [!NOTE]\n> a\n', []],
  ['`{{ a }}`\n\n```\n{% b %}\n```\n', []],
  ['---\nejs: true\n---\n<% const a = {b: {}} %>{{ x\n', []],
])('%j', async (markdown, findings) =>
  expect((await builtSite({ 'pages/index.md': markdown })).findings).toEqual(findings),
)
