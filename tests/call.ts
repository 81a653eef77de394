import type { Call } from '../src/cli/arguments.ts'

/** What a call has when nobody is at the terminal. */
export const unattended: Pick<Call, 'version' | 'stdin' | 'screen' | 'tell' | 'interrupted'> = {
  version: '0.0.0',
  stdin: { isTerminal: () => false, read: () => '' },
  tell: async () => undefined,
  screen: { isTerminal: false, write: () => {} },
  interrupted: () => new Promise(() => undefined),
}
