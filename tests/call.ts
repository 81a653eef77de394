import type { Call } from '../src/cli/arguments.ts'

/** The input of a call without a terminal. */
export const unattended: Pick<Call, 'version' | 'stdin' | 'screen' | 'tell' | 'interrupted'> = {
  version: '0.0.0',
  stdin: { isTerminal: () => false, read: () => '' },
  tell: async () => undefined,
  screen: { isTerminal: false, write: () => {} },
  interrupted: () => new Promise(() => undefined),
}
