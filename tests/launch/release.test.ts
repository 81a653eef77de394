import { describe, expect, test } from 'vitest'
import { refusals, type ReleaseState } from '../../tools/launch/refusals.ts'

const ready: ReleaseState = {
  identity: {
    name: '@some-one/imprimatur',
    isPublished: true,
    repository: 'https://github.com/some-one/imprimatur',
  },
  version: '1.2.3',
  isFirst: false,
  registry: { versions: ['1.2.2'], repository: 'git+https://github.com/some-one/imprimatur.git' },
  changelog: '# Changelog\n\n## Unreleased\n\n## 1.2.3 (2030-01-02)\n\n- All of it.\n',
  tags: ['v1.2.3'],
  changes: '',
}

describe('a release', () => {
  test('is not refused when everything is as it should be', () => {
    expect(refusals(ready)).toEqual([])
    expect(refusals({ ...ready, registry: undefined, isFirst: true })).toEqual([])
  })

  test.each<[string, Partial<ReleaseState>, RegExp]>([
    ['the name is not ours yet', { identity: { ...ready.identity, isPublished: false } }, /is not ours/],
    ['nobody has the name', { registry: undefined }, /Nobody has the name/],
    [
      'the name is somebody else’s',
      { registry: { versions: [], repository: 'git+https://github.com/x/y.git' } },
      /somebody else’s/,
    ],
    ['the name is of no repository', { registry: { versions: ['0.0.1'] } }, /no repository/],
    [
      'the name is somebody else’s, and is said to be the first',
      { isFirst: true, registry: { versions: ['0.0.1'] } },
      /somebody else’s/,
    ],
    [
      'it was published before',
      { registry: { versions: ['1.2.3'], repository: ready.identity.repository } },
      /already/,
    ],
    [
      'there is no repository',
      { identity: { name: 'x', isPublished: true }, registry: undefined, isFirst: true },
      /provenance/,
    ],
    ['the changelog has another version', { changelog: '## 1.2.30\n' }, /CHANGELOG/],
    ['the tag is another', { tags: ['v1.2.4', ''] }, /not tagged v1\.2\.3/],
    ['something is not committed', { changes: ' M README.md' }, /not committed/],
  ])('is refused when %s, with what to do', (_, change, message) => {
    const found = refusals({ ...ready, ...change })
    expect(found).toEqual([{ message: expect.stringMatching(message), hint: expect.stringMatching(/\w{3}/) }])
  })
})
