import type { UserConfig } from './config.ts'

/** Gives an editor the types of a configuration; at run time it returns what it was given. */
export const defineConfig = (config: UserConfig): UserConfig => config
