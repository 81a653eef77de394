import { rolldown } from 'rolldown'

/**
 * A module and all that it imports as one classic script for browsers, minified. The module’s exports are the fields of a global
 * `name`. Throws when anything is left to be imported, as a module of Node would be.
 */
export async function bundle(input: string, name = 'bundled'): Promise<string> {
  const build = await rolldown({
    input,
    platform: 'browser',
    onLog(_, { code, message }) {
      throw new Error(`${code}: ${message}`)
    },
  })
  try {
    const { output } = await build.generate({ format: 'iife', name, minify: true, comments: { legal: true } })
    const [{ code, imports, dynamicImports }, ...others] = output
    if (others.length + imports.length + dynamicImports.length > 0) throw new Error('this is not one file')
    return code
  } finally {
    await build.close()
  }
}
