import { array, constantFrom, oneof, tuple, type Arbitrary } from 'fast-check'

/** Pages of many generators' dialects at once: TeX, wikilinks, attributes, directives, templates, JSX, among prose with much to set. */
export const dialectDocuments = (): Arbitrary<string> =>
  tuple(frontMatter, array(block(), { minLength: 1, maxLength: 6 })).map(
    ([head, blocks]) => head + blocks.join(''),
  )

const frontMatter = constantFrom(
  '',
  '',
  '',
  '---\ntitle: "It\'s a - b"\n---\n\n',
  '+++\ntitle = "It\'s a - b"\n+++\n\n',
  '{\n  "title": "It\'s a - b"\n}\n\n',
  '---\nlang: ru\n---\n\n',
  '---\nlang: en\n---\n\n',
)

const words = constantFrom(
  ...'a I in of to the it\'s don\'t word words "so" "here" - -- в и на не лес слово "вот" \\- \\-- -\\- \\--- бы же г. 5 км № 2 $5 $10 30 $ it, to, said. a, и, that, it'.split(
    ' ',
  ),
)

/** Not a byte of these may change. */
const opaque = constantFrom(
  '$a - b$',
  "$v' = M v$",
  '$a_b$',
  '$c*d$',
  '$a<b$',
  '$$a - "b"$$',
  "\\(a - b' = c\\)",
  '[[Some "note" - a|it\'s]]',
  '![[img - a.png]]',
  '[it]{.a b="c - d"}',
  '{{ "a" - b }}',
  '{% if a - "b" %}',
  '{% endif %}',
  '{{< ref "a - b" >}}',
  '{% raw %}it\'s - "a"{% endraw %}',
  '<% "a" - b %>',
  "{/* it's - a */}",
  "{'a - b'}",
  '`it\'s - "a"`',
  '<Tip title={"a - b"}>',
  '<img alt="a" style={{ margin: \'0\' }} />',
  '[a](/b "c - d")',
  'https://example.org/a-b',
  '<b title="a - b">',
  '[iframe src="a - b" title=\'"it" - c\']',
  '&lt;a b="c - d">',
  '<img src="{{ a("b - c") }}" alt="it">',
  '[code]it\'s - "a"[/code]',
  '</b>',
)

const separators = constantFrom(' ', ' ', ' ', ' ', ' ', '\n')

const prose = () =>
  array(tuple(oneof({ weight: 8, arbitrary: words }, { weight: 1, arbitrary: opaque }), separators), {
    minLength: 2,
    maxLength: 14,
  }).map(pairs => pairs.flat().join('').trim())

const line = () => prose().map(text => text.replaceAll('\n', ' '))
const words1 = constantFrom('Some words.', 'It\'s "so" - in it', 'И вот "слово" - и')

const cell = (text: string) => text.replaceAll('\n', ' ').replaceAll('|', '')

const wrapped: readonly ((text: string, title: string) => string)[] = [
  text => text,
  text => text,
  text => text,
  text => `> ${text.replaceAll('\n', '\n> ')}`,
  text => `- ${text.replaceAll('\n', '\n  ')}`,
  (text, title) => `::: tip ${title}\n${text}\n:::`,
  (text, title) => `> [!NOTE] ${title}\n> ${text.replaceAll('\n', '\n> ')}`,
  text => `> [!warning]-\n> ${text.replaceAll('\n', '\n> ')}`,
  text => `${text}\n{: .note title="a - b" }`,
  text => `> ${text.replaceAll('\n', '\n> ')}\n>\n{ style = "it - is" }`,
  (text, title) => `${text}\n\n#+BEGIN_QUERY\n{:a "it's" - b}\n#+END_QUERY\n${title}`,
  text => `- #+BEGIN_TIP\n  ${text.replaceAll('\n', '\n  ')}\n  #+END_TIP`,
  text => `import A from 'it - a'; import B from "b"\n\n${text}`,
  (text, title) => `${text}\n\n{% set a %}\nb = "it's" - c\n{% endset %}\n${title}`,
  text => `${text}\n\n[block:html]\n{\n  "a": "it's - b"\n}\n[/block]\n\n${text}`,
  text => `@startuml\nit -> "a" - b\n@enduml\n\n${text}`,
  text => `${text}\n\n\\code{.py}\nit's = "a" - b\n\\endcode\n\n${text}`,
  text => `${text} \\f$ it's - a \\f$ ${text}`,
  text => `${text} {::nomarkdown}it's - "a"{:/nomarkdown} ${text}`,
  text => `%%\nit's - "a"\n%%\n\n${text} %%it's - a%%`,
  text => `@section('a', "it's - b")\n\n${text} {!! "it's" - $a !!}`,
  text => `${text} {--it's - a--}{>>it's - "b"<<} ${text}`,
  text => `${text}\n\n+++ {"a": "it's - b"}\n\n${text} {"a": "it's - b"}`,
  text => `?> ${text}\n!> ${text}`,
  text => `> 📘 ${text}\n> ${text.replaceAll('\n', '\n> ')}`,
  text => `| ${text.replaceAll('\n', '\n| ')}\n\n(@a) ${text}\n(@) ${text}`,
  text => `(it's-a)=\n\n${text}\n\n(ref:it--s) ${text}`,
  text => `${text}\n\n% it's - a "b"\n% it's\n\n${text}\n\n+++ it's - a\n${text}`,
  text =>
    `${text}\n\n+-----+-----+\n| - b | it's |\n+=====+=====+\n| "a" | b - c |\n+-----+-----+\n\n${text}`,
  text => `${text}\n\n----  -----\nit's  - "a"\na     b - c\n\n${text}`,
  text => `-------------\n a    it's\n---- --------\n b    it - s\n\n c    "d"\n-------------\n\n${text}`,
  text =>
    `${text}\n\n---\nlayout: it - s\ntitle: "it's"\n---\n\n${text}\n\n---\nclass: it - s\nname: it's\n\n${text}`,
  text => `${text}\n\n@tab it's - a\n${text}\n@end\n`,
  text =>
    `- ${text.replaceAll('\n', '\n  ')}\n  id:: it - s\n  a:: it's\n  :LOGBOOK:\n  CLOCK: [2022-01-01 Sat 10:00:00]\n  :END:`,
  text => `.. title: it's - a\n.. slug: it--s\n\n.left-column[\n${text}\n]`,
  text => `${text}\n#it{a="it's - b"}\n${text}\n\n::right::\n${text}\n#a #it/b\n`,
  text => `${text} [due:: it's - a] ${text} ^it--s`,
  text => `${text} ++ctrl+"it's"++ ~"it - s" %"it - s" <<glossary:it - s>> [image:A/it - s.png]`,
  text => `${text}\n\n::: mermaid\nA - B --> "it's"\n:::\n\n${text}\n\n--8<--\nit - s.md\n--8<--`,
  text => `/// note | it's\n    type: it - s\n    b: it's\n\n${text}\n\n///`,
  text => `![a](b.png "it - s" =20x30) ${text} ![](a "it's - b" "#c")`,
  text => `[:div {:a "it - s"} "it's"]\n\n${text} {a && "it - s"} [.header: it - s]`,
  text => `:::{figure} a.png\n:name: it's\n${text}\n:::`,
  text => `::: a.b\n    c: "it's - d"\n\n${text}`,
  text => `> [name=It's - a] [time=a - b]\n\n${text} <xref:a?b=it's - c>`,
  text => `${text}\n\n[prism classes="a"]\n# it: 'a - b'\n\nc: "d"\n[/prism]\n\n${text}`,
  (text, title) => `## ${title} {#id-it's .a}\n\n${text}`,
  text => `${text}\n$$\na - "b" = \\text{it's in a}\n$$\n${text}`,
  text => `{{< figure\n  src="a.png"\n  alt="It's a - b"\n>}}\n\n${text}`,
  text => `{% include box.html\n  title="It's - a"\n%}\n${text}`,
  text => `${text}\n\n{% highlight js %}\nvar a = "x" - b;\n\nc = 'it';\n{% endhighlight %}`,
  text => `${text}\n\n^code print (1 before, 2 after)\n\n${text}`,
  text => `\`\`\`js title="a - b"\nvar a = "x" - b\n\`\`\`\n\n${text}`,
  (_, title) => `!!! tip "Don't - panic"\n    ${title}`,
  (_, title) => `<Callout title={"a - b"}>\n\n${title}\n\n</Callout>`,
  text => `<div class="a - b">\n${text.replaceAll(/\n/g, '\n- ')}\n</div>`,
  (text, title) => `${title}\n-\n${text}`,
  text => `- ${text}`,
  (text, title) => `| a | b |\n|---|---|\n| ${cell(title)} | ${cell(text)} |`,
  (text, title) => `${cell(title)}\n: ${text}`,
  (text, title) => `\\- ${title}\\\n\\- ${text}`,
  (text, title) => `/// note | It's - "a"\n\n${title}\n\n///\n\n${text}`,
]

const block = () =>
  tuple(constantFrom(...wrapped), prose(), oneof(line(), words1)).map(
    ([wrap, text, title]) => `${wrap(text, title)}\n\n`,
  )
