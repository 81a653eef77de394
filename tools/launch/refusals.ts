import type { Identity } from './identity.ts'

/** A name in the registry. */
export interface RegistryEntry {
  readonly versions: readonly string[]
  readonly repository?: string | undefined
}

export interface ReleaseState {
  readonly identity: Identity
  readonly version: string
  /** Somebody says that the name is to be taken now. */
  readonly isFirst: boolean
  /** What the registry has under the name. */
  readonly registry: RegistryEntry | undefined
  readonly changelog: string
  /** Of the commit. */
  readonly tags: readonly string[]
  /** What `git status --porcelain` prints. */
  readonly changes: string
}

interface Refusal {
  readonly message: string
  readonly hint: string
}

/** Why a release cannot be, with what to do; none when it can. */
export function refusals(state: ReleaseState): readonly Refusal[] {
  const { identity, version, changelog, tags, changes } = state
  const found: Refusal[] = [...nameRefusals(state)]
  if (identity.repository === undefined) {
    found.push({
      message: 'package.json names no repository, and provenance needs it',
      hint: 'npm run identity -- --repository https://github.com/ACCOUNT/REPOSITORY, build, and commit',
    })
  }
  const heading = `## ${version}`
  if (!changelog.split('\n').some(line => line === heading || line.startsWith(`${heading} `))) {
    found.push({
      message: `CHANGELOG.md says nothing of ${version}`,
      hint: `begin its part of what is unreleased with “${heading} (YEAR-MONTH-DAY)”`,
    })
  }
  if (!tags.includes(`v${version}`)) {
    found.push({
      message: `The commit is not tagged v${version}, and package.json says ${version}`,
      hint: `npm version sets both; or git tag v${version}`,
    })
  }
  if (changes !== '') {
    found.push({
      message: 'The folder has what is not committed, and would be published',
      hint: 'commit it, or put it away: git stash --include-untracked',
    })
  }
  return found
}

/** The name is ours when package.json does not say that it is private, and what the registry has of it is of our repository. */
function nameRefusals({ identity, version, isFirst, registry }: ReleaseState): readonly Refusal[] {
  const { name, isPublished, repository } = identity
  if (!isPublished) {
    return [
      {
        message: `The name ${name} is not ours: package.json is private`,
        hint: `take a name that is, scoped if need be, and say so: npm run identity -- --name @ACCOUNT/imprimatur --published`,
      },
    ]
  }
  if (!registry) {
    return isFirst
      ? []
      : [
          {
            message: `Nobody has the name ${name} in the registry`,
            hint: 'if it is to be taken now, by an account of yours with two factors: npm run release -- --first. Then make this repository its trusted publisher',
          },
        ]
  }
  const theirs = registry.repository?.replace(/^git\+/, '').replace(/\.git$/, '')
  if (theirs !== repository) {
    return [
      {
        message: `The name ${name} is somebody else’s: in the registry it is of ${theirs ?? 'no repository'}`,
        hint: 'take another: npm run identity -- --name @ACCOUNT/imprimatur --published',
      },
    ]
  }
  return registry.versions.includes(version)
    ? [{ message: `${name} ${version} is published already`, hint: 'npm version patch, minor or major' }]
    : []
}
