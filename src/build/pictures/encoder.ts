import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type * as SharpModule from 'sharp'
import { diagnostic } from '../../core/diagnostic.ts'
import { readRegularFile } from '../../core/read-file.ts'
import { reason } from '../../core/source.ts'
import type { Diagnostic } from '../../core/types.ts'

/** What copies are encoded as. */
export type EncodedFormat = 'avif' | 'webp' | 'jpeg' | 'png'

export interface CopyWanted {
  /** In pixels; never more than the picture has. */
  readonly width: number
  readonly format: EncodedFormat
}

/** Makes smaller copies of pictures. */
export interface PictureEncoder {
  /** Of the library; undefined when it is not installed. */
  readonly version: string | undefined
  /** Why it cannot be had. */
  readonly missing: Diagnostic | undefined
  /**
   * The copy, in sRGB and as a viewer turns the picture, without anything that the file says besides: no EXIF, XMP, IPTC or profile.
   * Rejected when the picture cannot be read.
   */
  encode(picture: Uint8Array, wanted: CopyWanted): Promise<Uint8Array>
}

type Sharp = typeof SharpModule.default

/** Of the qualities that sharp takes by itself. What changes here changes the bytes: `ENCODING` names it for the cache. */
export const ENCODING = 'avif 50, webp 80 smart, jpeg 80 mozjpeg, png 9; no SIMD, one thread'

/** Finds sharp, which a site needs for its pictures alone, beside the site or beside the program; it is loaded with the first picture. */
export function findEncoder(root: string, packageName = 'sharp'): PictureEncoder {
  const place = resolveFrom([join(root, 'package.json'), import.meta.url], packageName)
  let sharp: Sharp | undefined
  const version = place && versionOf(place)
  const missing = version === undefined ? missingEncoder(`${packageName} is not installed`) : undefined
  return {
    version,
    missing,
    async encode(picture, { width, format }) {
      sharp ??= load(place ?? packageName)
      const image = sharp(picture, { failOn: 'error' })
        .autoOrient()
        .resize({ width, withoutEnlargement: true })
      const encoded =
        format === 'avif'
          ? image.avif({ quality: 50, effort: 4 })
          : format === 'webp'
            ? image.webp({ quality: 80, effort: 4, smartSubsample: true })
            : format === 'jpeg'
              ? image.jpeg({ quality: 80, mozjpeg: true })
              : image.png({ compressionLevel: 9 })
      return encoded.toBuffer()
    },
  }
}

/** The same picture is to give the same bytes, whatever the processor and how many threads it has. */
function load(place: string): Sharp {
  const sharp = createRequire(import.meta.url)(place) as Sharp
  sharp.concurrency(1)
  sharp.simd(false)
  sharp.cache(false)
  return sharp
}

function resolveFrom(places: readonly string[], packageName: string): string | undefined {
  for (const place of places) {
    try {
      return createRequire(place).resolve(packageName)
    } catch {
      // Sought in the next one.
    }
  }
  return undefined
}

function versionOf(file: string): string | undefined {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const text = readRegularFile(join(folder, 'package.json')).toString('utf8')
      const { version } = JSON.parse(text) as { version?: string }
      if (version !== undefined) return version
    } catch {
      // In a folder above.
    }
  }
  return undefined
}

const missingEncoder = (what: string): Diagnostic =>
  diagnostic('image/encoder', `build.pictures asks for smaller copies of pictures, and ${what}`, {
    hint: 'run: npm install --save-dev sharp; or take build.pictures out of the configuration',
  })

export const cannotEncode = (source: string, error: unknown): Diagnostic =>
  diagnostic('image/encode', `No smaller copies can be made of this picture: ${reason(error)}`, {
    hint: 'open it in a program for pictures and save it anew; or leave it out',
    file: { path: source, text: '' },
  })
