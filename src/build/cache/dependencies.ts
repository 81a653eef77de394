/**
 * What a render asks of the site around its page. A question is a kind and a name, such as `asset main.css`; `answers.ts` knows
 * what each stands for. While the source and all answers stay the same, so does what is rendered.
 */
export interface Inquiry {
  /** Whatever is being rendered has asked this. */
  note(question: string): void
  /** Does some work and tells all that was asked meanwhile, by the work inside it too. */
  during<T>(work: () => T): { readonly value: T; readonly asked: ReadonlySet<string> }
}

export function createInquiry(): Inquiry {
  let asked: Set<string> | undefined
  return {
    note: question => void asked?.add(question),
    during(work) {
      const outer = asked
      const inner = (asked = new Set<string>())
      try {
        return { value: work(), asked: inner }
      } finally {
        asked = outer
        for (const question of inner) outer?.add(question)
      }
    },
  }
}
