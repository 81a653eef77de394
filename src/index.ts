/**
 * The library. Every function but `defineConfig` and `defineRule` loads its part of the program when it is called first, so that a
 * configuration that imports this file loads next to nothing. What is wrong with a user's files is in the diagnostics that they give; a promise
 * is rejected only by a fault of the program.
 */
import type { BuildOptions, BuildOutcome } from './build/run-build.ts'
import type { DevServer, DevServerOptions } from './dev/start-server.ts'
import type { KeyFiles, KeyTexts, VerifiedKeys } from './keys/verified-keys.ts'
import type { LintSettings } from './lint/lint-settings.ts'
import type { Diagnostic, Result, SourceFile } from './core/types.ts'

export { defineConfig } from './config/define-config.ts'
export { defineRule } from './config/rule-definition.ts'

export type { Config, SiteConfig, UserConfig } from './config/config.ts'
export type { RuleLevel } from './config/lint-config.ts'
export type { RuleDefinition, RuleText } from './config/rule-definition.ts'
export type {
  Collections,
  Diagnostic,
  Edit,
  Fix,
  Heading,
  Page,
  Result,
  Severity,
  SourceFile,
  Span,
  Typography,
} from './core/types.ts'
export type { BuildOptions, BuildOutcome, BuiltSite } from './build/run-build.ts'
export type { Progress } from './build/progress.ts'
export type { DevServer, DevServerOptions } from './dev/start-server.ts'
export type { KeyFiles, KeyTexts, VerifiedKeys } from './keys/verified-keys.ts'
export type { LintSettings } from './lint/lint-settings.ts'

/**
 * Builds the site in a folder and writes what changed; files that no build wrote are left alone. After an error of the site the
 * output folder stands as it was.
 */
export async function build(options: BuildOptions = {}): Promise<BuildOutcome> {
  const { runBuild } = await import('./build/run-build.ts')
  return runBuild(options)
}

const linter = once(() =>
  Promise.all([import('./lint/lint.ts'), import('./lint/rules/complete-settings.ts')]),
)
const fixer = once(() => import('./lint/fix.ts'))

/**
 * What is badly set in these texts, file by file and in source order, with the fixes. Touches no file: the name in `path` decides
 * how a text is read: `.html`, `.ejs`, and all else as Markdown.
 *
 * Offsets are UTF-16 code units of `text`. Settings that are left out are those of a site without a configuration: `lang` is
 * `en`, no-break spaces are written as entities, and each rule has its own level. Rules that do not exist are not looked for.
 */
export async function lint(
  files: readonly SourceFile[],
  settings: Partial<LintSettings> = {},
): Promise<readonly Diagnostic[]> {
  const [{ lintPage }, { completeSettings }] = await linter()
  const complete = completeSettings(settings)
  return files.flatMap(file => lintPage(file, complete))
}

/**
 * The file with all safe fixes of these diagnostics, which must be those that `lint` gave for this text. It is rendered before and
 * after: a fix with which the page would say something else is not made, but given back as `lint/left-alone`.
 */
export async function fix(file: SourceFile, diagnostics: readonly Diagnostic[]): Promise<Result<SourceFile>> {
  const { fixSource } = await fixer()
  return fixSource(file, diagnostics)
}

/**
 * Verifies a manifest of keys as `imprimatur keys check` does: its form, its signature at the time `now`, its history from the
 * first, the files that it names; the steps are numbered in `src/keys/FORMAT.md`. Given texts, it touches no file system and no
 * network; given paths, it reads the files. There is a value exactly when nothing is an error; warnings may accompany it.
 */
export async function verifyKeys(keys: KeyTexts | KeyFiles, now: Date): Promise<Result<VerifiedKeys>> {
  const { verifiedKeys, verifyTexts } = await import('./keys/verify-keys.ts')
  if (isTexts(keys)) return verifyTexts(keys, now)
  const [{ verifyFiles }, { keyPaths }] = await Promise.all([
    import('./keys/verify-site.ts'),
    import('./keys/manifest/sources.ts'),
  ])
  return verifiedKeys(verifyFiles(keys.root ?? '.', keyPaths(keys.manifest, keys.allowedSigners), { now }))
}

const isTexts = (keys: KeyTexts | KeyFiles): keys is KeyTexts => typeof keys.manifest !== 'string'

/**
 * Serves a site from memory, always as its sources are, and writes nothing. Done when it serves. What is wrong with the
 * configuration or a page is no obstacle: `onProblems` gets it, and the pages show it. There is no server only when nothing can
 * listen at that address: `usage/listen`.
 */
export async function startDevServer(options: DevServerOptions = {}): Promise<Result<DevServer>> {
  const { startServer } = await import('./dev/start-server.ts')
  return startServer(options)
}

/** Called for every page: asked for anew each time, a module that is there costs a twentieth of a page. */
function once<Module>(load: () => Promise<Module>): () => Promise<Module> {
  let loaded: Promise<Module> | undefined
  return () => (loaded ??= load())
}
