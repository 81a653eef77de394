import { diagnostic } from '../../core/diagnostic.ts'
import { languages } from '../../document/language.ts'
import { languageTag } from '../../core/value-kinds.ts'
import { pageSettings } from '../../lint/settings.ts'
import { lintFragment, lintSource } from '../../lint/lint.ts'
import type { LintSettings } from '../../lint/lint-settings.ts'
import { applyEdits, safeEdits } from '../../lint/fix.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import { localDay, now } from '../../core/dates.ts'
import { beginPost, guessLanguage } from '../../scaffold/post.ts'
import { address } from '../../build/pages/addresses.ts'
import { writeNew } from '../../build/output/write-new.ts'
import { configOptions, type Call, type Command, type Outcome } from '../arguments.ts'
import { FRONT_MATTER } from '../../build/render/typography.ts'
import { callConfig, optionText } from '../input.ts'

export const command: Command = {
  help: `imprimatur new: begins a post

  imprimatur new "TITLE" [--lang L] [--section S] [--draft] [--root DIR] [--format F]

Writes pages/posts/YEAR/NAME.md with the title, set as the linter has it, and today's
date, and says where it is. NAME is the title in Latin letters. A file that is there already
is never overwritten.

  --lang L        the language                  (default: told from the letters of the title)
  --section S     the folder in pages/                           (default: posts)
  --draft         a draft, which a build leaves out
  --root DIR      the site's folder, with pages/ in it           (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --format F      text, or json for programs                     (default: text)
  --help          this text

Exit code: 0 written, 1 there is such a file, 2 wrong usage or configuration.
`,
  options: {
    ...configOptions,
    lang: { type: 'string', completes: languages },
    section: { type: 'string' },
    draft: { type: 'boolean' },
  },
  most: Infinity,
  run: begin,
}

async function begin(call: Call): Promise<Outcome> {
  const { values, env } = call
  const title = readTitle(call.positionals)
  const section = optionText(call, 'section') ?? 'posts'
  const lang = optionText(call, 'lang')
  const wrong = [...title.diagnostics, ...checkSection(section), ...checkLang(lang)]
  const config = await callConfig(call)
  if (!config.value || title.value === undefined || wrong.length > 0)
    return { diagnostics: [...wrong, ...config.diagnostics] }

  const { site } = config.value
  const settingsOf = pageSettings(config.value, { below: { [FRONT_MATTER]: 'warn' } })
  const language = lang ?? guessLanguage(title.value, site.lang)
  const plan = {
    title: setTitle(title.value, { ...settingsOf(''), lang: language, noBreakSpace: 'character' }),
    day: localDay(now(env), site.timeZone),
    lang: language,
    section,
    isDraft: values.draft === true,
  }
  const post = beginPost(plan, config.value)
  if (!post) return { diagnostics: [nameless(title.value)] }
  const left = lintSource(post, settingsOf(post.path))
  const unwritten = writeNew(new Map([[post.path, post.text]]), config.value.root, {
    code: 'new/exists',
    hint: 'write in it, or give the post another title',
  })
  if (unwritten.length > 0) return { diagnostics: unwritten }
  return { diagnostics: left, summary: `Wrote ${post.path}` }
}

function readTitle(positionals: readonly string[]): Result<string> {
  const words = positionals.length > 1 && positionals[0] === 'post' ? positionals.slice(1) : positionals
  const title = words.join(' ').replace(/\s+/g, ' ').trim()
  if (words.length === 1 && title !== '') return { value: title, diagnostics: [] }
  const message = title === '' ? 'TITLE is missing' : 'The title must be one argument'
  const hint = `put it between quotes: imprimatur new "${title || 'A title of several words'}"`
  return { diagnostics: [diagnostic('usage/argument', message, { hint })] }
}

/** As the front matter of a page is, in Markdown, with ordinary spaces: a layout ties words where it shows the title. */
function setTitle(title: string, settings: LintSettings): string {
  const found = lintFragment({ path: 'title.md', text: title }, settings)
  return applyEdits(title, safeEdits(found)).replace(/[\u00A0\u202F]/g, ' ')
}

function checkSection(section: string): readonly Diagnostic[] {
  const place = address(section.split('/'))
  if (typeof place !== 'string') return []
  const hint = 'it is the name of a folder in pages/, such as posts'
  return [diagnostic('usage/option', `--section ${section} cannot be: ${place}`, { hint })]
}

function checkLang(lang: string | undefined): readonly Diagnostic[] {
  if (lang === undefined || languageTag.accepts(lang)) return []
  return [
    diagnostic('usage/option', `--lang ${lang} is no language`, { hint: `write ${languageTag.expected}` }),
  ]
}

const nameless = (title: string) =>
  diagnostic('usage/argument', `“${title}” has no letter or digit that could name the file`, {
    hint: 'give the post a title of words',
  })
