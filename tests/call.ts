import type { Call } from '../src/commands/command.ts'

/** What a call has when nobody is at the terminal. */
export const unattended: Pick<Call, 'version' | 'tell' | 'interrupted'> = {
  version: '0.0.0',
  tell: async () => undefined,
  interrupted: () => new Promise(() => undefined),
}
