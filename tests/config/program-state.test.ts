import { expect, test } from 'vitest'
import { dependencyVersions, programState } from '../../src/config/program-state.ts'
import { folderWith } from '../folder.ts'
import { writeFiles } from '../tree.ts'

const manifest = (version: string, ...dependencies: readonly string[]) =>
  JSON.stringify({ version, dependencies: Object.fromEntries(dependencies.map(name => [name, '*'])) })

test('another version of a package that the program depends on, however far down, is another state', () => {
  const program = 'site/node_modules/program'
  const root = folderWith({
    [`${program}/package.json`]: manifest('1.0.0', 'parser', '@scope/own', 'missing'),
    [`${program}/node_modules/@scope/own/package.json`]: manifest('2.0.0'),
    'site/node_modules/parser/package.json': manifest('14.0.0', 'entities', 'parser'),
    'site/node_modules/entities/package.json': manifest('4.0.0'),
    'site/node_modules/stranger/package.json': manifest('9.0.0'),
  })
  const versions = () =>
    dependencyVersions(`${root}/${program}`).map(line => line.split(' ').slice(0, 2).join(' '))
  expect(versions()).toEqual(['@scope/own 2.0.0', 'entities 4.0.0', 'missing', 'parser 14.0.0'])
  writeFiles(root, { 'site/node_modules/entities/package.json': manifest('4.0.1') })
  expect(versions()).toContain('entities 4.0.1')
})

test('the state of this program names its parser', () =>
  expect(programState()).toMatch(/^\d+(?:\.\d+)?\n[^]*\nmarkdown-it 14\.\d+\.\d+$/m))
