/** The element that the development server adds to a page. */
export interface ClientTag {
  /** Of the page, the stylesheets and other files. */
  readonly version: string
  /** What the page has to show with a request that changes something. */
  readonly token: string
}

/** Adds the client to a page. Nothing else is changed, and a script of this site’s own is what even a strict policy allows. */
export function withClient(html: string, { version, token }: ClientTag = { version: '', token: '' }): string {
  const tag = `<script type="module" src="/.imprimatur/client.js" data-version="${version}" data-token="${token}"></script>`
  const end = bodyEnd(html)
  return end < 0 ? html + tag : html.slice(0, end) + tag + html.slice(end)
}

/** Where the last `</body>` is, in whatever case; -1 when there is none. Texts in lower case are not always as long as they were. */
function bodyEnd(html: string): number {
  let at = html.lastIndexOf('</')
  while (at >= 0 && html.slice(at, at + '</body>'.length).toLowerCase() !== '</body>')
    at = at === 0 ? -1 : html.lastIndexOf('</', at - 1)
  return at
}
