import { frontMatter, source } from '../corpus.ts'
import { indexPage, layout, stylesheet } from '../layout.ts'
import { outputFolder, type Program } from '../program.ts'
import { installed } from './installation.ts'

const versions = { '@11ty/eleventy': '3.1.7', '@11ty/eleventy-plugin-syntaxhighlight': '5.0.2' }

/** Markdown goes through no template language, as it does in the others. Headings get no ids, the others' do. */
const config = `import highlight from '@11ty/eleventy-plugin-syntaxhighlight'

export default function (eleventy) {
  eleventy.addPlugin(highlight)
  eleventy.addPassthroughCopy({ 'assets/main.css': 'main.css' })
  eleventy.addFilter('byYear', posts => {
    const years = new Map()
    for (const post of posts.toReversed()) {
      const { year } = post.data
      if (!years.has(year)) years.set(year, [])
      years.get(year).push(post)
    }
    return [...years].sort(([a], [b]) => b - a)
  })
  return { dir: { input: 'src', output: '${outputFolder}' }, markdownTemplateEngine: false }
}
`

const layoutFile = 'src/_includes/default.njk'

const index = `<h1>Posts</h1>
{% for year, posts in collections.post | byYear %}<h2>{{ year }}</h2>
<ul>{% for post in posts %}<li><a href="{{ post.url }}">{{ post.data.title }}</a></li>
{% endfor %}</ul>
{% endfor %}`

export async function eleventy(): Promise<Program> {
  const modules = await installed('eleventy', versions)
  const program = [process.execPath, 'node_modules/@11ty/eleventy/cmd.cjs', '--quiet'] as const
  return {
    name: 'Eleventy',
    version: versions['@11ty/eleventy'],
    command: program,
    serve: port => [...program, '--serve', '--incremental', `--port=${port}`],
    layout: layoutFile,
    modules,
    *files(posts) {
      yield ['package.json', '{ "type": "module" }']
      yield ['eleventy.config.js', config]
      yield ['assets/main.css', stylesheet]
      yield [layoutFile, template]
      yield ['src/index.njk', frontMatter({ ...indexPage, layout: 'default.njk' }) + index]
      yield ['src/posts/posts.json', '{ "layout": "default.njk", "tags": "post" }']
      for (const post of posts) yield [`src/posts/${post.year}/${post.slug}.md`, source(post)]
    },
  }
}

const template = layout({
  lang: '{{ lang }}',
  title: '{{ title }}',
  description: '{{ description }}',
  section: '{{ section }}',
  year: '{{ year }}',
  date: '{{ page.date.toISOString().slice(0, 10) }}',
  body: '{{ content | safe }}',
  when: (field, html) => `{% if ${field} %}${html}{% endif %}`,
})
