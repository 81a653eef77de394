import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The templates of a folder and those below it, from the root; none when there is no such folder. */
export function templatesBelow(root: string, dir: string): readonly string[] {
  try {
    return readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ejs'))
      .map(name => `${dir}/${name.replaceAll('\\', '/')}`)
      .toSorted()
  } catch {
    return []
  }
}
