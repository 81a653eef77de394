import { CALL } from '../config/program-state.ts'

/** A page that a new site begins with, and what it is for. */
interface StarterPage {
  readonly text: string
  readonly purpose: string
}

type PlacedPage = readonly [path: string, page: StarterPage]

/** The pages of a new site, in English and in Russian. */
export function pages(today: string): readonly PlacedPage[] {
  const year = today.slice(0, 4)
  const entry = (path: string, purpose: string, text: string): PlacedPage => [path, { text, purpose }]
  return [
    entry('pages/index.md', 'the home page, with the newest posts below it: /', home),
    entry('pages/index.ru.md', 'the same in Russian: /ru/', homeRu),
    entry('pages/about.md', 'a page: /about/', about),
    entry('pages/about.ru.md', 'the same in Russian: /ru/about/', aboutRu),
    entry('pages/about/keys.ejs', `your keys: /about/keys/, filled by ${CALL} keys init`, keys),
    entry('pages/posts/_index.md', 'the list of posts: /posts/', posts),
    entry('pages/posts/_index.ru.md', 'those in Russian: /ru/posts/', postsRu),
    entry('pages/posts/_defaults.yaml', 'what all posts have: their layout', 'layout: post\n'),
    entry(`pages/posts/${year}/first_proof.md`, `a post: /posts/${year}/first_proof/`, firstPost(today)),
    entry(
      `pages/posts/${year}/first_proof.ru.md`,
      `the same in Russian: /ru/posts/${year}/first_proof/`,
      firstPostRu(today),
    ),
    entry('pages/404.md', 'what a reader is shown where there is no page', notFound),
  ]
}

const home = `---
title: My site
description: Words, set with care.
---

Say here in&nbsp;a&nbsp;few words who writes, and what about. Below them stand the newest posts.
`

const homeRu = `---
title: Мой сайт
description: Слова, набранные с заботой.
---

Скажите здесь в&nbsp;двух словах, кто пишет и&nbsp;о&nbsp;чём. Ниже стоят новые записи.
`

const about = `---
title: About
description: Who writes here, and why.
---

Write about yourself in&nbsp;\`pages/about.md\`. What is&nbsp;in&nbsp;\`pages/about.ru.md\` is&nbsp;the same page in&nbsp;Russian.
`

const aboutRu = `---
title: Об авторе
description: Кто здесь пишет и зачем.
---

Расскажите о&nbsp;себе в&nbsp;файле \`pages/about.ru.md\`. Эта&nbsp;же страница по-английски&nbsp;— \`pages/about.md\`.
`

const keys = `---
title: Keys
description: How to know that it is me.
---
<% if (keys) { %>
<%- include('partials/keys/page') %>
<% } else { %>
<p>No&nbsp;keys are published here&nbsp;yet.</p>
<% } %>
`

const posts = `---
title: Posts
description: All of them, the newest first.
layout: section
---
`

const postsRu = `---
title: Записи
description: Все по порядку, новые сверху.
layout: section
---
`

const firstPost = (today: string) => `---
title: First proof
description: The first post of this site.
date: ${today}
tags: [beginnings]
---

A&nbsp;page is&nbsp;a&nbsp;Markdown file below \`pages/\`; its place is&nbsp;its address.
This one is&nbsp;\`pages/posts/${today.slice(0, 4)}/first_proof.md\`. Change it, and see it&nbsp;change:

\`\`\`sh
npm run dev
\`\`\`

The same post in&nbsp;another language is&nbsp;\`first_proof.ru.md\` beside it. “Quotes” and dashes&nbsp;— such as&nbsp;these&nbsp;— are mended by&nbsp;the linter:

\`\`\`sh
npm run fix
\`\`\`
`

const firstPostRu = (today: string) => `---
title: Первый оттиск
description: Первая запись на этом сайте.
date: ${today}
tags: [начала]
---

Страница&nbsp;— это файл Markdown в&nbsp;папке \`pages/\`; где он&nbsp;лежит, таков и&nbsp;адрес.
Этот файл&nbsp;— \`pages/posts/${today.slice(0, 4)}/first_proof.ru.md\`. Измените его, и&nbsp;страница изменится:

\`\`\`sh
npm run dev
\`\`\`

По-английски та&nbsp;же запись лежит рядом, в&nbsp;файле \`first_proof.md\`. Кавычки, тире и&nbsp;пробелы поправит линтер:

\`\`\`sh
npm run fix
\`\`\`
`

const notFound = `---
title: There is no such page
description: Nothing is at this address.
lang: en
---

Begin again at&nbsp;the [home page](/).

<p lang="ru">Здесь ничего&nbsp;нет. Начните <a href="/ru/">с&nbsp;главной</a>.</p>
`
