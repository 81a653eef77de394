import { imageCandidates } from '../links/references.ts'

interface Loading {
  /** The directive that decides about it; '' when it is only followed. */
  readonly kind: string
  /** Attributes with its addresses. */
  readonly names: readonly string[]
}

const IMAGE: readonly Loading[] = [{ kind: 'img-src', names: ['src', 'srcset', 'href', 'xlink:href'] }]
const MEDIUM: readonly Loading[] = [{ kind: 'media-src', names: ['src'] }]
const FRAME: readonly Loading[] = [{ kind: 'frame-src', names: ['src'] }]
const FOLLOWED: readonly Loading[] = [{ kind: '', names: ['href'] }]

const LOADINGS: ReadonlyMap<string, readonly Loading[]> = new Map([
  ['img', IMAGE],
  ['image', IMAGE],
  ['input', IMAGE],
  ['source', [...MEDIUM, { kind: 'img-src', names: ['srcset'] }]],
  ['video', [...MEDIUM, { kind: 'img-src', names: ['poster'] }]],
  ['audio', MEDIUM],
  ['track', MEDIUM],
  ['script', [{ kind: 'script-src-elem', names: ['src'] }]],
  ['iframe', FRAME],
  ['frame', FRAME],
  ['object', [{ kind: 'object-src', names: ['data'] }]],
  ['embed', [{ kind: 'object-src', names: ['src'] }]],
  ['form', [{ kind: 'form-action', names: ['action'] }]],
  ['base', [{ kind: 'base-uri', names: ['href'] }]],
])

/** What an element loads or leads to, each with its directive. */
export function loads(
  element: string,
  values: ReadonlyMap<string, string>,
): readonly (readonly [kind: string, address: string])[] {
  const found: [string, string][] = []
  const loadings =
    element === 'link' ? [{ kind: kindOfLink(values), names: ['href'] }] : (LOADINGS.get(element) ?? FOLLOWED)
  for (const { kind, names } of loadings)
    for (const name of names) {
      const value = values.get(name)
      if (value === undefined) continue
      if (name.endsWith('srcset')) for (const [address] of imageCandidates(value)) found.push([kind, address])
      else found.push([kind, value.trim()])
    }
  return found
}

function kindOfLink(values: ReadonlyMap<string, string>): string {
  const written = values.get('rel') ?? ''
  if (written === 'stylesheet') return 'style-src-elem'
  const rel = written.toLowerCase().split(/\s+/)
  if (rel.includes('stylesheet')) return 'style-src-elem'
  if (rel.some(each => /icon/.test(each))) return 'img-src'
  if (rel.includes('manifest')) return 'manifest-src'
  if (rel.includes('modulepreload')) return 'script-src-elem'
  return (rel.includes('preload') && PRELOADED.get(values.get('as') ?? '')) || ''
}

/** By what `as` says. */
const PRELOADED: ReadonlyMap<string, string> = new Map([
  ['font', 'font-src'],
  ['image', 'img-src'],
  ['script', 'script-src-elem'],
  ['style', 'style-src-elem'],
])
