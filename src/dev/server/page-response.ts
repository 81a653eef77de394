import { createHash } from 'node:crypto'
import { frameOf } from '../../core/code-frame.ts'
import type { Diagnostic } from '../../core/types.ts'
import type { PageReport, Version } from '../client/protocol.ts'
import { reportOn, type ReportContext } from './page-report.ts'
import type { ServedSite, ServedFile } from './served-site.ts'
import { withClient } from './with-client.ts'

/** A page as it is sent, and the state that its client gets. */
export interface PageResponse {
  readonly html: string
  readonly version: Version
  report(): PageReport
  /** What the report is made of. */
  diagnostics(): readonly Diagnostic[]
}

interface ResponseContext extends ReportContext {
  readonly site: ServedSite
  /** `Authorizer.tokenOf` the page. */
  readonly token: string
}

/** Adds the client to a page; where there is no page, makes one of its diagnostics. */
export function createPageResponse(file: ServedFile, context: ResponseContext): PageResponse {
  const { contents, diagnostics } = file
  const { site, token } = context
  const html = contents === undefined ? errorPage(diagnostics()) : textOf(contents)
  const version: Version = {
    page: digest(html.replace(STYLE_VERSION, '$1')),
    styles: site.styles,
    assets: site.assets,
  }
  const { page, styles, assets } = version
  return {
    html: withClient(html, { version: [page, styles, assets].join('.'), token }),
    version,
    report: () => reportOn(file, context),
    diagnostics,
  }
}

const textOf = (contents: string | Uint8Array) =>
  typeof contents === 'string' ? contents : Buffer.from(contents).toString('utf8')

/** A stylesheet that has changed is swapped: its hash in a page does not make it another page. */
const STYLE_VERSION = /(\.css)\?v=[\da-f]+/g

const digest = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 16)

/** The client renders the diagnostics; without JavaScript their places are in the page. */
const errorPage = (diagnostics: readonly Diagnostic[]) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>This page cannot be made</title></head>
<body>
<h1>This page cannot be made</h1>
<p>Mend what is wrong, and it comes by itself.</p>
<ul>
${diagnostics.map(each => `<li><code>${escape(placeOf(each))}</code> ${escape(each.message)}</li>`).join('\n')}
</ul>
</body>
</html>
`

function placeOf(found: Diagnostic): string {
  const frame = frameOf(found)
  return [found.file?.path, frame?.line, frame?.column].filter(part => part !== undefined).join(':')
}

const escape = (text: string) =>
  text.replace(/[&<>"]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)
