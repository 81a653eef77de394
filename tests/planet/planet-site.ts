import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { imprimatur, type JsonReport } from '../program.ts'
import { folderWith } from '../folder.ts'
import type { Files } from '../tree.ts'

export const NOW = 1_767_960_000 // 2026-01-09T12:00:00Z

export interface Feeds {
  readonly [name: string]: string
}

/** `planet.yaml` with these feeds, by name. */
export const planetYaml = (feeds: Feeds): string =>
  `title: Planet\nfeeds:\n${Object.entries(feeds)
    .map(([name, url]) => `  - name: ${name}\n    url: ${url}\n`)
    .join('')}`

/** A site that gathers these feeds. */
export const planetSite = (feeds: Feeds, files: Files = {}): string =>
  folderWith({
    'pages/index.md': '---\ntitle: Home\n---\n',
    'pages/planet.yaml': planetYaml(feeds),
    ...files,
  })

export interface FetchRun {
  readonly code: number | null
  /** `code line:column` of the list, or `code file`. */
  readonly findings: readonly string[]
  readonly report: JsonReport
}

/** `imprimatur planet fetch`, at a time of its own. */
export async function fetchPlanet(cwd: string, ...args: readonly string[]): Promise<FetchRun> {
  return fetchPlanetAt(cwd, NOW, ...args)
}

export async function fetchPlanetAt(
  cwd: string,
  seconds: number,
  ...args: readonly string[]
): Promise<FetchRun> {
  const env = { SOURCE_DATE_EPOCH: String(seconds) }
  const { code, stdout, stderr } = await imprimatur(['planet', 'fetch', '--format', 'json', ...args], {
    cwd,
    env,
  })
  const report = JSON.parse(stdout || stderr) as JsonReport
  const findings = report.diagnostics.map(({ code: finding, file, start }) =>
    [finding, file === 'pages/planet.yaml' ? `${start?.line}:${start?.column}` : (file ?? '')]
      .join(' ')
      .trim(),
  )
  return { code, findings, report }
}

export interface KeptJson {
  readonly [key: string]: unknown
  readonly entries: readonly Readonly<Record<string, string | undefined>>[]
}

/** What is kept of a feed. */
export const readKeptJson = (cwd: string, name: string): KeptJson =>
  JSON.parse(readFileSync(join(cwd, 'planet', `${name}.json`), 'utf8')) as KeptJson
