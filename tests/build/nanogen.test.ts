import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { build } from '../program.ts'
import { pathsOf, type Files } from '../tree.ts'

/** A site as nanogen has them: quoted years, blank lines around front matter, includes from the folder of the sources, a broken link. */
const sources: Files = {
  'site.config.js': "module.exports = { site: { title: 'zine' } }",
  'src/assets/CNAME': 'example.org\n',
  'src/assets/css/index.css': 'p {}\n',
  'src/assets/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n',
  'src/assets/rss.xml': '<rss version="2.0"/>\n',
  'src/layouts/default.ejs': `<!DOCTYPE html>
<html lang="<%= page.lang || 'en' %>">
<head>
  <%- include('partials/head') %>
  <title>
    <%= page.title || site.title %>
  </title>
  <meta name="description" content="<%= page.description %>">
  <% if (page.css) { %>
    <% page.css.forEach(file => { %>
      <link rel="stylesheet" href="/css/<%= file %>.css">
    <% }) %>
  <% } %>
</head>
<body>
  <%- body %>
</body>
</html>
`,
  'src/layouts/post.ejs': `<!DOCTYPE html>
<html lang="<%= page.lang %>">
<head>
  <%- include('partials/head') %>
  <title><%= page.title + ' | ' + site.title %></title>
</head>
<body>
  <nav><% if (page.section) { %><a href="/<%= page.section %>/"><%= page.section %></a><% } %>
  <% if (page.year) { %><a href="/posts/#<%= page.year %>"><%= page.year %></a><% } %></nav>
  <%- body %>
  <footer><%= page.date %></footer>
</body>
</html>
`,
  'src/layouts/redirect.ejs': `<!DOCTYPE html>
<html lang="en">
<head>
  <meta http-equiv="Refresh" content="0; URL=<%= page.redirectTarget %>">
  <title><%= 'Redirect | ' + site.title %></title>
</head>
<body><a href="<%= page.redirectTarget %>"><%= page.redirectTarget %></a></body>
</html>
`,
  'src/pages/about.html': `---

layout: post
lang: 'en'
title: 'about'

---

<div style='margin: 0;'>
  <details><summary>More</summary>Text</details>
</div>
`,
  'src/pages/index.ejs': `---

description: 'A zine.'

css:
  - index

---

<%- include('partials/head') %>

<p><%= site.title %></p>
`,
  'src/pages/posts.md': `---

layout: post
lang: 'en'

title: 'posts'

---

# Posts

By [RSS](/rss.xml), or [lost](/nowhere/).

## 2020

- <article class='entry'>
    <a href='/posts/2020/initial_post/'>initial post</a>
  </article>
`,
  'src/pages/posts/2020.md': `---

layout: redirect
redirectTarget: '/posts/#2020'

---
`,
  'src/pages/posts/2020/initial_post.md': `---

layout: post
lang: 'ru'

title: 'initial post'
description: 'Первый пост.'

section: 'posts'
year: '2020'
date: '2020-11-08'

---

# Первый пост

Текст с **силой**, [ссылкой](/posts/) и \`кодом\`.

- раз
- два

| а | б |
| :- | -: |
| 1 | 2 |
`,
  'src/partials/head.ejs': '<meta charset="utf-8"><link rel="icon" href="/icon.svg">\n',
}

/** What nanogen 0.4.2 makes of them. */
const made: Files = {
  'about/index.html': `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8"><link rel="icon" href="/icon.svg">

  <title>about | zine</title>
</head>
<body>
  <nav>
  </nav>
  
<div style='margin: 0;'>
  <details><summary>More</summary>Text</details>
</div>

  <footer></footer>
</body>
</html>
`,
  'index.html': `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8"><link rel="icon" href="/icon.svg">

  <title>
    zine
  </title>
  <meta name="description" content="A zine.">
  
    
      <link rel="stylesheet" href="/css/index.css">
    
  
</head>
<body>
  
<meta charset="utf-8"><link rel="icon" href="/icon.svg">


<p>zine</p>

</body>
</html>
`,
  'posts/2020/index.html': `<!DOCTYPE html>
<html lang="en">
<head>
  <meta http-equiv="Refresh" content="0; URL=/posts/#2020">
  <title>Redirect | zine</title>
</head>
<body><a href="/posts/#2020">/posts/#2020</a></body>
</html>
`,
  'posts/2020/initial_post/index.html': `<!DOCTYPE html>
<html lang="ru">
<head>
  <meta charset="utf-8"><link rel="icon" href="/icon.svg">

  <title>initial post | zine</title>
</head>
<body>
  <nav><a href="/posts/">posts</a>
  <a href="/posts/#2020">2020</a></nav>
  <h1 id="-">Первый пост</h1>
<p>Текст с <strong>силой</strong>, <a href="/posts/">ссылкой</a> и <code>кодом</code>.</p>
<ul>
<li>раз</li>
<li>два</li>
</ul>
<table>
<thead>
<tr>
<th align="left">а</th>
<th align="right">б</th>
</tr>
</thead>
<tbody><tr>
<td align="left">1</td>
<td align="right">2</td>
</tr>
</tbody></table>

  <footer>2020-11-08</footer>
</body>
</html>
`,
  'posts/index.html': `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8"><link rel="icon" href="/icon.svg">

  <title>posts | zine</title>
</head>
<body>
  <nav>
  </nav>
  <h1 id="posts">Posts</h1>
<p>By <a href="/rss.xml">RSS</a>, or <a href="/nowhere/">lost</a>.</p>
<h2 id="2020">2020</h2>
<ul>
<li><article class='entry'>
  <a href='/posts/2020/initial_post/'>initial post</a>
</article>
</li>
</ul>

  <footer></footer>
</body>
</html>
`,
}

/** Without the two things that differ: ids of headings, and how a table says where its cells are aligned. */
const alike = (html: string) =>
  html
    .replace(/(<h\d) id="[^"]*"/g, '$1')
    .replace(/<div class="table"[^>]*>(.*?<\/table>)\s*<\/div>/gs, '$1')
    .replace(/(<t[hd]) (?:class="align-|align=")(\w+)"/g, '$1 $2')
    .replace(/\s+/g, ' ')
    .replaceAll('> <', '><')

test('a site of nanogen builds with a configuration alone, each page the same, and no file missing', async () => {
  const cwd = folderWith({
    ...sources,
    'imprimatur.config.json': JSON.stringify({
      site: { title: 'zine', url: 'https://example.org', lang: 'en' },
      dirs: { pages: 'src/pages', layouts: 'src/layouts', assets: 'src/assets' },
      build: { links: 'warn' },
    }),
  })
  const { code, findings } = await build({ cwd })
  expect([code, findings.filter(each => !each.startsWith('page/typography'))]).toEqual([
    0,
    ['policy/violation src/pages/about.html:9:6', 'link/broken src/pages/posts.md:12:31'],
  ])
  for (const [path, html] of Object.entries(made))
    expect(alike(readFileSync(join(cwd, 'docs', path), 'utf8'))).toBe(alike(String(html)))
  for (const path of pathsOf(join(cwd, 'src/assets')))
    expect([path, existsSync(join(cwd, 'docs', path))]).toEqual([path, true])
})
