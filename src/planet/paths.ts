import { join } from 'node:path'
import { isPresent } from '../core/read-file.ts'

/** What is kept of the feeds lies here, from the root of the site: it is committed, and not published. */
export const KEPT_FOLDER = 'planet'

/** The list of feeds, from the root of the site. */
export const listPath = (pages: string): string => `${pages}/planet.yaml`

/** Whether a site has a planet. */
export const hasPlanet = (root: string, pages: string): boolean => isPresent(join(root, listPath(pages)))
