import { createHash } from 'node:crypto'
import { measure } from '../../build/pages/assets.ts'

export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/svg+xml'

/** A picture of the zine; several of one content are one. */
export interface PrintedPicture {
  readonly name: string
  readonly type: PictureType
  readonly bytes: Uint8Array
  /** In CSS pixels. */
  readonly width: number
  readonly height: number
}

/** A picture by its bytes, or why it cannot be printed. */
export function readPicture(bytes: Uint8Array): PrintedPicture | string {
  const type = typeOf(bytes)
  if (!type) return 'it is no PNG, JPEG, GIF, WebP or SVG'
  if (type === 'image/svg+xml') {
    const why = whySvgIsRefused(Buffer.from(bytes).toString('utf8'))
    if (why !== undefined) return why
  }
  try {
    const { width, height } = measure(bytes)
    if (!(width > 0 && height > 0)) return 'its size cannot be told'
    const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
    return { name: `images/${digest}.${extensions[type]}`, type, bytes, width, height }
  } catch {
    return 'its size cannot be told'
  }
}

const extensions: Readonly<Record<PictureType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
}

function typeOf(bytes: Uint8Array): PictureType | undefined {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(head)) return 'image/gif'
  if (/^RIFF[^]{4}WEBP/.test(head)) return 'image/webp'
  return /^(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!--|<!DOCTYPE svg|<svg)/i.test(head) &&
    /<svg/i.test(Buffer.from(bytes).toString('latin1'))
    ? 'image/svg+xml'
    : undefined
}

/** An EPUB may not have what runs or loads something, and a book has no use for it. */
function whySvgIsRefused(svg: string): string | undefined {
  if (/<(?:script|foreignObject)\b|\son[a-z]+\s*=/i.test(svg)) return 'something in it runs'
  if (/(?:href|src)\s*=\s*["'](?!#|data:)|url\(\s*["']?(?!#|data:|["']?\))/i.test(svg))
    return 'it loads other files'
  if (/<!(?:ENTITY|DOCTYPE(?:[^>[<]|<(?!!))*\[)/i.test(svg)) return 'it declares entities'
  return undefined
}
