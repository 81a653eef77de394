import type { Call } from '../src/cli/arguments.ts'

export const noPipes = () => {
  throw new Error('nobody speaks a protocol here')
}

/** The input of a call without a terminal. */
export const unattended: Pick<
  Call,
  'version' | 'commands' | 'stdin' | 'screen' | 'tell' | 'pipes' | 'interrupted' | 'terminated'
> = {
  version: '0.0.0',
  commands: async () => ({}),
  stdin: { isTerminal: () => false, read: () => '' },
  tell: async () => undefined,
  pipes: noPipes,
  screen: { isTerminal: false, write: () => {} },
  interrupted: () => new Promise(() => undefined),
  terminated: () => new Promise(() => undefined),
}
