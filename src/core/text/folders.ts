/** The folders that a relative path lies in, the outermost first: `a` and `a/b` for `a/b/c`. */
export function* foldersAbove(path: string): Generator<string> {
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) yield path.slice(0, end)
}
