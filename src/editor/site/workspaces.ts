import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findSiteRoot, pathBelow } from '../../config/site-root.ts'
import { openWorkspace, type Trust, type Workspace } from './workspace.ts'

/** A text, and the site that it belongs to. */
export interface PlacedText {
  readonly workspace: Workspace
  /** From the site’s root. */
  readonly path: string
}

export interface Workspaces {
  readonly all: readonly Workspace[]
  /** The nearest folder above a file that has a configuration or pages is its site; what is in none is a site of its own, as is what is in no file yet. */
  of(uri: string): Promise<PlacedText>
}

/** `cwd`: the site of texts that are in no file yet. */
export function createWorkspaces(trust: Trust, cwd: string): Workspaces {
  const known = new Map<string, Promise<Workspace>>()
  const opened: Workspace[] = []
  const open = (root: string) => {
    let workspace = known.get(root)
    if (!workspace) {
      workspace = openWorkspace(root, trust).then(each => {
        opened.push(each)
        return each
      })
      known.set(root, workspace)
    }
    return workspace
  }
  return {
    all: opened,
    async of(uri) {
      if (!uri.startsWith('file:')) return { workspace: await open(cwd), path: 'untitled.md' }
      const file = fileURLToPath(uri)
      const root = findSiteRoot(dirname(file)) ?? dirname(file)
      return { workspace: await open(root), path: pathBelow(root, file) }
    },
  }
}
