import { atom, type Shape } from './shape.ts'

const time = '<updated>2026-01-02T03:04:05Z</updated>'

export const atomShapes: readonly Shape[] = [
  {
    name: 'Atom 1.0 as the specification has it',
    body: atom(
      `<title>Blog</title><link href="https://blog.example/"/><id>tag:blog.example,2026:/</id>${time}
      <entry><title>One</title><link href="https://blog.example/1"/><id>tag:blog.example,2026:1</id>
      <published>2026-01-01T00:00:00Z</published>${time}<author><name>Ann</name></author>
      <summary>Short</summary><content type="html">&lt;p>Long&lt;/p></content></entry>`,
    ),
    title: 'Blog',
    home: 'https://blog.example/',
    entries: [
      {
        id: 'tag:blog.example,2026:1',
        link: 'https://blog.example/1',
        title: 'One',
        author: 'Ann',
        published: '2026-01-01T00:00:00.000Z',
        updated: '2026-01-02T03:04:05.000Z',
        content: '<p>Long</p>',
      },
    ],
  },
  {
    name: 'Atom 0.3 with issued, modified and escaped content',
    body: `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title>
      <entry><title>One</title><id>tag:1</id><issued>2003-12-13T08:29:29-04:00</issued><modified>2003-12-14T00:00:00Z</modified>
      <content type="text/html" mode="escaped">&lt;p&gt;Old&lt;/p&gt;</content></entry></feed>`,
    entries: [
      {
        content: '<p>Old</p>',
        published: '2003-12-13T12:29:29.000Z',
        updated: '2003-12-14T00:00:00.000Z',
      },
    ],
  },
  {
    name: 'XHTML in a div, with a prefix of its own',
    body: atom(
      `<entry><id>a:1</id><content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml">A <x:em>b</x:em> &lt;c></x:div></content></entry>`,
    ),
    entries: [{ content: 'A <em>b</em> &lt;c>' }],
  },
  {
    name: 'XHTML with several elements in the div',
    body: atom(
      `<entry><id>a:1</id><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>1</p><br/><p>2</p></div></content></entry>`,
    ),
    entries: [{ content: '<p>1</p><br><p>2</p>' }],
  },
  {
    name: 'text that looks like HTML and is said to be text',
    body: atom(
      `<entry><id>a:1</id><title type="text">1 &lt; 2 &amp;amp; 3</title><content type="text">&lt;b>no&lt;/b></content></entry>`,
    ),
    entries: [{ title: '1 < 2 &amp; 3', content: '<p>&lt;b>no&lt;/b></p>' }],
  },
  {
    name: 'a title in HTML, with a tag that it is about',
    body: atom(
      `<entry><id>a:1</id><title type="html">The &lt;i>use&lt;/i> of &amp;lt;i&amp;gt; &amp;amp; co.</title></entry>`,
    ),
    entries: [{ title: 'The use of <i> & co.' }],
  },
  {
    name: 'a title in XHTML',
    body: atom(
      `<entry><id>a:1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">H<sub>2</sub>O &amp; CO</div></title></entry>`,
    ),
    entries: [{ title: 'H2O & CO' }],
  },
  {
    name: 'xml:base on the feed, the entry and the content',
    body: atom(
      `<entry xml:base="b/"><id>a:1</id><link href="c"/><content type="html" xml:base="d/">&lt;a href="e">x&lt;/a></content></entry>`,
      ' xml:base="https://blog.example/a/"',
    ),
    entries: [
      {
        link: 'https://blog.example/a/b/c',
        content: '<a href="https://blog.example/a/b/d/e" rel="nofollow noopener">x</a>',
      },
    ],
  },
  {
    name: 'relative addresses without xml:base: the link from the feed, the text from its page',
    body: atom(
      `<link href="/"/><entry><id>a:1</id><link href="/posts/1/"/><content type="html">&lt;a href="x.html">x&lt;/a></content></entry>`,
    ),
    url: 'https://blog.example/feeds/all.xml',
    home: 'https://blog.example/',
    entries: [
      {
        link: 'https://blog.example/posts/1/',
        content: '<a href="https://blog.example/posts/1/x.html" rel="nofollow noopener">x</a>',
      },
    ],
  },
  {
    name: 'many links, the page among them',
    body: atom(
      `<entry><id>a:1</id><link rel="replies" href="https://e.example/r"/><link rel="alternate" type="application/json" href="https://e.example/j"/>
      <link rel="alternate" type="text/html" href="https://e.example/h"/><link rel="edit" href="https://e.example/e"/></entry>`,
    ),
    entries: [{ link: 'https://e.example/h' }],
  },
  {
    name: 'a link whose rel is written out as an address',
    body: atom(
      `<entry><id>a:1</id><link rel="http://www.iana.org/assignments/relation/alternate" href="https://e.example/1"/></entry>`,
    ),
    entries: [{ link: 'https://e.example/1' }],
  },
  {
    name: 'content elsewhere, by src',
    body: atom(
      `<entry><id>a:1</id><title>Film</title><summary>What it shows</summary><content type="video/mp4" src="https://e.example/f.mp4"/></entry>`,
    ),
    entries: [{ link: 'https://e.example/f.mp4', content: '<p>What it shows</p>' }],
  },
  {
    name: 'content of a type that is no text',
    body: atom(
      `<entry><id>a:1</id><title>Picture</title><link href="https://e.example/1"/><content type="image/png">aGk=</content></entry>`,
    ),
    entries: [{ title: 'Picture', content: undefined }],
  },
  {
    name: 'languages on the feed, the entry and the text',
    body: atom(
      `<entry><id>a:1</id><title>1</title></entry><entry xml:lang="en_GB"><id>a:2</id><title>2</title></entry>
      <entry><id>a:3</id><content type="text" xml:lang="de">Drei</content></entry>`,
      ' xml:lang="ru"',
    ),
    entries: [{ lang: 'ru' }, { lang: 'en-GB' }, { lang: 'de' }],
  },
  {
    name: 'a language that is none',
    body: atom(`<entry><id>a:1</id><title>1</title></entry>`, ' xml:lang="English (US)"'),
    entries: [{ lang: undefined }],
  },
  {
    name: 'authors of the entry, of its source, and of the feed',
    body: atom(
      `<author><name>Feed</name></author><entry><id>a:1</id><title>1</title></entry>
      <entry><id>a:2</id><title>2</title><source><author><name>Source</name></author></source></entry>
      <entry><id>a:3</id><title>3</title><author><name>A</name></author><author><name>B</name></author></entry>`,
    ),
    entries: [{ author: 'Feed' }, { author: 'Source' }, { author: 'A, B' }],
  },
  {
    name: 'elements with a prefix instead of a default namespace',
    body: `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>T</a:title><a:entry><a:id>a:1</a:id><a:title>One</a:title></a:entry></a:feed>`,
    title: 'T',
    entries: [{ title: 'One' }],
  },
  {
    name: 'no id, no date: the link stays',
    body: atom(`<entry><title>One</title><link href="https://e.example/1"/></entry>`),
    entries: [{ id: undefined, published: undefined, updated: undefined, link: 'https://e.example/1' }],
  },
  {
    name: 'an enclosure, and one that the text has already',
    body: atom(
      `<entry><id>a:1</id><link rel="enclosure" href="https://e.example/a.mp3"/><content type="html">&lt;p>x&lt;/p></content></entry>
      <entry><id>a:2</id><link rel="enclosure" href="https://e.example/b.mp3"/><content type="html">&lt;a href="https://e.example/b.mp3">b&lt;/a></content></entry>`,
    ),
    entries: [
      {
        content: '<p>x</p>\n<p><a href="https://e.example/a.mp3" rel="nofollow noopener">a.mp3</a></p>',
      },
      { content: '<a href="https://e.example/b.mp3" rel="nofollow noopener">b</a>' },
    ],
  },
  {
    name: 'an empty feed',
    body: atom('<title>Nothing yet</title>'),
    title: 'Nothing yet',
    entries: [],
  },
  {
    name: 'an entry with nothing in it',
    body: atom(
      `<entry><id>a:1</id></entry><entry><updated>2026</updated></entry><entry><id>a:2</id><title>Two</title></entry>`,
    ),
    entries: [{ title: 'Two' }],
    omissions: ['2 entries have neither a title nor a link nor a text'],
  },
]
