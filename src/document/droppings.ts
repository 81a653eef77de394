/** Names with a dot that are meant to be published; all others are an author's own, or a program's. */
const DOTTED = new Set(['.well-known', '.nojekyll', '.htaccess', '.domains'])

/** What systems, editors and programs that keep folders in step drop beside an author's files, in any case. */
const DROPPINGS = [
  // Windows, macOS, Synology and other systems.
  /^(?:ehthumbs(?:_vista)?\.db|thumbs\.db|desktop\.ini|icon\r|@eadir|#recycle|#snapshot|\$recycle\.bin|__macosx)$/i,
  /^(?:system volume information|lost\+found)$/i,
  // Editors: copies from before a change, half-written files, locks. 4913 is Vim's, which tries whether it may write.
  /(?:~|\.(?:bak|old|orig|rej|save|tmp|sw[a-p]|kate-swp)|___jb_(?:tmp|old)___)$/i,
  /^(?:#.*#|~\$.*|~wr[dl]\d+\.tmp|4913)$/i,
  // Merges, patches and synchronisation: Syncthing, Dropbox, Nextcloud.
  /\.sync-conflict-\d/i,
]

/** In brackets: `a (somebody’s conflicted copy 2026-01-02).md`, as Dropbox and Nextcloud have it. */
function isConflictingCopy(name: string): boolean {
  const open = name.indexOf('(')
  const sign = open < 0 ? -1 : name.slice(open).search(/[ (](?:conflicted copy|case conflict)\b/i)
  return sign >= 0 && name.includes(')', open + sign)
}

/** Whether a file or folder of this name is no part of a site, unless somebody says so: neither built nor copied nor linted. */
export const isDropping = (name: string): boolean =>
  (name.startsWith('.') && !DOTTED.has(name)) ||
  name === 'node_modules' ||
  isConflictingCopy(name) ||
  DROPPINGS.some(pattern => pattern.test(name))
