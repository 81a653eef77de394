import { describe, expect, test } from 'vitest'
import { faultsOf, type SetWord } from '../../../src/dev/client/lines.ts'

/** Words as a browser would set them: a letter is 10 wide, a blank 5, a line 20 high. */
function lines(...texts: readonly string[]): readonly SetWord[] {
  return texts.flatMap((line, n) => {
    let left = 0
    return line.split(' ').map(text => {
      const word = { text, left, right: left + 10 * text.length, top: 20 * n, bottom: 20 * n + 16 }
      left = word.right + 5
      return word
    })
  })
}

const find = (words: readonly SetWord[], measure = 200, isHeading = false) =>
  faultsOf(words, { measure, size: 16, isHeading }).map(({ kind, text }) => `${kind}: ${text}`)

describe('lines of a paragraph', () => {
  test('that are filled, and a last one of any length but one word', () => {
    expect(find(lines('aaaaaaaaaa aaaaaaaaa', 'aaaa aaaaaaaaaaaa', 'aa a'))).toEqual([])
    expect(find(lines('aaa'))).toEqual([])
    expect(find([])).toEqual([])
  })

  test('that end before the measure by more than a fifth, with what did not fit', () => {
    expect(find(lines('aaaaaaaaaa aaaa', 'bbbbbbbbbbbbbb cccccc', 'c d'))).toEqual([
      'short line: aaaaaaaaaa aaaa bbbbbbbbbbbbbb',
    ])
    // 160 of 200 is no more than a fifth.
    expect(find(lines('aaaaaaaaaaaaaaaa', 'b c'))).toEqual([])
    expect(find(lines('aaaaaaaaaaaaaaa', 'b c'))).toEqual(['short line: aaaaaaaaaaaaaaa b'])
  })

  test('the last of which is one word', () => {
    expect(find(lines('aaaaaaaaaa aaaaaaaaa', 'aa'))).toEqual(['single word: aaaaaaaaaa aaaaaaaaa aa'])
  })

  test('with words tied to one that is long for the measure', () => {
    const chain = 'a\u00A0bb\u00A0ccc'
    expect(find(lines(`aaaaaaaaaa ${chain}`, 'd e'))).toEqual(['chain: a⍽bb⍽ccc'])
    expect(find(lines(`aaaaaaaaaa ${chain} aaaaaaaaaaaaaaaaa`), 400)).toEqual([])
    expect(find(lines('aaaaaaaaaa aaaa\u00A0bbbb', 'd e'))).toEqual([])
  })

  test('what is raised or larger stands on its line', () => {
    const [first, second, ...rest] = lines('aaaaaaaaaa aaa aaaaa', 'b c')
    expect(find([first!, { ...second!, top: -5, bottom: 8 }, ...rest])).toEqual([])
    expect(find([first!, { ...second!, top: -10, bottom: 24 }, ...rest])).toEqual([])
  })

  test('of a heading may be short, and of a narrow block nothing is said', () => {
    expect(find(lines('aaaaa', 'bbbbb ccccc', 'd e'), 200, true)).toEqual([])
    expect(find(lines('aaaaa', 'bbbbbb', 'd'), 100)).toEqual([])
  })
})
