import {
  flag,
  languageTag,
  listOf,
  oneOf,
  policy,
  positiveNumber,
  text,
  siteAddress,
  timeZone,
  webAddress,
  type JsonSchema,
  type Kind,
} from '../core/value-kinds.ts'
import { configWords, topWords } from './config-words.ts'
import { lintKinds } from './lint-config.ts'
import { siteAuthor } from './sections/author.ts'
import { pictures } from './sections/pictures.ts'
import { securityKinds } from './sections/security.ts'
import { themeKinds } from './theme/theme-config.ts'

/** What each key of the configuration may be. */
export const configKinds = {
  site: {
    title: text,
    url: siteAddress,
    lang: languageTag,
    timeZone,
    description: text,
    author: siteAuthor,
    image: text,
    icon: text,
    webmention: webAddress,
  },
  dirs: { pages: text, layouts: text, assets: text, output: text },
  build: {
    typography: oneOf('off', 'warn', 'error', 'fix'),
    patience: positiveNumber,
    drafts: flag,
    extras: flag,
    elsewhere: listOf(text),
    links: oneOf('error', 'warn'),
    policy,
    stripLocation: flag,
    include: listOf(text),
    notSecret: listOf(text),
    pictures,
  },
  theme: themeKinds,
  lint: lintKinds,
  security: securityKinds,
  keys: { manifest: text, allowedSigners: text },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Kind>>>>

/** What an editor is told of `imprimatur.config.json`: made of what checks it. */
export function exportSchema(): JsonSchema {
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = configWords
  const sections = Object.entries(configKinds).map(([section, kinds]): [string, JsonSchema] => [
    section,
    {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries<Kind>(kinds).map(([key, { jsonSchema }]) => [
          key,
          { description: words[section]?.[key], ...jsonSchema },
        ]),
      ),
      // Templates see every further field of the site.
      additionalProperties: section === 'site',
    },
  ])
  const properties: Readonly<Record<string, JsonSchema>> = Object.fromEntries(sections)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Imprimatur',
    description: 'The configuration of a site; everything in it has a default.',
    type: 'object',
    properties: {
      $schema: text.jsonSchema,
      fields: { description: topWords.fields, ...listOf(text).jsonSchema },
      ...properties,
      // Its name alone will do.
      theme: { anyOf: [themeKinds.name.jsonSchema, properties.theme] },
    },
    additionalProperties: false,
  }
}
