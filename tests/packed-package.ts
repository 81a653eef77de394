import { basename, join } from 'node:path'
import { readdirSync } from 'node:fs'
import { packPackage } from '../tools/launch/stage.ts'
import { sharedFolder } from './shared-folder.ts'

/** The package as the registry would get it, packed once in a run; the path of the archive. */
export async function packedPackage(): Promise<string> {
  const folder = await sharedFolder('package', packPackage)
  const [archive = '', ...others] = readdirSync(folder)
  if (others.length > 0) throw new Error(`More than one archive was packed: ${[archive, ...others].join()}`)
  return join(folder, basename(archive))
}
