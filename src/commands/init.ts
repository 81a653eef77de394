import { commonOptions, type Command } from './command.ts'
export const command: Command = {
  help: '',
  options: commonOptions,
  most: 1,
  run: async () => ({ diagnostics: [] }),
}
