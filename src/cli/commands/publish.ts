import { openOutputFolder } from '../../build/output/output-folder.ts'
import { loadConfig } from '../../config/config.ts'
import { hasErrors } from '../../core/diagnostic.ts'
import { now } from '../../core/dates.ts'
import { build } from '../../index.ts'
import { configOptions, siteCodeOf, siteRoot, type Call, type Command, type Outcome } from '../arguments.ts'
import { releaseSite, type Release, type SiteBranch } from '../site-branch.ts'

export const command: Command = {
  help: `imprimatur publish: puts the built site on a branch, for a host that serves one

  imprimatur publish [--root DIR] [--branch NAME] [--push] [--remote NAME] [--force]
                     [--format F]

Commits the built site, and nothing else, as what the branch holds. Your files, your index
and the branch that you are on stay as they are. A site that is not in step with its sources
is not published: run imprimatur build first. When the branch has this very site, nothing is
committed.

  --root DIR      the site's folder, with pages/ in it           (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --branch NAME   where the site goes; made when it is not there (default: release)
  --push          gives the branch to the remote, too
  --remote NAME   which one                                      (default: origin)
  --force         goes on from a branch with something else in it, and pushes though the
                  remote has commits that are not here
  --format F      text, or json for programs                     (default: text)
  --help          this text

Exit code: 0 published, or nothing to publish; 1 refused; 2 wrong call or configuration.
`,
  options: {
    ...configOptions,
    branch: { type: 'string' },
    push: { type: 'boolean' },
    remote: { type: 'string' },
    force: { type: 'boolean' },
  },
  most: 0,
  run,
}

async function run({ values, cwd, env }: Call): Promise<Outcome> {
  const root = siteRoot({ values, cwd })
  const siteCode = siteCodeOf({ values })
  const { value: built, diagnostics: found } = await build({
    root,
    siteCode,
    mode: 'check',
    now: now(env),
  })
  const diagnostics = found.filter(({ severity }) => severity === 'error')
  if (!built || diagnostics.length > 0) return { diagnostics: found, summary: 'Nothing was published.' }
  const { value: config } = await loadConfig(root, {}, { siteCode })
  const folder = config && openOutputFolder(config).value
  if (!folder || hasErrors(found)) return { diagnostics: found }
  const branch: SiteBranch = {
    name: String(values.branch ?? 'release'),
    remote: String(values.remote ?? 'origin'),
    isPushed: values.push === true,
    isForced: values.force === true,
    env,
  }
  const site = { folder: folder.folder, paths: [...folder.owned].toSorted() }
  const { value: release, diagnostics: refused } = releaseSite(root, site, branch)
  if (!release) return { diagnostics: refused, summary: 'Nothing was published.' }
  return { diagnostics: [], summary: summarize(release, branch, site.paths.length) }
}

function summarize(
  { commit, committed, pushed }: Release,
  { name, remote }: SiteBranch,
  files: number,
): string {
  const where = `the branch ${name} (${commit})`
  if (committed === 'none' && pushed !== 'new') return `Nothing to publish: ${where} has this very site`
  const done = committed === 'new' ? `${files} files on ${where}` : `Nothing new on ${where}`
  if (pushed === 'new') return `${done}, pushed to ${remote}`
  return `${done}; git push ${remote} ${name} gives it to others`
}
