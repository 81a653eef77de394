import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Whether a terminal shows links (OSC 8): only one that is known to, since others print their addresses. FORCE_HYPERLINK says otherwise,
 * as it does to other programs; NO_COLOR asks for plain text.
 */
export function hasHyperlinks(
  { isTerminal }: { readonly isTerminal: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const { FORCE_HYPERLINK: forced } = env
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  if (!isTerminal || env.NO_COLOR || env.CI || env.TERM === 'dumb') return false
  // VTE 0.50.0 crashes at a link.
  if (Number(env.VTE_VERSION) > 5000 || env.WT_SESSION || env.KONSOLE_VERSION) return true
  return (
    ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'zed'].includes(env.TERM_PROGRAM ?? '') ||
    ['xterm-kitty', 'xterm-ghostty', 'alacritty', 'foot'].includes(env.TERM ?? '')
  )
}

/** The address of a file for a terminal, with the machine in it, so that one on another is not taken for it; undefined for what is none. */
export function fileAddress(path: string, cwd: string): string | undefined {
  const file = resolve(cwd, path)
  if (!existsSync(file)) return undefined
  const url = pathToFileURL(file)
  // A name of a machine that is none of an address is left out.
  if (/^[\w.-]+$/.test(hostname()) && url.hostname === '') return `file://${hostname()}${url.pathname}`
  return url.href
}

/** A text that leads to an address; the address is ASCII without controls, as `URL` makes it. */
export const linked = (text: string, address: string | undefined): string =>
  address === undefined ? text : `\u001B]8;;${address}\u001B\\${text}\u001B]8;;\u001B\\`
