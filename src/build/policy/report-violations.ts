import { append } from '../../core/lists/long-lists.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import { readSource } from '../../core/read-file.ts'
import type { Diagnostic, Severity, SourceFile, Span } from '../../core/types.ts'
import type { LocatedViolation } from '../links/findings.ts'
import { siteTemplates } from '../links/templates.ts'
import type { Site } from '../site.ts'

/** Reports each violation of the site’s policy where it is written: in a page, in a stylesheet or, once, in a layout. */
export function reportViolations(
  violations: readonly LocatedViolation[],
  { config }: Pick<Site, 'config'>,
  severity: Severity = 'warning',
): readonly Diagnostic[] {
  const files = new Map<string, SourceFile>()
  const open = (path: string): SourceFile => {
    const file = files.get(path) ?? readSource(config.root, path).value ?? { path, text: '' }
    files.set(path, file)
    return file
  }
  const templates = siteTemplates(config)
  const settled = new Set<string>()
  return violations
    .toSorted((a, b) => (a.page < b.page ? -1 : a.page > b.page ? 1 : 0))
    .flatMap(violation => {
      const { directive, source, written, page, offset } = violation
      const key = `${directive} ${written}`
      const own = open(page)
      const spans: readonly Span[] =
        offset === undefined ? placesOf(own.text, written) : [[offset, offset + written.length]]
      const at = spans.map(span => ({ file: own, span }))
      if (at.length === 0) {
        // What a layout has is on every page; it is reported once.
        if (settled.has(key)) return []
        settled.add(key)
        append(
          at,
          templates.flatMap(file =>
            placesOf(file.text, written)
              .slice(0, 1)
              .map(span => ({ file, span })),
          ),
        )
      }
      const isInline = source === "'unsafe-inline'"
      const what = isInline ? 'nothing inline' : `nothing of ${source}`
      const message = `“${brief(written)}” is against the site’s policy: ${directive} allows ${what}`
      const hint = `${isInline ? 'move it into a file, or ' : ''}allow it, build: { policy: { '${directive}': [${JSON.stringify(source)}] } } ; until then _headers has no policy`
      const places = at.length > 0 ? at : [{ file: { path: page, text: '' } }]
      return places.map(place => diagnostic('policy/violation', message, { severity, hint, ...place }))
    })
}

const brief = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

/** Whatever blanks and quotation marks stand there. */
function placesOf(text: string, written: string): readonly Span[] {
  const pattern = written
    .split(/\s+/)
    .map(each => each.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll('"', '["\']?'))
    .join('\\s+')
    .replace(/^<script>/, '<script\\b[^>]*>\\s*')
  return [...text.matchAll(new RegExp(pattern, 'gi'))].map(({ 0: { length }, index }) => [
    index,
    index + length,
  ])
}
