import type { Rule } from '../rule.ts'

export const frontMatter: Rule = {
  name: 'imprimatur/front-matter',
  why: 'They are text, too. No-break spaces are left to the layout, since nobody sees them in YAML. The rule only remarks, and --fix leaves front matter alone, until it is set to warn or error.',
  examples: [],
}
