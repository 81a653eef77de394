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
  const end = html.toLowerCase().lastIndexOf('</body>')
  return end < 0 ? html + tag : html.slice(0, end) + tag + html.slice(end)
}
