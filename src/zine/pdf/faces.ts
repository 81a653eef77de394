import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { diagnostic } from '../../core/diagnostic.ts'
import { readRegularFile } from '../../core/read-file.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import type { ZineIssue } from '../issue/issue.ts'

/** The faces of a zine. The first family that has a character sets it. */
export interface Faces {
  readonly text: readonly string[]
  readonly code: readonly string[]
  readonly files: readonly Buffer[]
}

const require = createRequire(import.meta.url)

const TEXT = 'Libertinus Serif'
const CODE = 'DejaVu Sans Mono'
const SYMBOLS = 'DejaVu Sans'

const libertinus = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'].map(
  style => `@expo-google-fonts/libertinus-serif/${style}/LibertinusSerif_${style}.ttf`,
)
const dejavu = ['Mono', ''].flatMap(kind =>
  ['', '-Bold', '-Oblique', '-BoldOblique'].map(
    style => `dejavu-fonts-ttf/ttf/DejaVuSans${kind}${style}.ttf`,
  ),
)

/**
 * Reads the faces. They come from packages with a version, never from the machine: of the compiler’s own copies and of those that are
 * installed, nobody knows which would be taken, and the same zine is to be the same file everywhere.
 */
export function readFaces(root: string, { fonts, report }: ZineIssue): Result<Faces> {
  const diagnostics: Diagnostic[] = []
  const files: Buffer[] = []
  for (const name of [...libertinus, ...dejavu]) {
    try {
      files.push(readRegularFile(require.resolve(name)))
    } catch {
      const message = `The face ${name} is not installed`
      const hint = 'run: npm install --save-dev @expo-google-fonts/libertinus-serif dejavu-fonts-ttf'
      diagnostics.push(diagnostic('zine/face', message, { hint }))
      break
    }
  }
  const own = fonts ? readFolder(join(root, 'zines', fonts.folder)) : []
  if (fonts && own.length === 0) {
    const message = `There are no faces in zines/${fonts.folder}/`
    diagnostics.push(
      report('zine/face', ['fonts', 'folder'], message, 'put .ttf or .otf files there; WOFF2 cannot be read'),
    )
  }
  if (diagnostics.length > 0) return { diagnostics }
  const value = {
    text: [...new Set([fonts?.text ?? TEXT, TEXT, SYMBOLS])],
    code: [...new Set([fonts?.code ?? CODE, CODE, SYMBOLS])],
    files: [...own, ...files],
  }
  return { value, diagnostics }
}

function readFolder(folder: string): readonly Buffer[] {
  try {
    return readdirSync(folder)
      .filter(name => /\.(?:ttf|otf|ttc)$/i.test(name))
      .toSorted()
      .map(name => readRegularFile(join(folder, name)))
  } catch {
    return []
  }
}
