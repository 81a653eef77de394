import type { Site } from '../build/site.ts'
import type { LocatedBody } from '../build/render/bodies.ts'
import { createMarkdown } from '../build/render/render-markdown.ts'
import type { Config } from '../config/config.ts'
import type { Code } from '../core/codes.ts'
import type { Diagnostic } from '../core/types.ts'
import type { Block, Inline, ZinePiece } from './flow/flow.ts'
import { readPiece, type PieceContext } from './flow/read-piece.ts'
import type { ZineIssue } from './issue/issue.ts'
import type { ZineWords } from './words.ts'

interface ColophonContext {
  readonly config: Config
  readonly site: Site
  readonly context: PieceContext
  readonly words: ZineWords
}

/** The last page: what the author says there, in Markdown, and how the zine came about. */
export function readColophon(
  issue: ZineIssue,
  { config, site, context, words }: ColophonContext,
): { readonly piece: ZinePiece; readonly diagnostics: readonly Diagnostic[] } {
  const { lang, file } = issue
  const source = { path: `${file.path} (colophon).md`, text: issue.colophon ?? '' }
  const set = site.typography.setPage(source, { lang, typography: 'fix' }, { inPlace: true })
  const html = createMarkdown(config.markdown)(set.file.text, {
    lang,
    resolve: address => address,
    imageSize: () => undefined,
    readInline: set.readInline,
  })
  const body: LocatedBody = { html, file, start: 0, places: 'none', mark: '' }
  const head = { title: words.colophon, lang, byline: [], address: undefined, url: `/zines/${issue.name}/` }
  const { piece, diagnostics } = readPiece(body, head, context)
  return {
    piece: { ...piece, blocks: [...piece.blocks, ...ownLines(issue, config, words)] },
    diagnostics: diagnostics.map(({ code, message, hint = '' }) =>
      issue.report(code as Code, ['colophon'], message, hint),
    ),
  }
}

function ownLines({ fonts }: ZineIssue, { site }: Config, words: ZineWords): readonly Block[] {
  const text = (content: string): Inline => ({ kind: 'text', text: content })
  const shown = site.url.replace(/^https?:\/\//, '')
  const link: Inline = {
    kind: 'link',
    to: { kind: 'web', address: `${site.url}/`, shown },
    children: [text(shown)],
  }
  const faces = [fonts?.text ?? 'Libertinus Serif', fonts?.code ?? 'DejaVu Sans Mono']
  return [
    { kind: 'paragraph', children: [text(`${words.from} ${site.title}, `), link, text('.')] },
    { kind: 'paragraph', children: [text(`${words.set} ${faces.join(', ')}.`)] },
  ]
}
