import { planetLayout } from '../../planet/publish/planet-layout.ts'

const list = (posts: string) => `<ul>
<% for (const post of ${posts}) { %>
<li class="h-entry" lang="<%= post.lang %>"><a class="u-url p-name" href="<%= post.url %>"<% if (post.lang !== page.lang) { %> hreflang="<%= post.lang %>"<% } %>><%= typeset(post.title, post.lang) %></a><% if (post.author) { %> <span class="author p-author h-card"><%= post.author.name %></span><% } %><% if (post.date) { %> <time class="dt-published" datetime="<%= post.date %>"><%= date(post.date, 'long', post.lang) %></time><% } %></li>
<% } %>
</ul>
`

const feed = (html: string) => `<div class="h-feed">\n${html}</div>\n`

/** Those of lists: around one the site's own layout may show no title. */
export const LISTS: ReadonlySet<string> = new Set(['tags', 'tag', 'year', 'section', 'feeds'])

/** Layouts of the program's own, for sites that have none of that name. */
export const builtInLayouts: ReadonlyMap<string, string> = new Map([
  [
    // Works without JavaScript.
    'redirect',
    `<!doctype html>
<html lang="<%= page.lang %>">
<head>
<meta charset="utf-8">
<title><%= page.title %></title>
<meta http-equiv="refresh" content="0; url=<%= page.redirectTarget %>">
<meta name="robots" content="noindex">
<link rel="canonical" href="<%= absolute(page.redirectTarget) %>">
</head>
<body>
<p><a href="<%= page.redirectTarget %>"><%= page.title %></a></p>
</body>
</html>
`,
  ],
  [
    'tags',
    `---
layout: default
---
<ul>
<% for (const [tag, tagged] of collections.tags) { %>
<li><a href="<%= archive({ tag }) %>"><%= tag %></a> (<%= tagged.length %>)</li>
<% } %>
</ul>
`,
  ],
  [
    'feeds',
    `---
layout: default
---
<ul>
<% for (const { title, lang, formats } of [...feeds.site, ...feeds.lists, ...feeds.others]) { %>
<li lang="<%= lang %>"><%= typeset(title, lang) %>:<% for (const { name, url, type } of formats) { %> <a href="<%= url %>" type="<%= type %>"><%= name %></a><% } %></li>
<% } %>
</ul>
`,
  ],
  ['planet', planetLayout],
  ['tag', `---\nlayout: default\n---\n${feed(list('page.posts'))}`],
  ['year', `---\nlayout: default\n---\n${feed(list('page.posts'))}`],
  [
    'section',
    `---
layout: default
---
<%- body %><div class="h-feed">
<% for (const year of new Set(page.posts.map(post => post.year))) { %>
<h2 id="<%= year %>"><%= year %></h2>
${list('page.posts.filter(post => post.year === year)')}<% } %>
</div>
`,
  ],
])

/** Around those, on a site without layouts/default.ejs. */
export const PLAIN = `<!doctype html>
<html lang="<%= page.lang %>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title><%= page.title %> · <%= site.title %></title>
<%- metadata() %>
</head>
<body>
<main>
<h1><%= page.title %></h1>
<%- body %>
</main>
</body>
</html>
`
