import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let staged: Promise<string> | undefined

/** The file that starts the program as it is packed, which is what who installs it runs. It is laid down once, and gone when the bench ends. */
export const packedCli = (): Promise<string> => (staged ??= stage())

async function stage(): Promise<string> {
  const { stagePackage } = await import('../launch/stage.ts')
  const folder = mkdtempSync(join(tmpdir(), 'imprimatur-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  await stagePackage(folder)
  return join(folder, 'dist/cli/main.js')
}
