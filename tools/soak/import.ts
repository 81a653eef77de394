import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { writeNew } from '../../src/build/output/write-new.ts'
import { importSite, REPORT } from '../../src/scaffold/import/import-site.ts'
import { imprimatur } from '../../tests/program.ts'
import { clear, pathsOf } from '../../tests/tree.ts'

async function tried(name: string, old: string, built: string, isGiven: boolean): Promise<readonly string[]> {
  const { value: site } = importSite(old, { today: '2026-11-27', built: isGiven ? built : undefined })
  if (!site) return [name, 'unknown']
  const cwd = mkdtempSync(join(tmpdir(), 'imprimatur-import-'))
  writeNew(site.files, cwd, { code: 'init/exists', hint: '' })
  const run = await imprimatur(['build'], { cwd })
  if (run.code !== 0) {
    process.exitCode = 1
    console.error(
      `${name} (${cwd}):\n${run.stdout}${run.stderr}`
        .split(/\n(?=\S+\n\n|\S+:\d+:\d+ )/)
        .filter(each => /(?:^|\s)error /.test(each))
        .join('\n'),
    )
    return [name, site.generator, String(site.pages), 'no']
  }
  const report = readFileSync(join(cwd, REPORT), 'utf8')
  const fresh = join(cwd, 'docs')
  const paths = pathsOf(built).filter(path => !/(?:^|\/)\.[^/]*$/.test(path))
  const dead = paths.filter(path => !existsSync(join(fresh, path)))
  const lost = dead.filter(path => !report.includes(addressOf(path)))
  const pages = paths.filter(path => path.endsWith('.html') && existsSync(join(fresh, path)))
  const everywhere = layoutIds(pages.map(path => join(built, path)))
  const anchors = pages.map(path => headings(join(built, path), join(fresh, path), everywhere))
  for (const path of lost) console.error(`${name}: lost /${path}`)
  for (const { missing } of anchors) for (const each of missing) console.error(`${name}: no anchor ${each}`)
  if (lost.length > 0) process.exitCode = 1
  if (lost.length === 0) clear(cwd)
  const sum = (count: (of: (typeof anchors)[number]) => number) =>
    anchors.reduce((all, each) => all + count(each), 0)
  return [
    name,
    site.generator,
    String(site.pages),
    'yes',
    `${paths.length - dead.length}/${paths.length}`,
    String(dead.length - lost.length),
    String(lost.length),
    `${sum(({ all, missing }) => all - missing.length)}/${sum(({ all }) => all)}`,
    String(site.notes.length),
  ]
}

/** As the report has it. */
const addressOf = (path: string) => `/${path.replace(/(^|\/)index\.html$/, '$1')}`

/** What readers may link to within a page: ids of its headings, in a page that is still one. */
function headings(
  old: string,
  fresh: string,
  everywhere: ReadonlySet<string>,
): { readonly all: number; readonly missing: readonly string[] } {
  const html = readFileSync(fresh, 'utf8')
  if (html.includes('http-equiv="refresh"')) return { all: 0, missing: [] }
  const present = new Set(idsIn(html))
  const all = idsIn(readFileSync(old, 'utf8')).filter(id => !everywhere.has(id) && /[\p{L}\p{N}]/u.test(id))
  return { all: all.length, missing: all.filter(id => !present.has(id)).map(id => `${fresh}#${id}`) }
}

const idsIn = (html: string) =>
  [...html.matchAll(/<h[2-6][^>]*?\sid\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s>]+))/g)].map(
    ([, one, other, bare]) => one ?? other ?? bare ?? '',
  )

/** Those of layouts: on every second page. */
function layoutIds(pages: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const page of pages)
    for (const id of new Set(idsIn(readFileSync(page, 'utf8')))) counts.set(id, (counts.get(id) ?? 0) + 1)
  return new Set(
    [...counts].flatMap(([id, count]) => (pages.length > 3 && count > pages.length / 3 ? [id] : [])),
  )
}

/**
 * Imports old sites and builds them, and looks for every address that their own generators gave them:
 * npm run soak:import NAME=OLD,BUILT … where OLD holds the sources and BUILT what the old generator, or its host, made of them.
 */
const rows: (readonly string[])[] = [
  ['blog', 'generator', 'pages', 'builds', 'alive', 'listed', 'lost', 'anchors', 'not carried'],
]
for (const argument of process.argv.slice(2)) {
  const [, name = '', old = '', built = ''] = /^([^=]+)=([^,]+),(.+)$/.exec(argument) ?? []
  for (const isGiven of [false, true])
    rows.push(await tried(isGiven ? `${name} --built` : name, resolve(old), resolve(built), isGiven))
}
const widths = rows[0]?.map((_, i) => Math.max(...rows.map(row => row[i]?.length ?? 0))) ?? []
for (const row of rows) console.log(row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  '))
