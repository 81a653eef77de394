import { largest } from '../core/lists/long-lists.ts'
import type { Hover, Position } from 'vscode-languageserver'
import type { Rule } from '../lint/rules/rule.ts'
import { ruleSet } from '../lint/rules/rule-set.ts'
import type { OpenText } from './actions/code-actions.ts'
import { hoverDevice } from './device-hover.ts'
import { rangeOf, touches } from './positions.ts'
import { linkAt } from './navigation.ts'

/** What is to be known of a place: where its link leads, why something is badly set, which device it is. */
export function hover(page: OpenText, position: Position): Hover | undefined {
  const at = page.document.offsetAt(position)
  if (page.file.path === page.workspace.config.keys.manifest) return hoverDevice(page, at)
  const link = linkAt(page, at)
  if (link) {
    const { title, date, url, excerpt } = link.target
    const parts = [`**${title}**`, [date?.slice(0, 10), url].filter(Boolean).join(' · '), excerpt]
    return { contents: markdown(parts.filter(Boolean)), range: rangeOf(page.document, link.span) }
  }
  const { typography } = page.workspace
  const found = typography.lint(page.file).filter(({ span }) => span && touches(span, [at, at]))
  const { byCode } = ruleSet(typography.settingsOf(page.file.path).ownRules)
  const rules = [...new Set(found.map(({ code }) => byCode.get(code)))].filter(rule => rule !== undefined)
  if (rules.length === 0) return undefined
  return {
    contents: markdown(rules.map(describe)),
    range: rangeOf(page.document, found[0]?.span ?? [at, at]),
  }
}

function describe({ code, title, why, examples }: Rule): string {
  const shown = examples
    .filter(({ before, after }) => before !== after)
    .slice(0, 3)
    .map(({ lang, before, after }) => `- ${lang}: ${codeSpan(before)} → ${codeSpan(after)}`)
  return [`**${code}**: ${title}.`, why, shown.join('\n')].filter(Boolean).join('\n\n')
}

/** A code span of any text (CommonMark 6.1), on one line. */
function codeSpan(text: string): string {
  const line = text.replaceAll('\n', '⏎')
  const fence = '`'.repeat(
    1 +
      largest(
        [...line.matchAll(/`+/g)].map(([run]) => run.length),
        0,
      ),
  )
  return line.includes('`') ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
}

const markdown = (parts: readonly (string | undefined)[]) => ({
  kind: 'markdown' as const,
  value: parts.join('\n\n'),
})
