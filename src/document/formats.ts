/** Markdown is set as blocks of text; HTML, which EJS makes, is tags with text between them. */
export type Format = 'markdown' | 'html'

const PAGE = /\.(?:md|markdown|ejs|html?)$/i

/** Whether a file is a page, by its name, in any case. Whatever else lies among the pages is copied. */
export const isPage = (path: string): boolean => PAGE.test(path)

/** What is no page by its name is read as Markdown: standard input, or a file that is named on purpose. */
export const formatOf = (path: string): Format => (/\.(?:html?|ejs)$/i.test(path) ? 'html' : 'markdown')

/** Whether the body is a template by its name; `ejs: true` in front matter makes one of any other. */
export const isTemplate = (path: string): boolean => /\.ejs$/i.test(path)
