import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sanitizeHtml, textOf } from '../../../src/planet/read/sanitize.ts'
import { dangersIn } from '../dangers.ts'

const base = 'https://blog.example/post/'
const clean = (html: string, demote = 0) => sanitizeHtml(html, { base, demote })

/** A link as the sanitiser writes it. */
const link = (href: string, text: string) => `<a href="${href}" rel="nofollow noopener">${text}</a>`

describe('how HTML of feeds is sanitised', () => {
  test.each([
    ['<p onclick="x()" style="position:fixed" id="a" class="b">a <b>b', '<p>a <b>b</b></p>'],
    ['<script>alert(1)</script><style>*{}</style>x', 'x'],
    [
      '<a href=" java\tscript:alert(1)">x</a><a href="data:text/html,x">y</a><a href="vbscript:x">z</a>',
      'xyz',
    ],
    ['<a href="&#106;avascript:alert(1)">x</a>', 'x'],
    [
      '<a href="//e.example/x" target="_blank" rel="opener" ping="//e.example">x</a>',
      link('https://e.example/x', 'x'),
    ],
    ['<a href="#top">up</a>', link(`${base}#top`, 'up')],
    ['<a href="mailto:a@b.example">m</a>', link('mailto:a@b.example', 'm')],
    ['<img src="/cat.jpg" alt="A cat" onerror="x()">', link('https://blog.example/cat.jpg', 'A cat')],
    ['<img src="my%20cat.jpg">', link(`${base}my%20cat.jpg`, 'my cat.jpg')],
    ['<img src="data:image/png;base64,xx" alt="A dot">', 'A dot'],
    ['<img src="https://e.example/t.gif" width="1" height="1">', ''],
    [
      '<a href="big.jpg"><img src="small.jpg" alt="A cat"></a>',
      `${link(`${base}big.jpg`, 'A cat')} ${link(`${base}small.jpg`, 'small.jpg')}`,
    ],
    ['<a href="c.jpg"><img src="c.jpg"></a>', link(`${base}c.jpg`, 'c.jpg')],
    ['<picture><source srcset="a.webp"><img src="a.png" alt="A"></picture>', link(`${base}a.png`, 'A')],
    ['<noscript><img src="a.png" alt="A"></noscript>', link(`${base}a.png`, 'A')],
    ['<iframe src="https://v.example/1" title="A film"></iframe>', link('https://v.example/1', 'A film')],
    ['<video controls><source src="v.mp4">no video</video>', link(`${base}v.mp4`, 'v.mp4')],
    ['<object data="x.swf"><p>instead</p></object>', link(`${base}x.swf`, 'x.swf')],
    [
      '<form action="https://e.example"><input name="a" value="b"><button>Go</button> on</form>',
      '<div>Go on</div>',
    ],
    ['<select><option>1</select><textarea>2</textarea>3', '3'],
    [
      '<base href="https://e.example"><meta http-equiv="refresh" content="0"><link rel="stylesheet" href="x">t',
      't',
    ],
    ['<svg><a xlink:href="javascript:x"><text>t</text></a></svg>u', 'u'],
    ['<math alttext="x^2"><mi>x</mi></math>', 'x^2'],
    ['<section><header><h2>T</h2></header></section>', '<div><div><h2>T</h2></div></div>'],
    [
      '<p lang="ru" dir="rtl" xml:lang="en">x</p><p lang="no such!">y</p>',
      '<p lang="ru" dir="rtl">x</p><p>y</p>',
    ],
    ['<p>\u202Etxt</p><p>\u2067\u05d0\u2069</p>', '<p>txt</p><p>\u2067\u05d0\u2069</p>'],
    ['<li>x</li><td>y</td>', 'xy'],
    ['<td colspan="1000">x', 'x'],
    [
      '<table><tr><td colspan="1000" rowspan="2">x</table>',
      '<table><tbody><tr><td rowspan="2">x</td></tr></tbody></table>',
    ],
    ['<!-- x --><?php y ?><!doctype html>z', 'z'],
    ['5 &lt; 6 &amp; "7"', '5 &lt; 6 &amp; "7"'],
    [
      '<blockquote cite="javascript:x">a</blockquote><q cite="/x">b</q>',
      '<blockquote>a</blockquote><q cite="https://blog.example/x">b</q>',
    ],
    ['<template><img src=x></template><title>t</title><noembed><img></noembed>x', 'x'],
    [
      '<a href="/1">a<a href="/2">b</a></a>',
      `${link('https://blog.example/1', 'a')}${link('https://blog.example/2', 'b')}`,
    ],
  ])('%s', (html, expected) => expect(clean(html)).toBe(expected))
})

test('headings go down to where they belong, and no lower than there are levels', () => {
  expect(clean('<h1>1</h1><h2>2</h2><h4>4</h4>', 3)).toBe('<h4>1</h4><h5>2</h5><h6>4</h6>')
})

test('the text of HTML has its words apart', () => {
  expect(
    textOf('<p title="a>b">One</p><p>two<br>three<script>no</script></p>').replace(/\s+/g, ' ').trim(),
  ).toBe('One two three')
})

describe('too much of it is only text', () => {
  test.each([
    ['elements one in another', '<div>'.repeat(100_000)],
    ['elements one in another, and no more than are allowed', '<div>'.repeat(15_000)],
    ['links one in another', '<a href=x>'.repeat(50_000)],
    [
      'formatting that is begun anew in every paragraph',
      `${Array.from({ length: 12_000 }, (_, n) => `<b a=${n}>`).join('')}${'<p>x'.repeat(20_000)}`,
    ],
    ['attributes', `<p ${Array.from({ length: 60_000 }, (_, n) => `a${n}=1 `).join('')}>x`],
    ['brackets', '<'.repeat(300_000)],
    ['comments without an end', '<!--'.repeat(100_000)],
    ['tables one in another', '<table>'.repeat(50_000)],
  ])('%s', (_, html) => {
    const cleaned = clean(html)
    expect(dangersIn(cleaned)).toEqual([])
    expect(cleaned.length).toBeLessThan(5 * html.length)
  })
})

/** Pieces of which tricks are made: raw text, foreign elements, tables, half a tag, half an attribute. */
const piece = constantFrom(
  ...`<svg> </svg> <math> <mtext> <mglyph> <style> </style> <title> </title> <table> <tr> <td> </table> <noscript> </noscript>
  <template> </template> <select> <option> <a href="javascript:x"> <a href="x"> </a> <p> </p> <img src=x onerror=y> <img title=" ">
  <!-- --> <![CDATA[ ]]> <script> </script> <textarea> </textarea> <form> <input> <b> <i> </b> <foreignObject> <desc>
  <annotation-xml encoding="text/html"> <xmp> </xmp> <plaintext> <iframe src=x> </iframe> <object data=x> </object> <body onload=x>
  <li> <ul> x &lt;script&gt; &amp; \0 \u202E <h1 id=x> <br/> <base href=//e.example> < > "`.split(
    /\s+(?=[<>"x&\0\u202E\]-])/,
  ),
)

test('whatever it is made of, nothing of it runs, also when it is sanitised again', () => {
  assert(
    property(array(piece, { maxLength: 30 }), pieces => {
      const once = clean(pieces.join(''))
      expect(dangersIn(once)).toEqual([])
      const again = clean(once)
      expect(dangersIn(again)).toEqual([])
      expect(textOf(again).replace(/\s+/g, '')).toBe(textOf(once).replace(/\s+/g, ''))
    }),
    { numRuns: 1000 },
  )
})
