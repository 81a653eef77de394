import { describe, expect, test } from 'vitest'
import { editorNamed } from '../../../src/dev/fixes/editor.ts'

describe('addresses that open an editor', () => {
  test.each([
    ['vscode://file', 'vscode://file/site/pages/a%20b.md:3:5'],
    ['vscode://file/', 'vscode://file/site/pages/a%20b.md:3:5'],
    ['txmt://open?url=file://{file}&line={line}', 'txmt://open?url=file:///site/pages/a%20b.md&line=3'],
    [
      'idea://open?file={file}&line={line}&column={column}',
      'idea://open?file=/site/pages/a%20b.md&line=3&column=5',
    ],
  ])('%s', (written, address) => {
    const editor = editorNamed(written)
    expect(editor?.kind === 'address' && editor.addressOf('/site/pages/a b.md', 3, 5)).toBe(address)
  })
})

test.each(['vim', 'nano', '/usr/bin/nvim', 'emacs -nw', 'emacsclient -t', '', '  '])(
  'a command that needs a terminal, or is none, is no editor here: %s',
  written => expect(editorNamed(written)).toBeUndefined(),
)

test.each(['code --wait', 'emacsclient -n', 'subl', '"/opt/My Editor/bin/edit" -x'])(
  'other commands are: %s',
  written => expect(editorNamed(written)?.kind).toBe('program'),
)
