import { pathToFileURL } from 'node:url'
import type { Connection, TextDocuments } from 'vscode-languageserver'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { Diagnostic } from '../core/types.ts'
import { documentOf, uriOf } from './positions.ts'
import { published } from './published.ts'
import type { Workspace } from './site/workspace.ts'
import type { PlacedText, Workspaces } from './site/workspaces.ts'

interface PublisherInput {
  readonly documents: TextDocuments<TextDocument>
  readonly workspaces: Workspaces
  /** Milliseconds. */
  readonly quiet: number
}

/** Sends diagnostics: of an open text’s typography at each change, and of whole sites when nothing has changed for a while. */
export interface Publisher {
  changed(document: TextDocument): Promise<void>
  closed(document: TextDocument): Promise<void>
  /** Any file may have changed. */
  saved(): void
}

export function createPublisher(
  connection: Connection,
  { documents, workspaces, quiet }: PublisherInput,
): Publisher {
  const sites = new Map<Workspace, SiteTurn>()
  const turnOf = (workspace: Workspace) => {
    const turn = sites.get(workspace) ?? { spoken: new Set(), pending: undefined, isKnown: false }
    sites.set(workspace, turn)
    return turn
  }

  const publishOpen = ({ workspace, path }: PlacedText, document: TextDocument) => {
    const file = { path, text: document.getText() }
    const set = workspace.typography.lint(file)
    const all = [...set, ...workspace.found.filter(each => placeOf(each) === path)]
    void connection.sendDiagnostics({
      uri: document.uri,
      version: document.version,
      diagnostics: published(document, all, workspace.typography.tolerated(file, set)),
    })
  }

  const publishSite = (workspace: Workspace) => {
    const turn = turnOf(workspace)
    const byPath = groupBy(workspace.found, placeOf)
    for (const path of new Set([...turn.spoken, ...byPath.keys(), ...opened(workspace)])) {
      const uri = uriOf(workspace.root, path)
      const [document, found = []] = [documents.get(uri), byPath.get(path)]
      if (document) publishOpen({ workspace, path }, document)
      else {
        const text = found.find(({ file }) => file)?.file?.text ?? ''
        void connection.sendDiagnostics({ uri, diagnostics: published(documentOf({ path, text }), found) })
      }
    }
    turn.spoken = new Set(byPath.keys())
  }

  /** The paths of a site’s open documents. */
  const opened = ({ root }: Workspace) =>
    documents.keys().flatMap(uri => {
      const start = `${pathToFileURL(root).href}/`
      return uri.startsWith(start) ? [decodeURIComponent(uri.slice(start.length))] : []
    })

  const look = async (workspace: Workspace) => {
    const turn = turnOf(workspace)
    const paths = turn.isKnown ? turn.pending : undefined
    turn.pending = []
    turn.isKnown = true
    try {
      if (await workspace.refresh(paths)) publishSite(workspace)
    } catch (error) {
      turn.isKnown = false
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
  }

  /** Looks at a site when nothing has changed for a while: at these files, or at all. */
  const schedule = (workspace: Workspace, path: string | undefined) => {
    const turn = turnOf(workspace)
    turn.pending = path === undefined ? undefined : turn.pending && [...turn.pending, path]
    clearTimeout(turn.timer)
    turn.timer = setTimeout(() => void look(workspace), quiet)
  }

  return {
    async changed(document) {
      const placed = await workspaces.of(document.uri)
      if (documents.get(document.uri) !== document) return
      placed.workspace.edit(placed.path, document.getText())
      publishOpen(placed, document)
      schedule(placed.workspace, placed.path)
    },
    async closed({ uri }) {
      const { workspace, path } = await workspaces.of(uri)
      workspace.edit(path, undefined)
      if (!uri.startsWith('file:')) return void connection.sendDiagnostics({ uri, diagnostics: [] })
      turnOf(workspace).spoken = new Set([...turnOf(workspace).spoken, path])
      schedule(workspace, path)
    },
    saved() {
      for (const workspace of workspaces.all) schedule(workspace, undefined)
    },
  }
}

/** What a site is waiting for. */
interface SiteTurn {
  /** The files that something was said of. */
  spoken: ReadonlySet<string>
  /** Files that have changed since it was looked at; undefined for any. */
  pending: readonly string[] | undefined
  /** Whether it was looked at before, as a whole. */
  isKnown: boolean
  timer?: NodeJS.Timeout
}

/** Where a diagnostic is shown; what is about no file is about the site, and is shown where that is configured. */
const placeOf = ({ file }: Diagnostic): string => file?.path ?? 'imprimatur.config.json'

function groupBy<T>(all: readonly T[], keyOf: (each: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const each of all) {
    const key = keyOf(each)
    const group = groups.get(key)
    if (group) group.push(each)
    else groups.set(key, [each])
  }
  return groups
}
