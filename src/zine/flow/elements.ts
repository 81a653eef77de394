import type { InlineStyle } from './flow.ts'

/** Elements of a line, and how they are set. */
export const styles: ReadonlyMap<string, InlineStyle> = new Map([
  ['em', 'emphasis'],
  ['i', 'emphasis'],
  ['cite', 'emphasis'],
  ['dfn', 'emphasis'],
  ['var', 'emphasis'],
  ['strong', 'strong'],
  ['b', 'strong'],
  ['del', 'strike'],
  ['s', 'strike'],
  ['strike', 'strike'],
  ['sub', 'sub'],
  ['sup', 'sup'],
  ['mark', 'mark'],
  ['u', 'underline'],
  ['ins', 'underline'],
])

/** Elements of a line that are set as what is in them. */
export const plainInline: ReadonlySet<string> = new Set(
  'span small big abbr acronym time q bdi bdo label data font nobr ruby rb rt rp rtc'.split(' '),
)

/** Elements of a line whose text is for machines. */
export const codeInline: ReadonlySet<string> = new Set(['code', 'kbd', 'samp', 'tt'])

/** Elements that begin a new paragraph, and are set as what is in them. */
export const sections: ReadonlySet<string> = new Set(
  'div section article main header footer hgroup details center address fieldset form nav noscript hgroup body html'.split(
    ' ',
  ),
)

/** Elements that are no part of a line. */
export const blocks: ReadonlySet<string> = new Set([
  ...sections,
  ...'p h1 h2 h3 h4 h5 h6 blockquote aside ul ol li menu dl dt dd pre table figure figcaption hr summary legend'.split(
    ' ',
  ),
])

/** What is only for the web, and no loss on paper. */
export const unneeded: ReadonlySet<string> = new Set([
  'wbr',
  'link',
  'meta',
  'template',
  'source',
  'track',
  'base',
  'col',
  'colgroup',
])

/** What a page can show and paper cannot. */
export const silent: ReadonlySet<string> = new Set(
  'script style svg canvas map object embed applet'.split(' '),
)

/** The same, with an address that can be printed. */
export const playing: ReadonlySet<string> = new Set('video audio iframe embed object'.split(' '))

export const isKnownInline = (tag: string): boolean =>
  tag === 'a' || styles.has(tag) || plainInline.has(tag) || codeInline.has(tag)

/** Elements that stand in a line whatever is in them. */
export const isLineOnly = (tag: string): boolean =>
  unneeded.has(tag) || silent.has(tag) || playing.has(tag) || tag === 'math' || tag === 'picture'
