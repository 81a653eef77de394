import type { Rule } from '../rule.ts'

export const frontMatter: Rule = {
  name: 'imprimatur/front-matter',
  why: 'They are text, too. But a no-break space cannot be seen in YAML, and a build with typography: fix sets them anyway; so this rule only remarks, and --fix leaves front matter alone until the rule is set to warn or error.',
  examples: [],
}
