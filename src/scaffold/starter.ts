import { CALL, PACKAGE } from '../config/program-state.ts'

/** A file that a new site begins with, and what it is for. */
export interface StarterFile {
  readonly text: string
  readonly purpose: string
}

/** The site that `imprimatur init` writes: small, complete, and built without diagnostics. */
export const starter = (today: string, timeZone: string | undefined): ReadonlyMap<string, StarterFile> => {
  const year = today.slice(0, 4)
  return new Map([
    [
      'imprimatur.config.mjs',
      { text: config(timeZone), purpose: 'its name, its address, its language: begin here' },
    ],
    ['layouts/default.ejs', { text: layout, purpose: 'the HTML around every page' }],
    ['layouts/post.ejs', { text: post, purpose: 'what a post has around it, within the default layout' }],
    ['pages/index.ejs', { text: home, purpose: 'the home page, which lists all posts: /' }],
    ['pages/about.md', { text: about, purpose: 'a page: /about/' }],
    ['pages/404.md', { text: notFound, purpose: 'what a reader is shown where there is no page' }],
    ['pages/main.css', { text: styles, purpose: 'how all of it looks; it is copied as it is' }],
    [
      `pages/posts/${year}/first_proof.md`,
      { text: firstPost(today), purpose: `a post: /posts/${year}/first_proof/` },
    ],
  ])
}

const config = (timeZone: string | undefined) => `/** @type {import('${PACKAGE}').UserConfig} */
export default {
  site: {
    title: 'My site',
    url: 'https://example.org',
    lang: 'en',
${timeZone === undefined ? '' : `    timeZone: '${timeZone}',\n`}    description: 'Words, set with care.',
    author: { name: 'The author' },
  },
}
`

const layout = `<!doctype html>
<html lang="<%= page.lang %>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title><%= page.url === '/' ? site.title : \`\${page.title} · \${site.title}\` %></title>
<% if (page.description) { %><meta name="description" content="<%= page.description %>"><% } %>
<link rel="canonical" href="<%= site.url + page.url %>">
<link rel="stylesheet" href="<%= asset('/main.css') %>">
</head>
<body>
<header>
<nav><a href="/"><%= site.title %></a> · <a href="/about/">About</a></nav>
</header>
<main>
<h1><%= typeset(page.title) %></h1>
<%- body %>
</main>
</body>
</html>
`

const post = `---
layout: default
---
<article class="h-entry">
<p><time class="dt-published" datetime="<%= page.date %>"><%= date(page.date) %></time><% const author = page.author ?? site.author %><% if (author) { %>,
<% if (author.url) { %><a class="p-author h-card" href="<%= author.url %>"><%= author.name %></a><% } else { %><span class="p-author h-card"><%= author.name %></span><% } } %></p>
<div class="e-content">
<%- body %>
</div>
</article>
`

const home = `---
title: My site
description: Words, set with care.
---
<% for (const [year, dated] of collections.years) { %>
<h2><%= year %></h2>
<ul>
<% for (const post of dated) { %>
<li><a href="<%= post.url %>"><%= post.title %></a></li>
<% } %>
</ul>
<% } %>
`

const about = `---
title: About
description: Who writes here, and why.
---
Write about yourself in&nbsp;\`pages/about.md\`.
`

const notFound = `---
title: There is no such page
---
Begin again at&nbsp;the [home page](/).
`

const styles = `body {
  max-width: 38rem;
  margin: 0 auto;
  padding: 1.5rem 1rem;
  font: 1.125rem/1.5 Georgia, 'Times New Roman', serif;
}
pre,
.table {
  overflow-x: auto;
}
.align-center {
  text-align: center;
}
.align-right,
.tml-right {
  text-align: right;
}
.tml-left {
  text-align: left;
}
img {
  max-width: 100%;
  height: auto;
}
figure {
  margin: 1.5em 0;
}
figcaption {
  font-size: 0.875em;
}
aside.note {
  margin: 1.5em 0;
  padding: 0.1em 1em;
  border-left: 0.25em solid;
}
aside.warning,
aside.caution {
  border-left-style: double;
}
.note-title {
  font-weight: bold;
}
ul.tasks {
  padding-left: 0;
  list-style: none;
}
`

const firstPost = (today: string) => `---
title: First proof
description: The first post of this site.
date: ${today}
layout: post
---
A&nbsp;page is&nbsp;a&nbsp;Markdown file below \`pages/\`; its place is&nbsp;its address.
This one is&nbsp;\`pages/posts/${today.slice(0, 4)}/first_proof.md\`. Change it, and see it&nbsp;change:

\`\`\`sh
${CALL} dev
${CALL} build
\`\`\`

The second line makes the site. Put \`docs/\` on&nbsp;any host that serves files.
`
