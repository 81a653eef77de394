import { rolldown } from 'rolldown'

export interface Bundle {
  readonly code: string
  /** The folders of the packages that are in it. */
  readonly packages: readonly string[]
}

/**
 * A module and all that it imports as one classic script for browsers, minified. The module’s exports are the fields of a global
 * `name`. Throws when anything is left to be imported, as a module of Node would be.
 */
export async function bundle(input: string, name = 'bundled'): Promise<Bundle> {
  const build = await rolldown({
    input,
    platform: 'browser',
    // Its `paths` are for the compiler.
    tsconfig: false,
    onLog(_, { code, message }) {
      throw new Error(`${code}: ${message}`)
    },
  })
  try {
    const { output } = await build.generate({ format: 'iife', name, minify: true, comments: { legal: true } })
    const [{ code, imports, dynamicImports, moduleIds }, ...others] = output
    if (others.length + imports.length + dynamicImports.length > 0) throw new Error('this is not one file')
    const packages = moduleIds.flatMap(id => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id) ?? [])
    return { code, packages: [...new Set(packages)] }
  } finally {
    await build.close()
  }
}
