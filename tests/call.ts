import type { Call } from '../src/cli/arguments.ts'

/** What a call has when nobody is at the terminal. */
export const unattended: Pick<Call, 'version' | 'screen' | 'tell' | 'interrupted'> = {
  version: '0.0.0',
  tell: async () => undefined,
  screen: { isTerminal: false, write: () => {} },
  interrupted: () => new Promise(() => undefined),
}
