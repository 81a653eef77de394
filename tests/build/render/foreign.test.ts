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
  ['a <b c="{{ d("e") }}">f</b>\n', ['markdown/foreign pages/index.md:1:9']],
  ['<b c="{{ d }}">f</b>\n', ['markdown/foreign pages/index.md:1:7']],
  ['[b c="d {{ a }}"]\n', ['markdown/foreign pages/index.md:1:9']],
  [
    'a\n{: b="{{ c }}" d="{% e %}"}\n',
    ['markdown/foreign pages/index.md:2:7', 'markdown/foreign pages/index.md:2:19'],
  ],
  ['[a](b {{ c }}.md)\n', ['markdown/foreign pages/index.md:1:7']],
  ['[prism classes="a"]\nb\n[/prism]\n', ['markdown/foreign pages/index.md:1:1']],
  ...[
    '[block:html]\n{}\n[/block]\n',
    '@startuml\na\n@enduml\n',
    '\\code\na\n\\endcode\n',
    '@f$a@f$\n',
    '{::comment}a{:/}\n',
    '%% a %%\n',
    '{!! a !!}\n',
    '{--a--}\n',
    '{>>a<<}\n',
    '{~~a~>b~~}\n',
    '+++ {"a": 1}\n',
  ].map((text): [string, string[]] => [text, ['markdown/foreign pages/index.md:1:1']]),
  [
    '#+BEGIN_TIP\na\n#+END_TIP\n',
    ['markdown/foreign pages/index.md:1:1', 'markdown/foreign pages/index.md:3:1'],
  ],
  ['a\n\n    b -o="{{ c }}"\n\n    {{ d }}\n', []],
  ['# A\n\n\tb {{ c }}\n', []],
  ['a\n    {{ b }}\n', ['markdown/foreign pages/index.md:2:5']],
  ['- a\nb\n\n    {{ c }}\n', ['markdown/foreign pages/index.md:4:5']],
  ['---\nejs: true\n---\n<% const a = {b: {}} %>{{ x\n', []],
])('%j', async (markdown, findings) =>
  expect((await builtSite({ 'pages/index.md': markdown })).findings).toEqual(findings),
)
