/** What the development server and the pages that it serves say to each other. Browsers load the code beside this file as it is. */

export interface PageDiagnostic {
  readonly severity: 'error' | 'warning' | 'info'
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
  /** Of its file. */
  readonly place?: DiagnosticPlace | undefined
  readonly frame?: DiagnosticFrame | undefined
  readonly fix?: ProposedFix | undefined
  /** Where it stands in the page. */
  readonly parts: readonly PagePart[]
}

export interface DiagnosticPlace {
  /** Relative to the root. */
  readonly file: string
  readonly line?: number | undefined
  readonly column?: number | undefined
  /** An address that opens it in an editor, when there is one for that. */
  readonly href?: string | undefined
}

export interface DiagnosticFrame {
  readonly line: number
  readonly source: string
  readonly start: number
  readonly length: number
  readonly fixed?: string | undefined
}

export interface ProposedFix {
  readonly id: string
  /** Whether it may be made together with others, unseen. */
  readonly isSafe: boolean
  /** The words around it, on one line. */
  readonly before: string
  readonly after: string
}

/** A part of a text node, by the number of the node in the document; of no characters where the place is between two. */
export interface PagePart {
  readonly node: number
  readonly start: number
  readonly end: number
}

/** Which state of a page, of the stylesheets, and of other files is served. */
export interface Version {
  readonly page: string
  readonly styles: string
  readonly assets: string
}

/** The state of the open page, sent whenever any of it has changed. */
export interface Status extends Version {
  /** Absent at first: a client that has to reload must not wait for it. */
  readonly report?: PageReport | undefined
}

export interface PageReport {
  /** The page is how it was before the mistake. */
  readonly isStale: boolean
  readonly diagnostics: readonly PageDiagnostic[]
  /** The text that each node has of which there are parts, by its number. */
  readonly texts: readonly (readonly [node: number, text: string])[]
  /** What fixes are proposed for; absent where none can be made. */
  readonly source?: ReportedSource | undefined
  /** What is to be known of the page before all else: that it is a draft. */
  readonly notice?: string | undefined
  /** A place opens the editor of whoever started the server. */
  readonly hasEditor: boolean
}

export interface ReportedSource {
  readonly path: string
  readonly version: string
  /** How many changes that were made from the page can be undone. */
  readonly undoable: number
}

/** Bodies of the requests that change something, by their names below `/.imprimatur/`. */
export interface Requests {
  readonly fix: {
    readonly page: string
    readonly source: string
    readonly version: string
    readonly fixes: readonly string[]
  }
  readonly undo: { readonly page: string }
  readonly open: {
    readonly page: string
    readonly file: string
    readonly line?: number
    readonly column?: number
  }
}

/** The header with the token that the page has. */
export const TOKEN_HEADER = 'x-imprimatur-token'
