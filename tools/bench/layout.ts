import type { Post } from './corpus.ts'
import { postPath } from './program.ts'

/** How a template language writes each part of the page. */
export interface Slots {
  readonly lang: string
  readonly title: string
  readonly description: string
  readonly section: string
  readonly year: string
  readonly date: string
  readonly body: string
  /** The HTML, only when the page has the field. */
  when(field: 'section' | 'year' | 'date', html: string): string
}

export const siteTitle = 'Bench'

/** The one layout that every program renders every page with. */
export const layout = ({
  lang,
  title,
  description,
  section,
  year,
  date,
  body,
  when,
}: Slots): string => `<!DOCTYPE html>
<html lang="${lang}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} | ${siteTitle}</title>
  <meta name="description" content="${description}">
  <link rel="stylesheet" href="/main.css">
</head>
<body>
  <header>
    <nav aria-label="Breadcrumbs">
      <ol>
        <li><a href="/">${siteTitle}</a></li>
        ${when('section', `<li><a href="/${section}/">${section}</a></li>`)}
        ${when('year', `<li><a href="/${section}/#${year}">${year}</a></li>`)}
        <li>${title}</li>
      </ol>
    </nav>
  </header>
  <main><article>
${body}
  </article></main>
  <footer>${when('date', date)}</footer>
</body>
</html>
`

export const stylesheet = `body { max-width: 40em; margin: auto; font: 18px/1.5 serif }
nav ol { display: flex; list-style: none }
`

/** Front matter of the index of all posts. */
export const indexPage = { title: 'Posts', lang: 'en', description: 'All posts, by year.' }

/** The same in EJS, where a program hands its templates `page`, and `date` writes its day. */
export const ejsLayout = (date: string): string =>
  layout({
    lang: '<%= page.lang %>',
    title: '<%= page.title %>',
    description: '<%= page.description %>',
    section: '<%= page.section %>',
    year: '<%= page.year %>',
    date,
    body: '<%- body %>',
    when: (field, html) => `<% if (page.${field}) { %>${html}<% } %>`,
  })

/** The index of all posts in HTML, for programs that make no lists. */
export function handMadeIndex(posts: readonly Post[]): string {
  const years = [...new Set(posts.map(({ year }) => year))].toSorted((a, b) => b - a)
  const links = (wanted: number) =>
    posts
      .filter(({ year }) => year === wanted)
      .map(post => `<li><a href="/${postPath(post).replace('index.html', '')}">${post.title}</a></li>\n`)
  return `<h1>Posts</h1>\n${years.map(year => `<h2>${year}</h2>\n<ul>${links(year).join('')}</ul>\n`).join('')}`
}
