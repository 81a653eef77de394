import { join } from 'node:path'
import { isPresent } from '../../core/read-file.ts'
import type { Config } from '../../config/config.ts'
import { diagnostic, hasErrors } from '../../core/diagnostic.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import type { PlanetList } from '../../planet/list.ts'
import { hasPlanet, KEPT_FOLDER } from '../../planet/paths.ts'

export interface ListedPlanet {
  /** Undefined for a site without a planet. */
  readonly planet: PlanetList | undefined
}

/** Reads the list of the feeds that the site has gathered. What is kept of them is read when it is shown. */
export async function readPlanet({ config }: { readonly config: Config }): Promise<Result<ListedPlanet>> {
  const { root, dirs } = config
  if (!hasPlanet(root, dirs.pages)) return { value: { planet: undefined }, diagnostics: [] }
  const { readPlanetList } = await import('../../planet/list.ts')
  const { value: planet, diagnostics } = readPlanetList(root, dirs.pages)
  if (!planet) return { diagnostics }
  const found = [...diagnostics, ...checkFolder(config), ...unfetched(root, planet)]
  return hasErrors(found) ? { diagnostics: found } : { value: { planet }, diagnostics: found }
}

function checkFolder({ dirs }: Config): readonly Diagnostic[] {
  if (dirs.output !== KEPT_FOLDER) return []
  const message = `The site cannot go to ${dirs.output}/, where the feeds of the planet are kept`
  return [
    diagnostic('config/dirs', message, { hint: 'choose another output folder: --output, or dirs.output' }),
  ]
}

const unfetched = (root: string, { file, feeds }: PlanetList): readonly Diagnostic[] =>
  feeds
    .filter(({ keptPath }) => !isPresent(join(root, keptPath)))
    .map(({ name, span }) => {
      const message = `Nothing is kept of ${name} yet`
      return diagnostic('planet/unfetched', message, { hint: 'run: imprimatur planet fetch', file, span })
    })
