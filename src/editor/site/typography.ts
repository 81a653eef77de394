import type { Diagnostic, SourceFile } from '../../core/types.ts'
import { readDocument } from '../../document/document.ts'
import { isPage } from '../../document/formats.ts'
import { compareWithBaseline, readBaseline } from '../../lint/baseline.ts'
import { fieldsOfFolders } from '../../document/place/folder-defaults.ts'
import { ignoring } from '../../lint/files.ts'
import { lintPage } from '../../lint/lint.ts'
import type { LintSettings } from '../../lint/lint-settings.ts'
import { pageSettings } from '../../lint/settings.ts'
import type { Config } from '../../config/config.ts'

/** The typography of a site's texts, each as it is at the moment. */
export interface SiteTypography {
  /** Why the baseline cannot be read; then none is heeded. */
  readonly problems: readonly Diagnostic[]
  settingsOf(path: string): LintSettings
  /** Nothing of a file that is ignored, that sets `typography: off` or lies in a folder that does, or that is no page. */
  lint(file: SourceFile): readonly Diagnostic[]
  /** Of these findings those that the baseline tolerates. */
  tolerated(file: SourceFile, found: readonly Diagnostic[]): ReadonlySet<Diagnostic>
}

/** The baseline and the defaults of folders are read once. */
export function createTypography(config: Config): SiteTypography {
  const settingsOf = pageSettings(config)
  const folderFields = fieldsOfFolders({ root: config.root, pages: config.dirs.pages })
  const isOff = (file: SourceFile) => {
    const { typography = folderFields(file.path).typography } = readDocument(file).frontMatter.fields
    return typography === 'off'
  }
  const isIgnored = ignoring(config.lint.ignore)
  const { value: baseline = {}, diagnostics: problems } = readBaseline(config.root)
  return {
    problems,
    settingsOf,
    lint(file) {
      if (!isPage(file.path) || isIgnored(file.path) || isOff(file)) return []
      return lintPage(file, settingsOf(file.path))
    },
    tolerated({ path }, found) {
      const fresh = new Set(compareWithBaseline(found, baseline, [path]).fresh)
      return new Set(found.filter(each => !fresh.has(each)))
    },
  }
}
