import type { Rule } from '../rule.ts'

export const caption: Rule = {
  code: 'imprimatur/caption',
  title: 'The caption of a figure is set like the text around it',
  severity: 'info',
  why: 'It is text, too: the title of an image that stands alone in its paragraph. A build sets it on its way to the reader. The rule only remarks, and --fix leaves captions alone, until it is set to warn or error.',
  writes: '',
  examples: [],
  doneBy: 'lint.ts: every other rule runs on captions, and this one speaks for them there',
}
