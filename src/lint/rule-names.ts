import { codes, type Code } from '../core/codes.ts'

/** The codes that are rules, which can be switched and suppressed; known without loading the rules. */
export const ruleNames: ReadonlySet<string> = new Set(
  (Object.keys(codes) as Code[]).filter(code => /^(?:common|ru|en-US|imprimatur)\//.test(code)),
)
