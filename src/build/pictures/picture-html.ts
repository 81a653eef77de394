import { escape } from '../../core/html.ts'
import type { PictureCopy, PictureCopies } from './copies.ts'

/** What a picture is shown with beside the picture itself. */
export interface PictureSources {
  /** `<source>` elements, for a `<picture>` around the `<img>`. */
  readonly sources: string
  /** `srcset` and `sizes` of the `<img>` itself. */
  readonly attributes: Readonly<Record<string, string>>
}

/** The copies of a picture for a browser to choose from (HTML, 4.8.4.3); undefined where it has none. */
export function pictureSources(
  { sizes, formats, copiesOf }: Pick<PictureCopies, 'sizes' | 'formats' | 'copiesOf'>,
  url: string,
  ownWidth: number,
): PictureSources | undefined {
  const copies = copiesOf(url)
  if (copies.length === 0) return undefined
  const of = (wanted: string) => copies.filter(({ format }) => format === wanted)
  const sources = formats
    .filter(format => format !== 'original' && of(format).length > 0)
    .map(
      format =>
        `<source type="image/${format}" srcset="${escape(srcset(of(format)))}" sizes="${escape(sizes)}">`,
    )
  const original = of('original')
  return {
    sources: sources.join(''),
    attributes:
      original.length === 0 ? {} : { srcset: `${srcset(original)}, ${written(url)} ${ownWidth}w`, sizes },
  }
}

const srcset = (copies: readonly PictureCopy[]) =>
  copies.map(({ url, width }) => `${written(url)} ${width}w`).join(', ')

/** An address in `srcset` may neither begin nor end with a comma. */
const written = (url: string) => url.replaceAll(',', '%2C')
