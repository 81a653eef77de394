const WORDS = `<%_
const ru = page.lang.startsWith('ru')
const words = ru ? { feeds: 'Ленты', none: 'Пока ничего нет.' } : { feeds: 'Feeds', none: 'Nothing yet.' }
_%>
`

/** What strangers wrote says its own language, or none; their text is no part of any line of ours. */
export const planetLayout = `---
layout: default
---
${WORDS}<%- body %>
<%_ for (const { date: day, entries } of planet.days) { _%>
<section class="planet-day" aria-labelledby="d<%= day %>">
<h2 id="d<%= day %>"><time datetime="<%= day %>"><%= date(day, 'full') %></time></h2>
<%_ for (const { title, link, author, source, date: written, lang, body: text } of entries) { _%>
<article class="planet-entry">
<h3 dir="auto" lang="<%= lang ?? '' %>"><% if (link) { %><a href="<%= link %>"><%= title %></a><% } else { %><%= title %><% } %></h3>
<p class="about"><% if (author) { %><bdi><%= author %></bdi> · <% } %><% if (source.home) { %><a href="<%= source.home %>"><bdi><%= source.name %></bdi></a><% } else { %><bdi><%= source.name %></bdi><% } %> · <time datetime="<%= written %>"><%= date(written, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }) %> UTC</time></p>
<div class="planet-text" dir="auto" lang="<%= lang ?? '' %>">
<%- text %>
</div>
</article>
<%_ } _%>
</section>
<%_ } _%>
<%_ if (planet.days.length === 0) { _%>
<p><%= words.none %></p>
<%_ } _%>
<section class="planet-feeds" aria-labelledby="feeds">
<h2 id="feeds"><%= words.feeds %></h2>
<ul>
<%_ for (const { name, home, feed } of planet.sources) { _%>
<li><% if (home) { %><a href="<%= home %>"><bdi><%= name %></bdi></a> (<a href="<%= feed %>">Atom/RSS</a>)<% } else { %><a href="<%= feed %>"><bdi><%= name %></bdi></a><% } %></li>
<%_ } _%>
</ul>
<p><a href="/planet.atom">Atom</a> · <a href="/planet.opml">OPML</a></p>
</section>
`
