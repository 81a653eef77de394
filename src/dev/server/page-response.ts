import { createHash } from 'node:crypto'
import { frameOf } from '../../core/code-frame.ts'
import type { Diagnostic, Severity } from '../../core/types.ts'
import type { PageDiagnostic, PageReport, Version } from './client.ts'
import type { ServedSite, ServedFile } from './served-site.ts'

/** A page as it is sent, and the state that its client gets. */
export interface PageResponse {
  readonly html: string
  readonly version: Version
  report(): PageReport
}

/** Adds the client to a page; where there is no page, makes one of its diagnostics. */
export function createPageResponse(
  { contents, diagnostics, isFailed }: ServedFile,
  library: ServedSite,
): PageResponse {
  const html = contents === undefined ? errorPage(diagnostics()) : textOf(contents)
  const version: Version = {
    page: digest(html.replace(STYLE_VERSION, '$1')),
    styles: library.styles,
    assets: library.assets,
  }
  return {
    html: inject(html, version),
    version,
    report: () => ({
      isStale: isFailed && contents !== undefined,
      diagnostics: diagnostics()
        .toSorted((a, b) => order[a.severity] - order[b.severity])
        .map(describeDiagnostic),
    }),
  }
}

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

const textOf = (contents: string | Uint8Array) =>
  typeof contents === 'string' ? contents : Buffer.from(contents).toString('utf8')

/** A stylesheet that has changed is swapped: its hash in a page does not make it another page. */
const STYLE_VERSION = /(\.css)\?v=[\da-f]+/g

const digest = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 16)

/** Nothing else of a page is changed. A script of this site’s own is what even a strict Content-Security-Policy allows. */
function inject(html: string, { page, styles, assets }: Version): string {
  const version = [page, styles, assets].join('.')
  const tag = `<script type="module" src="/.imprimatur/client.js" data-version="${version}"></script>`
  const end = html.toLowerCase().lastIndexOf('</body>')
  return end < 0 ? html + tag : html.slice(0, end) + tag + html.slice(end)
}

function describeDiagnostic(found: Diagnostic): PageDiagnostic {
  const { severity, code, message, hint, file } = found
  const frame = frameOf(found)
  const place = file && [file.path, frame?.line, frame?.column].filter(part => part !== undefined).join(':')
  return { severity, code, message, hint, place, frame }
}

/** The client renders the diagnostics; without JavaScript their places are in the page. */
const errorPage = (diagnostics: readonly Diagnostic[]) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>This page cannot be made</title></head>
<body>
<h1>This page cannot be made</h1>
<p>Mend what is wrong, and it comes by itself.</p>
<ul>
${diagnostics
  .map(describeDiagnostic)
  .map(({ place = '', message }) => `<li><code>${escape(place)}</code> ${escape(message)}</li>`)
  .join('\n')}
</ul>
</body>
</html>
`

const escape = (text: string) =>
  text.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)
