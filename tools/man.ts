/* Writes man/imprimatur.1 anew when what the commands say of themselves has changed: npm run man. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { help, loadCommands } from '../src/cli/program.ts'
import { manualPage } from './launch/manual-page.ts'
import { readText, root } from './launch/repository.ts'

const path = 'man/imprimatur.1'
const { version } = JSON.parse(readText('package.json')) as { readonly version: string }
const facts = { version, help, commands: await loadCommands() }
const before = existsSync(join(root, path)) ? readText(path) : ''
const [, kept = ''] = /^\.TH IMPRIMATUR 1 (\S+)/m.exec(before) ?? []

if (manualPage({ ...facts, date: kept }) !== before) {
  mkdirSync(join(root, 'man'), { recursive: true })
  writeFileSync(join(root, path), manualPage({ ...facts, date: new Date().toISOString().slice(0, 10) }))
  console.log(path)
}
