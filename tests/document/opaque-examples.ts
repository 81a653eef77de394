export interface Example {
  /** Texts with what is opaque between ⟦ and ⟧. */
  readonly texts: readonly string[]
  /** What has nothing of it. */
  readonly never?: readonly string[]
  readonly isMdx?: true
}

/** By the name of the row. */
export const examples: Readonly<Record<string, Example>> = {
  'fenced code': {
    texts: [
      '⟦```js title="a - b"\n$x$\n    ```\n```⟧',
      '- ⟦~~~\n  [[a]]\n  ~~~⟧',
      '> ⟦```\n> a\n⟧b',
      '⟦````\n```\n````⟧',
    ],
    never: ['```\nnever closed', 'a ``` b\n```', '``` a ` b\n```'],
  },
  'code span of MDX': {
    texts: ['<li>⟦`#include "a - b"`⟧</li>', 'a ⟦`` ` ``⟧ b'],
    never: ['a ` b\n\n c `'],
    isMdx: true,
  },
  'include of a template': { texts: ['⟦{* a.py hl[1] title["a - b"] *}⟧'], never: ['{* a\n\n *}'] },
  'destination and title of a link': { texts: ['[a\n: b⟦](c "d - e")⟧'], never: ['[a](b)', 'a] (b "c")'] },
  'destination and size of a picture': {
    texts: ['![a⟦](b.png "it - s" =20x30)⟧ ![⟦](c "it - s" "#d")⟧ ![⟦](c =20x)⟧'],
    never: ['[a](b)', '[a](b "c")', '[a](b c)', '[a](b "c" d)'],
  },
  'template block': {
    texts: [
      '⟦{% raw %}\na - b\n\nc - d {{ x }}\n{% endraw %}⟧',
      '⟦{% set a %}\nb - "c"\n{% endset %}⟧',
      '⟦{%- capture a -%}b - "c"{%- endcapture -%}⟧',
      'See ⟦{%- highlight js -%}a{%- endhighlight -%}⟧ there',
      '⟦{% codeblock lang:js %}\nvar a = "x" - b;\n{% endcodeblock %}⟧',
      '⟦{% verbatim %}{{ it }}{% endverbatim %}⟧ and ⟦{% comment %}a{% endcomment %}⟧',
    ],
    never: ['{% rawhide %} a {% endraw %}', '{% set a = "b" %} c {% set d %} e'],
  },
  'block of shortcodes': {
    texts: ['⟦{{< highlight js >}}\na - b\n\n{{< /highlight >}}⟧', '⟦{{% code %}}x{{% /code %}}⟧'],
  },
  'block of a shortcode in brackets': {
    texts: [
      '⟦[prism classes="language-yaml line-numbers"]\na: \'b\' - c\n\nd\n[/prism]⟧\n\ne',
      'so ⟦[code]a - b[/code]⟧ is',
      "> ⟦[php]\n> a - 'b'\n> [/php]⟧",
      '⟦[block:html]\n{\n  "a": "b - c"\n}\n[/block]⟧\n',
    ],
    never: [
      '[code] - a',
      '[code](a)b[/code]',
      '[code][a]b[/code]',
      '[codes]a[/codes]',
      '[version=15]a[/version]',
      '[block]a[/block]',
    ],
  },
  shortcode: {
    texts: ['⟦{{< figure\n  src="a.png"\n\n  alt="a"\n>}}⟧', '⟦{{% note %}}⟧ text ⟦{{% /note %}}⟧'],
    never: ['{{< never closed'],
  },
  'expression of a template': {
    texts: ['a ⟦{{ x }}⟧ b', '⟦{{\n "a" - b\n}}⟧', '⟦{{{ raw }}}⟧'],
    never: ['{{ a\n\nb }}'],
  },
  'tag of a template': { texts: ['⟦{% if a %}⟧ b ⟦{% endif %}⟧', '⟦{% include x\n  title="a - b"\n%}⟧'] },
  'echo of Blade': { texts: ['a ⟦{!! $a - "b" !!}⟧ c'], never: ['{!! a\n\n!!}', '{! a !}'] },
  'comment of a template': { texts: ["a ⟦{# it's so #}⟧ b"] },
  'tag of EJS': { texts: ['⟦<% const a = "x";\n b %>⟧ c'], never: ['<% a\n\nb %>'] },
  'block between commands': {
    texts: [
      '⟦@code\na - "b"\n\nc\n@endcode⟧\nd',
      'a\n⟦\\verbatim\nb - "c"\n\\endverbatim⟧\nd',
      '⟦@php $a = "b"; @endphp⟧',
      'a ⟦\\code{.py}b\\endcode⟧ c',
    ],
    never: ['@codes\n@endcodes', '@code\na', 'a @code b @endcode'],
  },
  'diagram of PlantUML': {
    texts: ['⟦@startuml\na -> "b"\n\nc\n@enduml⟧\nd', '> ⟦@startjson a\n> {}\n> @endjson⟧'],
    never: ['a @startuml\n@enduml', '@start a\n@end', '@startuml\na'],
  },
  'formula of Doxygen': {
    texts: [
      'a ⟦\\f$ b - c \\f$⟧ and ⟦@f$ d @f$⟧',
      '$5 is ⟦\\f$ a \\f$⟧',
      '⟦\\f[\na - b\n\\f]⟧',
      '⟦@f{align}{ a - b @f}⟧',
    ],
    never: ['\\f$ a\n\nb \\f$', 'a@f b'],
  },
  'extension of kramdown': {
    texts: [
      'a ⟦{::nomarkdown}b - "c"{:/nomarkdown}⟧ d',
      '⟦{::comment}\na - "b"\n\nc\n{:/comment}⟧\nd',
      '⟦{::nomarkdown}<b>{:/}⟧',
    ],
    never: ['{::options a="b" /}c{:/options}', '{::comment a="b" /} c'],
  },
  'comment of Obsidian': {
    texts: ["a ⟦%% it's so %%⟧ b", 'a ⟦%%b\nc%%⟧', "⟦%%\na\n\nit's\n%%⟧\nb"],
    never: ['a %% b\n\nc %% d', '100%', '%% a', '%%\na\n\nb %% c'],
  },
  'display math': { texts: ['⟦$$\na - b\n$$⟧', 'so ⟦$$a$$⟧ it is'], never: ['$$\na\n\nb\n$$'] },
  math: {
    texts: ['the ⟦$a - b$⟧ of ⟦$x\\$y$⟧, ⟦$c_d$⟧', '⟦$a\nb$⟧', '⟦$x$⟧-axis'],
    never: [
      '$5 and $10',
      'from $1-$2 here',
      '$ a$',
      '`$a` and `$b`',
      '\\$a$ or b',
      'a $b\n\nc$',
      '- $a\n- b$',
    ],
  },
  'math in parentheses': { texts: ['the ⟦\\(a - b\\)⟧ here'], never: ['\\\\(a\\\\)', '\\(a'] },
  'math in brackets': { texts: ['⟦\\[\na - b\n\\]⟧'] },
  'TeX environment': {
    texts: ['⟦\\begin{align*}\na &- b\n\\end{align*}⟧'],
    never: ['\\begin{a}\n\n\\end{a}'],
  },
  'TeX command': {
    texts: [
      'a list ⟦\\index{list!as "x"}⟧ of ⟦\\cite*{a - b {c} d}⟧',
      `⟦\\note{It's\nas \`{\` and \\} and ${'long '.repeat(60)}}⟧ is`.replace('`{` and ', ''),
      "⟦\\figenv{It's}{a - b}⟧ and ⟦\\cite[p. 5]{a}⟧",
    ],
    never: ['\\{a}', 'C:\\a {b}', '\\index{a\n\nb}', '\\index{a'],
  },
  'label of a term': { texts: ["⟦[*it's so]: ⟧a word"], never: ['a [*b]: c', '[a*]: b', '[*a'] },
  'line of a fenced div': {
    texts: [
      '⟦::: tip "It\'s"⟧\ntext\n⟦:::⟧',
      '> ⟦:::: {.a}⟧\n> text',
      "⟦:::{figure} a.png\n:name: b\n:alt: it's⟧\ntext\n⟦:::⟧",
      '⟦::: a.b\n    options:\n      c: "d - e"⟧\n\ntext',
      '- a\n\n    ⟦::: note⟧\n    text',
      '⟦::: mermaid\nA - B --> "it\'s"\n\nC\n:::⟧\nd',
      '⟦:::{math}\na - b\n:::⟧',
    ],
  },
  'leaf directive': { texts: ['⟦::video[It\'s]{id="a - b"}⟧'], never: ['std::move is', ':: a'] },
  'line of an admonition': {
    texts: [
      '⟦!!! tip "It\'s"\n    text\n    - so⟧\nand',
      '> ⟦!!! a\n>     b⟧\n> c',
      '⟦??? note⟧',
      '⟦???+ note "a - b"⟧',
      '⟦=== "Tab"⟧',
    ],
    never: ['Title\n===', '!!!! so', 'What?!! - so'],
  },
  'line of a generic block': {
    texts: [
      "⟦/// note | It's⟧\n\ntext\n\n⟦///⟧",
      '⟦/// note | a\n    type: it - s\n    open: True⟧\nb\n⟦///⟧',
      '⟦/// note⟧\n    a\n⟦///⟧',
    ],
    never: ['//host/path', '/// - no'],
  },
  snippet: {
    texts: [
      '⟦@[code{1-2}](a - b)⟧',
      '⟦<<< @/a.js⟧',
      '⟦--8<-- "a.md"⟧',
      '⟦--8<--\na - b.md\n--8<--⟧\nc',
      '⟦--8<--⟧\nc\n\nd',
    ],
    never: ['<<лес>>'],
  },
  'directive with arguments': {
    texts: [
      "⟦@section('title', \"it's - a\")⟧\nb",
      '⟦@foreach ($a as $b)⟧\nc\n⟦@include("d")⟧',
      '⟦@import "a - b.css" {c="d"}⟧',
    ],
    never: ['@somebody (it is so)', '@if not', 'a @b(c)', '@import of goods'],
  },
  'line of a break with data': {
    texts: ['⟦+++ {"a": "b - c"}⟧\nd', "⟦+++ it's - a⟧\nb"],
    never: ['+++\na', '+ + + {a}', 'a +++ {b}', '++++ a'],
  },
  'block of Org': {
    texts: [
      '⟦#+BEGIN_QUERY\n{:a "b" - c}\n\nd\n#+END_QUERY⟧\ne',
      '- a\n\t  ⟦#+begin_src clojure\n  #+BEGIN_QUERY\n  b - c\n  #+END_QUERY\n  #+end_src⟧\n- d',
    ],
    never: ['# BEGIN_SRC\na\n#+END_SRC'],
  },
  'line of Org': {
    texts: ['⟦#+BEGIN_NOTE⟧\na - b\n⟦#+END_NOTE⟧\n', '- ⟦#+BEGIN_SRC a⟧\nb'],
    never: ['a #+b', '#+TAG'],
  },
  'directive in a line of its own': {
    texts: ['a\n⟦^code print (1 before)⟧\nb'],
    never: ['a ^code b', '^[note]'],
  },
  'callout marker': {
    texts: ['> ⟦[!NOTE] ⟧What to do', '> ⟦[!warning]- ⟧It'],
    never: ['a [!NOTE] b', '![a](b)'],
  },
  'import or export': {
    texts: [
      "⟦import A from 'a - b'; import B from '@b/c'; import 'd'⟧\n\ne",
      "⟦import A from 'a - b'⟧",
      "⟦import { a,\n b } from 'c';⟧",
      '⟦export const a = {\n\n b }⟧',
    ],
    never: ['import goods from - here', 'export default settings - so'],
  },
  'import or export of MDX': {
    texts: ['⟦import a from "b";\nexport const c = "it\'s";⟧\n\ntext'],
    isMdx: true,
  },
  'directive of ikiwiki': {
    texts: [
      '⟦[[!template id=a author="[[b]]"]]⟧ so',
      '⟦[[!if test="a]] - b" then="""\n\n[[!c d="e"]]"""\n else="f"]]⟧',
      'a ⟦\\[[!b c="d - e"]]⟧ f',
      '⟦[[!a b="c]]⟧ it',
    ],
    never: ['[[! a]]', '[[!a\n'],
  },
  'destination of a link with blanks': {
    texts: [
      '[a⟦](../b c - d.png)⟧',
      '[a⟦](./b c/d e)⟧ f',
      '![a⟦](b - c.png "It\'s")⟧',
      '[a⟦](#what it is)⟧',
      '[a⟦](C:\\b c)⟧',
    ],
    never: ['[a](b c)', '[a] (b c.d)', '[a](see, e.g. b and c)', '[a](b.c)'],
  },
  wikilink: {
    texts: ['See ⟦[[A "b" - c|it\'s]]⟧', '⟦![[img - a.png]]⟧', 'as ⟦\\[[a - b]]⟧', 'or ⟦\\![[a - b]]⟧'],
    never: ['[[a](b)]', '[[1]](/x)'],
  },
  'attribute list': {
    texts: [
      "## It ⟦{#id-it's}⟧",
      'a\n⟦{: .class title="a - b" }⟧',
      '[x]⟦{.c\n k="}"}⟧ y',
      '![a](b)⟦{ width=5 }⟧',
      "a\n⟦{ style = \"it's - b\" c = '}' }⟧",
    ],
    never: ['{ a = b }', '{a - b}', '{.a\n\n}', '{ .5 }'],
  },
  'value of an attribute': {
    texts: [
      '[iframe height=2 src⟦="a - b"⟧ border=1]',
      '> [!div class⟦="it\'s"⟧]',
      '```warn header⟦="`a` isn\'t"⟧',
      '&lt;a href⟦="./b/"⟧>b&lt;/a>',
      "so data-a⟦='b - c'⟧.",
      'so 1<b to [i src⟦="a - b"⟧ c⟦=\'d - e\'⟧]',
      'a <b x⟦="a - b"⟧ and so on',
      '<b\n\nx⟦="a - b"⟧>',
      '[img src⟦="{{ url("a - b") }}"⟧ alt⟦="{{ c|e }}"⟧]',
      'so [a b⟦="c {% if "d - e" %} {f} {{ "g" }}"⟧]',
    ],
    never: [
      '<a href="b - c">',
      '<a b href="b - c"\nc>',
      'a="b “c”"',
      "a='b’s'",
      'a = "b"',
      'he said ="b"',
      'a="b',
      'a="b"c',
    ],
  },
  'deletion or remark': {
    texts: ["a⟦{--it's--}⟧ and {++it's++} ⟦{~~it's~>its~~}⟧ b⟦{>>it's<<}⟧"],
    never: ['{-- a\n\nb --}', '{- a -}', '{==a==}', '{->a'],
  },
  'data or code in braces': {
    texts: [
      'a ⟦{"b": "c - d"}⟧ e',
      '⟦{i: "a - b"}⟧',
      'a ⟦{\n  "b": "c - d",\n  e: {}\n}⟧ f',
      'func a() ⟦{\n  b.c("d - e")\n}⟧\n',
      '⟦{a.map(b => (\n  <li>{b - "c"}</li>\n))}⟧\n',
      '⟦{@html "it\'s"}⟧',
      '⟦{a && "it - s"}⟧',
    ],
    never: ["{it's a - b}", '{a}', '{a b: c}', '{a: b', '{a: b\n\nc}', '{say: it', '{\nit is - so\n}'],
  },
  'tag in brackets': {
    texts: [
      '⟦[image:A/it - s.png]⟧ ⟦[.header: it - s]⟧ ⟦[.column]⟧',
      "> ⟦[name=It's]⟧ ⟦[time=May 5 - it's]⟧",
      '⟦[=50% "a"]⟧ b',
    ],
    never: ['[name=a](b)', '[named=a]', '[=a]', '[time=a', '[image: a]', '[.5 a]', '[...]'],
  },
  'cross-reference of DocFX': { texts: ["⟦<xref:a?text=it's - b>⟧"], never: ['<xref:a\nb>', '<x:a b>'] },
  'mark of a line': {
    texts: [
      "⟦?> ⟧It's\n⟦!> ⟧It's",
      '.a\n⟦]⟧\n',
      '⟦^ ⟧a note\n⟦^⟧\nb',
      '⟦| ⟧a line\n⟦|    ⟧another',
      '⟦(@good)  ⟧an example\n⟦(@) ⟧b',
      '⟦(ref:a-b) ⟧a text',
    ],
    never: ['a ?> b', '?>', '| a | b |', '||', '(a) b', '(@a, b) c', 'a (@b) c', '^a b c', '(ref: a) b'],
  },
  'callout of an emoji': {
    texts: ["> ⟦📘 ⟧It's\n> a", '> ⟦❗️ ⟧b', '>⟦🚧 ⟧c'],
    never: ['📘 a', '> a 📘 b', '> 😀 a', '> 📘a'],
  },
  'line of a target': {
    texts: ["⟦(it's-a)=⟧\n## b"],
    never: ['(a)= b', 'a (b)=', '(a) = b', '(a)'],
  },
  'line of a percent sign': {
    texts: ["⟦% It's - a⟧\n⟦% b⟧\n\nc", 'a\n⟦% b⟧'],
    never: ['about 50\n% of it', 'about 50 \r\n% of it', '%a', 'a % b', '%'],
  },
  'grid table': {
    texts: [
      "⟦+---+---+\n| a | it's - b |\n+===+===+\n| - c | d |\n+---+---+⟧\ne",
      '> ⟦+:--+\n> | a |⟧\n>\n> | b |',
    ],
    never: ['+ a', '+-- a', '+++', '+--', 'a +---+'],
  },
  'table of columns': {
    texts: [
      "a     b\n⟦----  ----\nit's  - c\n⟧\nd".replace('\n⟧', '⟧\n'),
      "⟦------------\n a     b\n----- ------\n it's - c\n\n d     e\n------------⟧\nf",
      '⟦------\n a  b\n---- ---\nc⟧\n\nd',
    ],
    never: ['- - -', '---', '---\na\n---', '-- --\na', 'a --- --- b'],
  },
  'fields of a slide': {
    texts: [
      'a\n\n⟦---\nlayout: it - s\ntitle: "It\'s"\n---⟧\n\nb',
      "a\n\n⟦---\nclass: it - s\nname: it's⟧\n\n# b",
      '⟦::card⟧\n⟦---\na: "it - s"\nb:\n  c: d\n---⟧\ne',
    ].map(text => text.replace('⟦::card⟧', 'a')),
    never: ['---\nNote: a\n---', '---\na\n---', '---\na: b', '---\n\na: b\n---', '---\nsay: it\n\nb\n---'],
  },
  'line of tabs or slides': {
    texts: ["⟦@tab It's⟧\na\n⟦@tab:active b⟧\n⟦@end⟧", '⟦@slidestart⟧\na'],
    never: ['@tab', '@table a', 'a @tab b', '@end of it', '@tabby says'],
  },
  'drawer of Org': {
    texts: ['a\n⟦:LOGBOOK:\nCLOCK: [2022-01-01 Sat 10:00:00]\n\n:END:⟧\nb'],
    never: [':LOGBOOK:\na', ':smile:\na\n:END:', ':A: b\n:END:'],
  },
  'line of a property': {
    texts: ["⟦id:: it's - a⟧\n⟦collapsed:: b⟧", "> ⟦a:: it's⟧"],
    never: ['std::move is', 'a b:: c', 'a::', 'a :: b'],
  },
  'line of two dots or a class': {
    texts: ["⟦.. title: It's - a⟧\n⟦.. slug: a--b⟧", '⟦.left-column[⟧\na', '⟦.. note:: a⟧'],
    never: ['... and: a', '.. a b: c', '.a[b]', '] a', 'a ]'],
  },
  'line of slots or tags': {
    texts: ["⟦#title⟧\nIt's", '⟦#a{b="it\'s - c"}⟧\nd', 'a\n⟦#b #c/d-e⟧'],
    never: ['# a', '#a b', '#1', 'a #b', '## a'],
  },
  'field in brackets': {
    texts: ["a ⟦[key:: it's - b]⟧ c", '⟦[Due date:: 2026-01-01]⟧'],
    never: ['[a::b]', '[a: b]', '[a:: b](c)', '[a:: b'],
  },
  'element of Hiccup': {
    texts: ['⟦[:div {:a "it - s"} "it\'s"]⟧\nb', '- ⟦[:b "it\'s"]⟧'],
    never: ['[:a-b: it](c)', '[:a b]', '[:a "b"] c'],
  },
  keys: {
    texts: ['Press ⟦++ctrl+alt+"It\'s - a"++⟧ or ⟦++f1++⟧'],
    never: ['C++ and a++ b', '++ a ++', '++a', 'a++b'],
  },
  'label or milestone': {
    texts: ['/label ⟦~"it - s"⟧ ⟦~"it\'s"⟧', 'see ⟦%"v1 - a"⟧.'],
    never: ['(~"a")', '50%"a"', 'a~"b"', '~"a"b', '%"a'],
  },
  'name of a block': {
    texts: ["It's⟦^it--s⟧\nb".replace('⟦^', ' ⟦^'), '- a ⟦^b1⟧'],
    never: ['a^2', 'a ^b c', 'a ^', '^a b'],
  },
  'term of a glossary': {
    texts: ['the ⟦<<glossary:it - s>>⟧ is'],
    never: ['<<лес - это>>', '<<glossary>>', '<<it is>>'],
  },
  'comment of MDX': { texts: ["a ⟦{/* it's - */}⟧ b"] },
  'string of MDX': { texts: ["a⟦{' '}⟧b", 'a ⟦{"it - s"}⟧'] },
  'tag of JSX or Vue': {
    texts: [
      '⟦<Callout title={"a - b"}>⟧',
      '⟦<img src="a" style={{ margin: \'0\' }} />⟧',
      '⟦<Foo.Bar a="b - c">⟧',
      '⟦<Tab @click="a - b">⟧ text </Tab>',
      '⟦<g:plus size="a - b">⟧',
      '⟦<img src="{{ url("a - b") }}" alt="c - d" />⟧ e',
      "a ⟦<b c='{% if 'd - e' %} f {{ 'g' }}'>⟧h</b>",
      '⟦<code style={{a: 1}}>a - b</code>⟧',
    ],
    never: ['<b title="a - b">', '<a href="x">', 'if a <b {c}'],
  },
  'expression of MDX': {
    texts: ['Count ⟦{a - b + "}"}⟧ words', '⟦{list.map(a => {\n\n return a })}⟧'],
    isMdx: true,
  },
}
