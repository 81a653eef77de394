import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { cacheFile } from '../../config/cache-folder.ts'
import type { Config } from '../../config/config.ts'
import type { PictureFormat } from '../../config/sections/pictures.ts'
import { readRegularFile } from '../../core/read-file.ts'
import type { Diagnostic, OutputFile, Result } from '../../core/types.ts'
import type { CopiedFile } from '../../document/find-sources.ts'
import type { DependencyTracker } from '../cache/dependencies.ts'
import { address, whyNoPath } from '../pages/addresses.ts'
import { cannotEncode, ENCODING, findEncoder, type EncodedFormat, type PictureEncoder } from './encoder.ts'
import { readPictureHead } from './picture-head.ts'

/** A smaller copy of a picture of the site: `/a/cat.jpg.480.webp`. */
export interface PictureCopy {
  readonly url: string
  readonly width: number
  readonly format: PictureFormat
}

/** Smaller copies of the pictures of a site. */
export interface PictureCopies {
  /** The attribute `sizes`. */
  readonly sizes: string
  /** The formats, best first. */
  readonly formats: readonly PictureFormat[]
  /** Of the picture at this address, narrowest first within a format; none of what is no picture, or moves. */
  copiesOf(url: string): readonly PictureCopy[]
  /** Of the encoder; undefined when there is none. */
  readonly version: string | undefined
  /** Why there is none. */
  readonly missing: Diagnostic | undefined
  /** Each is made by its `prepare`. */
  readonly files: readonly OutputFile[]
}

interface CopiesInput {
  readonly config: Config
  readonly files: readonly CopiedFile[]
  /** Whether the author has nothing at a path of the output. */
  isFree(path: string): boolean
  readonly dependencies: DependencyTracker
  /** Whether copies of earlier builds may be taken; a check makes all of them anew. */
  readonly isCached: boolean
  readonly encoder?: PictureEncoder | undefined
}

const ENCODED: Readonly<Record<string, EncodedFormat>> = {
  jpg: 'jpeg',
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
}

/** What a browser takes that can tell by itself how wide a lazy picture is shown, and what the others take. */
const SIZES = 'auto, (min-width: 48rem) 44rem, 100vw'

export function createPictureCopies({
  config,
  files: copied,
  isFree,
  dependencies,
  isCached,
  ...input
}: CopiesInput): PictureCopies | undefined {
  const wanted = config.build.pictures
  if (!wanted) return undefined
  const { encoder = findEncoder(config.root) } = input
  const formats = [...new Set(wanted.formats ?? (['avif', 'webp'] as const))]
  const widths = [...new Set(wanted.widths)].toSorted((a, b) => a - b)
  const copies = new Map<string, readonly PictureCopy[]>()
  const files: OutputFile[] = []
  for (const { path, source } of copied) {
    const own = ENCODED[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '']
    const place = own && address(path.split('/'))
    const head = typeof place === 'object' ? readPictureHead(join(config.root, source)) : undefined
    if (!own || typeof place !== 'object' || !head || head.isAnimated) continue
    const all = formats.flatMap(format =>
      widthsFor(head.width, widths, format).map(width => {
        const encoded = format === 'original' ? own : format
        const name = `.${width}.${encoded === 'jpeg' ? 'jpg' : encoded}`
        return { format, encoded, width, path: path + name, url: place.url + name }
      }),
    )
    if (all.some(copy => whyNoPath(copy.path.split('/')) !== undefined)) continue
    copies.set(
      place.url,
      all.map(({ url, width, format }) => ({ url, width, format })),
    )
    for (const copy of all)
      if (isFree(copy.path))
        files.push(
          copyFile(copy.path, {
            config,
            source,
            encoder,
            dependencies,
            isCached,
            width: copy.width,
            format: copy.encoded,
          }),
        )
  }
  return {
    sizes: wanted.sizes ?? SIZES,
    formats,
    copiesOf: url => copies.get(url) ?? [],
    version: encoder.version,
    missing: encoder.missing,
    files,
  }
}

/** Never wider than the picture; as wide as it at last, in another format than its own. */
function widthsFor(own: number, widths: readonly number[], format: PictureFormat): readonly number[] {
  const narrower = widths.filter(width => width < own)
  const isLast = narrower.length < widths.length && format !== 'original'
  return narrower.length === 0 && own < widths[0]! ? [] : [...narrower, ...(isLast ? [own] : [])]
}

interface CopyInput {
  readonly config: Config
  readonly source: string
  readonly encoder: PictureEncoder
  readonly dependencies: DependencyTracker
  readonly isCached: boolean
  readonly width: number
  readonly format: EncodedFormat
}

function copyFile(path: string, input: CopyInput): OutputFile {
  let made: Result<Uint8Array> | undefined
  let awaited = 0
  return {
    path,
    maker: { kind: 'picture', source: input.source },
    async prepare() {
      awaited++
      made = await makeCopy(input)
    },
    contents() {
      input.dependencies.record(`source ${input.source}`)
      input.dependencies.record('pictures')
      if (!made) throw new Error(`${path} was not prepared`)
      const result = made
      // Whoever awaited it has it by now.
      if (--awaited === 0) made = undefined
      return result
    },
  }
}

async function makeCopy({
  config,
  source,
  encoder,
  isCached,
  width,
  format,
}: CopyInput): Promise<Result<Uint8Array>> {
  if (encoder.missing) return { diagnostics: [encoder.missing] }
  try {
    const picture = readRegularFile(join(config.root, source))
    const hash = createHash('sha256').update(`${encoder.version} ${ENCODING} ${width}\0`).update(picture)
    const cache = cacheFile(config.root, `picture-${hash.digest('hex').slice(0, 40)}.${format}`)
    const known = isCached ? cache.read() : undefined
    if (known) return { value: known, diagnostics: [] }
    const value = await encoder.encode(picture, { width, format })
    if (isCached) cache.write(value)
    return { value, diagnostics: [] }
  } catch (error) {
    return { diagnostics: [cannotEncode(source, error)] }
  }
}
