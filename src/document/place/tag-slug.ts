/** What the list of a tag is called in its address: `Rock ’n’ roll` -> `rock-’n’-roll`. */
export const tagSlug = (tag: string): string =>
  tag
    .trim()
    .toLowerCase()
    .replace(/[\s/\\]+/gu, '-')
    .replace(/^\.+/, '') || 'tag'
