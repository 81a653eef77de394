/**
 * Records what a render uses of the site around its page. A dependency is a kind and a name, such as `asset main.css`;
 * `fingerprints.ts` has the value of each. While the source and all these values stay the same, so does what is rendered.
 */
export interface DependencyTracker {
  /** Whatever is being rendered depends on this. */
  record(dependency: string): void
  /** After work that was ended midway: nothing is being recorded. */
  reset(): void
  /** Does some work and gives all that was recorded meanwhile, by tracked work inside it too. */
  track<T>(work: () => T): { readonly value: T; readonly dependencies: ReadonlySet<string> }
}

export function createDependencyTracker(): DependencyTracker {
  let current: Set<string> | undefined
  return {
    record: dependency => void current?.add(dependency),
    reset: () => void (current = undefined),
    track(work) {
      const outer = current
      const inner = (current = new Set<string>())
      try {
        return { value: work(), dependencies: inner }
      } finally {
        current = outer
        for (const dependency of inner) outer?.add(dependency)
      }
    },
  }
}
