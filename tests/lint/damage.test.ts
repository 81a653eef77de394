import { describe, expect, it } from 'vitest'
import { faultsOf } from '../../tools/lint/reference/compare.ts'

/** What the comparator calls each fault of a document, as it would be of the same text with these changes. */
function found(text: string, was: string, is: string, path = 'page.md'): string[] {
  expect(text).toContain(was)
  return faultsOf(
    path,
    text,
    text.replace(was, () => is),
  ).map(({ what, line }) => `${line} ${what}`)
}

const tie = '&nbsp;'

/** A document, a piece of it, what typography would have made of the piece, and what is found. */
const planted: readonly (readonly [text: string, was: string, is: string, fault: string])[] = [
  ['---\ntitle: "A"\n---\nText', '"A"', '“A”', '2 front matter'],
  ['\n---\ntitle: "A"\n---\nText', '"A"', '“A”', '3 front matter'],
  ['---js\n{ a: "b" }\n---\nText', '"b"', '“b”', '2 front matter'],
  ['+++\ntitle = "A"\n+++\nText', '"A"', '“A”', '2 front matter'],
  ['{\n  "title": "A"\n}\nText', '"A"', '“A”', '2 front matter'],
  ['title: "A"\ntags: b\n---\nText', '"A"', '“A”', '1 front matter'],
  ['Title: It is "A"\nDate: 2020-01-01\n\nText', '"A"', '“A”', '1 front matter'],
  ['```\na - b\n```', ' - ', `${tie}— `, '2 fenced code'],
  ['- x\n\n  ~~~ js\n  "a"\n  ~~~', '"a"', '“a”', '4 fenced code'],
  ['Text\n\n    "a"', '"a"', '“a”', '3 indented code'],
  ['Text `a - b` text', ' - ', `${tie}— `, '1 code'],
  ['Text ``a ` "b"`` text', '"b"', '“b”', '1 code'],
  ['It is $a - b$ here', ' - ', `${tie}— `, '1 math'],
  ['It is \\(a - b = c\\) here', ' - ', `${tie}— `, '1 math'],
  ['$$\na - b\n$$', ' - ', `${tie}— `, '2 display math'],
  ['\\begin{align}\na - b\n\\end{align}', ' - ', `${tie}— `, '2 display math'],
  ['A {{< figure\n  src="a"\n>}} b', '"a"', '“a”', '1 shortcode'],
  ['A {{ "b" | x }} c', '"b"', '“b”', '1 template tag'],
  ['A {% link "b" %} c', '"b"', '“b”', '1 template tag'],
  ['{% include\n  a="b"\n%}\ntext', '"b"', '“b”', '1 template tag'],
  ['A <%= "b" %> c', '"b"', '“b”', '1 template tag'],
  ['{% highlight js %}\na = "b"\n\nc\n{% endhighlight %}', '"b"', '“b”', '2 template block'],
  ['A {% raw %}"b"{% endraw %} c', '"b"', '“b”', '1 template block'],
  ["{{< code-toggle >}}\na = 'b'\n{{< /code-toggle >}}", "'b'", '‘b’', '2 template block'],
  ['1. x\n\n   ```\nf("a")\n   ```\n\ny', '"a"', '“a”', '4 fenced code'],
  ['**x**\\- y', '\\-', '—', '1 text'],
  ['x\n\\-- y', '\\-', '—', '2 text'],
  ['%{\n  title: "It"\n}\n---\nx', '"It"', '“It”', '2 front matter'],
  ['A \\index{a "b"} c', '"b"', '“b”', '1 TeX command'],
  ['{{< highlight js >}}\na = "b"\n{{< /highlight >}}', '"b"', '“b”', '2 template block'],
  ["See [[It's a|b]]", "It's", 'It’s', '1 wikilink'],
  ["See ![[it's.png]]", "it's", 'it’s', '1 wikilink'],
  ['A line\n{: title="a"}', '"a"', '“a”', '2 attribute list'],
  ["# A {#it's}", "it's", 'it’s', '1 attribute list'],
  ['![a](b){width=50% alt="c"}', '"c"', '“c”', '1 attribute list'],
  ['![a](b){\n  .c\n  d="{{ e }}" f="g"\n}', '"g"', '“g”', '1 attribute list'],
  ['::: {.a b="c"}\nText\n:::', '"c"', '“c”', '1 directive'],
  ['!!! note "A"\n    Text', '"A"', '“A”', '1 directive'],
  ['#+BEGIN_QUERY\na "b"\n\nc\n#+END_QUERY', '"b"', '“b”', '2 block of Org'],
  ['- a to\n  #+BEGIN_TIP "b"\n  c', '"b"', '“b”', '2 line of Org'],
  ["import A from 'a'; import B from 'b'\n\nc", "'a'", '‘a’', '1 import or export'],
  ['{% set a %}\nb "c"\n\nd\n{% endset %}', '"c"', '“c”', '2 template block'],
  ['a\n{ b = "c" }', '"c"', '“c”', '2 attribute list'],
  ['a <img b="{{ c("d") }}">', '"{{ c("d") }}"', '“{{ c("d") }}”', '1 tag'],
  ['[i b="{{ c("d") }}"]', '"{{ c("d") }}"', '“{{ c("d") }}”', '1 value of an attribute'],
  ["[prism a]\nb: 'c'\n[/prism]", "'c'", '‘c’', '2 code in brackets'],
  ["a [code]b: 'c'[/code]", "'c'", '‘c’', '1 code in brackets'],
  ['[iframe src="a"]', '"a"', '“a”', '1 value of an attribute'],
  ['<a href="b - c">d</a>', ' - ', `${tie}— `, '1 tag'],
  ['<a href="{{ "x" | y }}">b</a>', '"x"', '“x”', '1 tag'],
  ['<img\n  alt="a" />', '"a"', '“a”', '1 tag'],
  ["<A b={'c'} />", "'c'", '‘c’', '1 tag'],
  ['A <!-- "b" --> c', '"b"', '“b”', '1 comment'],
  ['<pre>\n```\n</pre>\n\n"a"\n\n<pre>"b"</pre>', '"b"', '“b”', '7 raw element'],
  ["A <code>it's</code> b", "it's", 'it’s', '1 code element'],
  ['See https://e.org/a-b here', 'a-b', 'a—b', '1 address'],
  ['See <https://e.org/a-b> here', 'a-b', 'a—b', '1 address'],
  ['See [a](b "c") here', '"c"', '“c”', '1 link destination'],
  ["See [a][it's]\n\n[it's]: b", "[it's]\n", '[it’s]\n', '1 reference label'],
  ["See [it's]\n\n[it's]: b", "[it's]\n", '[it’s]\n', '1 reference label'],
  ["See [a][it's]\n\n[it's]: b", "[it's]:", '[it’s]:', '3 link definition'],
  ["A[^it's] b", "it's", 'it’s', '1 footnote or callout mark'],
  ["Text {/* it's */} text", "it's", 'it’s', '1 MDX expression'],
  ['A\n\n---\n\nB', '---', '—', '3 thematic break or underline'],
  ['a | b\n--|--\nc | d', '--|--', '—|—', '2 table delimiter'],
]

const plantedInMdx: typeof planted = [
  ['import A from "b"\n\nText', '"b"', '“b”', '1 import or export'],
  ['Text {a - "b"} text', '"b"', '“b”', '1 MDX expression'],
]

/** Words over the end of a line: where they may not go, and what else must not happen to lines and words. */
const moved: readonly (readonly [text: string, was: string, is: string, fault: string])[] = [
  ['::: tip\nwhat to do\n:::', 'to do\n:::', `to${tie}do${tie}:::`, '1 number of lines'],
  ['> [!NOTE] What to\n> do', ' to\n> do', `\n> to${tie}do`, '1 words moved at: callout title'],
  ['A line to\n<div>', ' to\n<div>', `\nto${tie}<div>`, '1 words moved at: markup'],
  ['A line to\n{% x %}', ' to\n{% x %}', `\nto${tie}{% x %}`, '1 words moved at: template tag'],
  ['A line to\n- do', ' to\n- do', `\n- to${tie}do`, '1 words moved at: paragraph'],
  ['A line to\n: do', ' to\n: do', `\n: to${tie}do`, '1 words moved at: paragraph'],
  ['A line\n\n~ do it', '~ do', `~${tie}do`, '3 beginning of line'],
  ['A line to\n$x$ do', ' to\n$x$', `\nto${tie}$x$`, '1 words moved at: opaque syntax'],
  ['# A title to\ndo', ' to\ndo', `\nto${tie}do`, '1 words moved at: heading'],
  ['A line to\ndo', ' to\ndo', ` to do\n`, '1 words moved up'],
  ['to\ndo it', 'to\ndo', `\nto${tie}do`, '1 whole line moved'],
  ['A line  \nto do', '  \n', '\n', '1 hard line break'],
  ['> A line\n> to do', '\n> to', '\nto', '2 beginning of line'],
  ['A line to\ngo - do', ' to\ngo - do', ' to go\n- do', '2 a block begun'],
  ['A word', 'word', 'Word', '1 text'],
  ['A word', ' word', 'word', '1 words joined or parted'],
  ['It "is" so', '"is"', 'is', '1 quotes or dashes lost or won'],
]

describe('What the comparator of tools/lint/damage.ts finds', () => {
  it.each(planted)('%j with %j as %j: %s', (text, was, is, fault) => {
    expect(found(text, was, is)).toContain(fault)
  })

  it.each(plantedInMdx)('in MDX, %j with %j as %j: %s', (text, was, is, fault) => {
    expect(found(text, was, is, 'page.mdx')).toContain(fault)
  })

  it.each(moved)('%j with %j as %j: %s', (text, was, is, fault) => {
    expect(found(text, was, is)).toContain(fault)
  })

  it.each<[text: string, was: string, is: string]>([
    ['He said "a - b" to me', '"a - b" to', `“a${tie}— b” to${tie}`.trimEnd()],
    ['A line that goes to\nthe next', ' to\nthe', `\nto${tie}the`],
    ['We go a\nin\nthe wood', ' a\nin\nthe', `\na\nin${tie}the`],
    ['A line to\n$5 - or $6', ' to\n$5', `\nto${tie}$5`],
    ['> A line that goes to\n> the next', ' to\n> the', `\n> to${tie}the`],
    ['- A line that goes to\n  the next', ' to\n  the', `\n  to${tie}the`],
    ['A word--word', '--', '—'],
    ['[it\'s "a"](b)', 'it\'s "a"', 'it’s “a”'],
    ['A price of $5 - or $6', ' - ', `${tie}— `],
    ['At <b>"a"</b>', '"a"', '“a”'],
    ['15мм', '15', `15${tie}`],
    ['---\na: b\n---\n\\- Да', '\\- ', `—${tie}`],
    ['\\- Да', '\\- ', `—${tie}`],
    ['x\\\n\\- Да', '\n\\- ', `\n—${tie}`],
    ['a b$$\nx\n$$Then "c"', '"c"', '“c”'],
    ['{{< code-toggle />}}\n"a"\n{{< code-toggle >}}\n{{< /code-toggle >}}', '"a"', '“a”'],
    ['a <!-- b\n"c"\n<!-- d -->', '"c"', '“c”'],
  ])('lets typography pass: %j with %j as %j', (text, was, is) => {
    expect(found(text, was, is)).toEqual([])
  })
})
