/** Characters that XML 1.0 has no way to write are left out: a control character in a post must not break a feed. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)

/** `<name>text</name>` and a line break; nothing when there is no text. */
export const element = (
  name: string,
  text: string | undefined,
  attributes: Readonly<Record<string, string>> = {},
): string => (text === undefined ? '' : `<${name}${attributeList(attributes)}>${escapeXml(text)}</${name}>\n`)

/** `<name …/>` and a line break. */
export const emptyElement = (name: string, attributes: Readonly<Record<string, string>>): string =>
  `<${name}${attributeList(attributes)}/>\n`

const attributeList = (attributes: Readonly<Record<string, string>>) =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join('')
