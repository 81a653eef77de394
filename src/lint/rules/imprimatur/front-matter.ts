import type { Rule } from '../rule.ts'

export const frontMatter: Rule = {
  code: 'imprimatur/front-matter',
  title: 'A page’s title and description are set like its text',
  severity: 'info',
  why: 'They are text, too. No-break spaces are left to the layout, since nobody sees them in YAML. The rule only remarks, and --fix leaves front matter alone, until it is set to warn or error.',
  writes: '',
  examples: [],
  doneBy: 'lint.ts: every other rule runs on front matter, and this one speaks for them there',
}
