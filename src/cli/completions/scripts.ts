import { bashScript } from './bash.ts'
import { fishScript } from './fish.ts'
import { zshScript } from './zsh.ts'

/** By the name of the shell. */
export const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const
