import type { Rule } from '../rule.ts'

export const language: Rule = {
  code: 'imprimatur/language',
  title: 'A paragraph in another language says in which',
  why: 'At least four words of it are in another script than the page’s language. In quotation marks, dashes and apostrophes of the wrong language it would look like a mistake, so that they are left alone, and a screen reader reads it wrong.',
  writes: '',
  examples: [],
  doneBy: 'parse/other-script.ts finds them, lint.ts reports',
}
