import { PACKAGE } from '../config/program-state.ts'
import { pages } from './starter-pages.ts'

/** A file that a new site begins with, and what it is for. */
export interface StarterFile {
  readonly text: string
  readonly purpose: string
  /** Whether it is of the folder more than of the site: one that is there already is left as it is. */
  readonly isSurrounding?: boolean
}

export interface StarterOptions {
  /** An ISO day. */
  readonly today: string
  readonly timeZone?: string | undefined
  /** Of the folder: the package is called so. */
  readonly name: string
  /** Of the program. */
  readonly version: string
}

/** The site that `imprimatur init` writes, in two languages: complete, built without diagnostics, and nothing to mend in it. */
export const starter = (options: StarterOptions): ReadonlyMap<string, StarterFile> =>
  new Map<string, StarterFile>([
    [
      'imprimatur.config.mjs',
      { text: config(options.timeZone), purpose: 'its name, its address, its languages: begin here' },
    ],
    ...pages(options.today),
    ['package.json', { text: manifest(options), purpose: 'npm run dev, build, lint', isSurrounding: true }],
    [
      '.github/workflows/site.yml',
      { text: workflow, purpose: 'lints and publishes at each push, on GitHub', isSurrounding: true },
    ],
    ['.gitignore', { text: ignored, purpose: 'what git is to leave out', isSurrounding: true }],
    [
      '.gitattributes',
      { text: attributes, purpose: 'how git is to treat the ends of lines', isSurrounding: true },
    ],
  ])

const config = (timeZone: string | undefined) => `/** @type {import('${PACKAGE}').UserConfig} */
export default {
  site: {
    title: 'My site',
    url: 'https://example.org',
    lang: 'en',
${timeZone === undefined ? '' : `    timeZone: '${timeZone}',\n`}    description: 'Words, set with care.',
    author: { name: 'The author' },
  },
  // Layouts, styles and fonts. A file of the same name in layouts/ or pages/ takes the place of one of them.
  theme: {
    name: 'imprimatur',
    languages: ['en', 'ru'],
    navigation: ['/posts/', '/tags/', '/about/', '/about/keys/'],
    footer: { en: 'Words, set with care.', ru: 'Слова, набранные с заботой.' },
  },
}
`

const manifest = ({ name, version }: StarterOptions) =>
  `${JSON.stringify(
    {
      name: packageName(name),
      private: true,
      type: 'module',
      scripts: {
        dev: 'imprimatur dev',
        build: 'imprimatur build',
        lint: 'imprimatur lint',
        fix: 'imprimatur lint --fix',
        new: 'imprimatur new',
      },
      devDependencies: { [PACKAGE]: `^${version}` },
    },
    null,
    2,
  )}\n`

/** What npm takes for a name: lower case letters, digits, hyphens. */
const packageName = (name: string) =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'site'

const workflow = `# Needs, once: Settings, Pages, Source: GitHub Actions. The address there is site.url in imprimatur.config.mjs.
name: site
on:
  push:
    branches: [main]
  pull_request:
jobs:
  build:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: lts/*
      - run: npm install --no-audit --no-fund
      - run: npm run lint -- --format github --format text
      - run: npm run build
      - uses: actions/upload-pages-artifact@v3
        with:
          path: docs
          include-hidden-files: true
  publish:
    if: github.event_name == 'push'
    needs: build
    runs-on: ubuntu-latest
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: \${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: actions/deploy-pages@v4
`

const ignored = `# Made by npm install and npm run build.
node_modules/
docs/
`

const attributes = `* text=auto
`
