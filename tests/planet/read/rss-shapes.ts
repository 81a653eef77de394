import { rdf, rss, type Shape } from './shape.ts'

const namespaces =
  ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'

export const rssShapes: readonly Shape[] = [
  {
    name: 'RSS 2.0 as the specification has it',
    body: rss(
      `<description>d</description><language>en-us</language><item><title>One</title><link>https://blog.example/1</link>
      <description>&lt;p>Text&lt;/p></description><author>ann@blog.example (Ann)</author><guid>https://blog.example/1</guid>
      <pubDate>Fri, 02 Jan 2026 03:04:05 +0300</pubDate></item>`,
    ),
    title: 'Blog',
    home: 'https://blog.example/',
    entries: [
      {
        id: 'https://blog.example/1',
        link: 'https://blog.example/1',
        title: 'One',
        author: 'Ann',
        lang: 'en-US',
        published: '2026-01-02T00:04:05.000Z',
        content: '<p>Text</p>',
      },
    ],
  },
  {
    name: 'content:encoded and a description, in CDATA',
    body: rss(
      `<item><guid>1</guid><description><![CDATA[Short]]></description><content:encoded><![CDATA[<p>Long ]]]]><![CDATA[></p>]]></content:encoded></item>`,
      namespaces,
    ),
    entries: [{ content: '<p>Long ]]></p>' }],
  },
  {
    name: 'an empty content:encoded before a description',
    body: rss(
      `<item><guid>1</guid><content:encoded></content:encoded><description>Text</description></item>`,
      namespaces,
    ),
    entries: [{ content: 'Text' }],
  },
  {
    name: 'a guid that is the address, and no link',
    body: rss(`<item><title>One</title><guid>https://blog.example/p?id=1&amp;x=2</guid></item>`),
    entries: [{ link: 'https://blog.example/p?id=1&x=2' }],
  },
  {
    name: 'a guid that looks like an address and is none',
    body: rss(`<item><title>One</title><guid isPermaLink="false">https://blog.example/?p=1</guid></item>`),
    entries: [{ id: 'https://blog.example/?p=1', link: undefined }],
  },
  {
    name: 'a guid that says nothing of itself and is no address',
    body: rss(`<item><title>One</title><guid>1234</guid></item>`),
    entries: [{ id: '1234', link: undefined }],
  },
  {
    name: 'neither guid nor link nor date',
    body: rss(`<item><title>One</title><description>Text</description></item>`),
    entries: [{ id: undefined, link: undefined, published: undefined, title: 'One' }],
  },
  {
    name: 'an empty guid',
    body: rss(`<item><title>One</title><guid></guid><link>https://blog.example/1</link></item>`),
    entries: [{ id: undefined, link: 'https://blog.example/1' }],
  },
  {
    name: 'no title, as on a microblog',
    body: rss(`<item><guid>1</guid><description>Just words.</description></item>`),
    entries: [{ title: undefined, content: 'Just words.' }],
  },
  {
    name: 'relative links and pictures',
    body: rss(
      `<item><link>/2026/one/</link><description>&lt;a href="#note">1&lt;/a>&lt;img src="/i.png" alt="A map"></description></item>`,
    ),
    entries: [
      {
        link: 'https://blog.example/2026/one/',
        content:
          '<a href="https://blog.example/2026/one/#note" rel="nofollow noopener">1</a><a href="https://blog.example/i.png" rel="nofollow noopener">A map</a>',
      },
    ],
  },
  {
    name: 'a link with a stray ampersand and blanks around it',
    body: rss(`<item><title>One</title><link>\n  https://blog.example/?a=1&b=2\n </link></item>`),
    entries: [{ link: 'https://blog.example/?a=1&b=2' }],
  },
  {
    name: 'HTML that is not escaped',
    body: rss(`<item><guid>1</guid><description><p>Bare <b>tags</b></p></description></item>`),
    entries: [{ content: '<p>Bare <b>tags</b></p>' }],
  },
  {
    name: 'entities of HTML that XML does not know',
    body: rss(`<item><title>Caf&eacute; &mdash; &laquo;x&raquo;&nbsp;&hellip;</title></item>`),
    entries: [{ title: 'Café — «x» …' }],
  },
  {
    name: 'a title that was escaped twice',
    body: rss(`<item><title>Q&amp;amp;A &amp;#8211; &amp;quot;x&amp;quot;</title></item>`),
    entries: [{ title: 'Q&A – "x"' }],
  },
  {
    name: 'a title with markup, and one about markup',
    body: rss(
      `<item><title>A &lt;b>bold&lt;/b> word</title></item><item><title>Using &lt;div> well</title></item><item><title>1 &lt; 2</title></item>`,
    ),
    entries: [{ title: 'A bold word' }, { title: 'Using <div> well' }, { title: '1 < 2' }],
  },
  {
    name: 'Dublin Core instead of RSS',
    body: rss(
      `<item><title>One</title><dc:creator>Ann</dc:creator><dc:date>2026-01-02</dc:date></item>`,
      namespaces,
    ),
    entries: [{ author: 'Ann', published: '2026-01-02T00:00:00.000Z' }],
  },
  {
    name: 'an author who is only an address of mail',
    body: rss(
      `<item><title>One</title><author>ann@blog.example</author></item><item><title>Two</title><author>Bob &lt;bob@blog.example&gt;</author></item>`,
    ),
    entries: [{ author: undefined }, { author: 'Bob' }],
  },
  {
    name: 'Atom within RSS',
    body: rss(
      `<atom:link rel="self" href="https://blog.example/feed"/><item><title>One</title><atom:updated>2026-01-03T00:00:00Z</atom:updated><atom:link href="https://blog.example/1"/></item>`,
      namespaces,
    ),
    home: 'https://blog.example/',
    entries: [{ link: 'https://blog.example/1', updated: '2026-01-03T00:00:00.000Z' }],
  },
  {
    name: 'other prefixes for known namespaces',
    body: rss(
      `<item><guid>1</guid><c:encoded>&lt;p>x&lt;/p></c:encoded><d:creator>Ann</d:creator></item>`,
      ' xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:d="http://purl.org/dc/elements/1.1/"',
    ),
    entries: [{ content: '<p>x</p>', author: 'Ann' }],
  },
  {
    name: 'a prefix that was never declared',
    body: rss(`<item><title>One</title><o:p>x</o:p><guid>1</guid></item>`),
    entries: [{ title: 'One' }],
  },
  {
    name: 'elements in other letters',
    body: `<RSS VERSION="2.0"><Channel><TITLE>Blog</TITLE><Item><Title>One</Title><PubDate>Fri, 2 Jan 2026 00:00:00 GMT</PubDate></Item></Channel></RSS>`,
    title: 'Blog',
    entries: [{ title: 'One', published: '2026-01-02T00:00:00.000Z' }],
  },
  {
    name: 'RSS 0.91 with its document type',
    body: `<?xml version="1.0"?>\n<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
      <rss version="0.91"><channel><title>Caf&eacute;</title><link>http://blog.example</link><item><title>One</title><link>http://blog.example/1</link></item></channel></rss>`,
    title: 'Café',
    home: 'http://blog.example/',
    entries: [{ title: 'One', link: 'http://blog.example/1' }],
  },
  {
    name: 'RSS 0.92 with neither titles nor links',
    body: `<rss version="0.92"><channel><title>Radio</title><item><description>Said &lt;b>so&lt;/b>.</description></item></channel></rss>`,
    entries: [{ title: undefined, content: 'Said <b>so</b>.' }],
  },
  {
    name: 'RSS 0.90, in RDF',
    body: `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>T</title><link>http://e.example/</link></channel><item><title>One</title><link>http://e.example/1</link></item></rdf:RDF>`,
    title: 'T',
    entries: [{ title: 'One', link: 'http://e.example/1' }],
  },
  {
    name: 'RSS 1.0 with Dublin Core and content',
    body: rdf(
      `<channel rdf:about="https://e.example/"><title>T</title><link>https://e.example/</link><dc:language>ru</dc:language></channel>
      <item rdf:about="https://e.example/1"><title>One</title><link>https://e.example/1</link><dc:date>2026-01-02T03:04+03:00</dc:date><content:encoded>&lt;p>x&lt;/p></content:encoded></item>`,
    ),
    home: 'https://e.example/',
    entries: [
      {
        id: 'https://e.example/1',
        lang: 'ru',
        published: '2026-01-02T00:04:00.000Z',
        content: '<p>x</p>',
      },
    ],
  },
  {
    name: 'items outside of the channel',
    body: `<rss version="0.90"><channel><title>T</title></channel><item><title>One</title></item></rss>`,
    title: 'T',
    entries: [{ title: 'One' }],
  },
  {
    name: 'a podcast',
    body: rss(
      `<item><title>One</title><enclosure url="https://e.example/1.mp3" length="1" type="audio/mpeg"/><itunes:author>Ann</itunes:author></item>`,
      ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
    ),
    entries: [
      {
        author: 'Ann',
        content: '<p><a href="https://e.example/1.mp3" rel="nofollow noopener">1.mp3</a></p>',
      },
    ],
  },
  {
    name: 'one guid for different entries',
    body: rss(
      `<item><title>One</title><guid>x</guid><link>https://e.example/1</link></item><item><title>Two</title><guid>x</guid><link>https://e.example/2</link></item>`,
    ),
    entries: [{ title: 'One' }, { title: 'Two' }],
  },
  {
    name: 'a feed without a title, a link or a description',
    body: `<rss><channel><item><title>One</title></item></channel></rss>`,
    title: undefined,
    home: undefined,
    entries: [{ title: 'One' }],
  },
]
