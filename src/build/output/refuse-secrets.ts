import { posix } from 'node:path'
import type { Config } from '../../config/config.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import { readSource } from '../../core/read-file.ts'
import type { Diagnostic, OutputFile, Result } from '../../core/types.ts'
import { secretsIn, secretsInText, type Secret } from '../../document/secrets.ts'

/**
 * Whether a file’s bytes may leave for the output: none that hold a private key do, unless `build.notSecret` names their source. What
 * the program generates from other pages or from feeds is not searched.
 */
export function refuseSecrets({ root, build: { notSecret } }: Config): (file: OutputFile) => OutputFile {
  const isLetThrough = new Set(notSecret.map(path => posix.normalize(path)))
  return file => {
    const { source } = file.maker
    if (source === undefined || isLetThrough.has(source)) return file
    return {
      ...file,
      contents(): Result<string | Uint8Array> {
        const result = file.contents()
        const { value } = result
        if (value === undefined) return result
        const secrets = typeof value === 'string' ? secretsInText(value) : secretsIn(value)
        if (secrets.length === 0) return result
        return { diagnostics: [...result.diagnostics, ...secretDiagnostics(root, source, secrets)] }
      },
    }
  }
}

/** Each secret at its place in the source; one that a template brings in, at the page that it would be published on. */
function secretDiagnostics(root: string, source: string, secrets: readonly Secret[]): readonly Diagnostic[] {
  const { value: read } = readSource(root, source)
  const written = read ? secretsInText(read.text) : []
  const file = { path: source, text: redacted(read?.text ?? '') }
  const hint = `move it out of the site; if it was ever published or pushed, make a new key and revoke this one. If it is nobody’s: build: { notSecret: ['${source}'] }`
  return (written.length > 0 ? written : secrets).map(({ kind, at }) =>
    diagnostic('publish/secret', `This would publish ${kind}`, {
      hint,
      file,
      ...(written.length > 0 && { span: [at, at + 1] as const }),
    }),
  )
}

/** Reports print the line of a diagnostic; of a key they get the place without the text. */
const redacted = (text: string) => text.replace(/[^\r\n]/g, '·')
