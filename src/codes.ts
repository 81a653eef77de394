import type { Severity } from './model.ts'

interface CodeInfo {
  readonly severity: Severity
  /** One line, for the index of everything the program can say. */
  readonly title: string
}

/** Everything the program can say, by area. A message is worded where it is raised; its code and weight stand here. */
export const codes = {
  'usage/command': { severity: 'error', title: 'There is no such command' },
  'usage/option': { severity: 'error', title: 'There is no such option, or its value is wrong' },
  'usage/argument': { severity: 'error', title: 'An argument is missing or superfluous' },

  'config/read': { severity: 'error', title: 'The configuration cannot be read' },
  'config/key': { severity: 'error', title: 'The configuration has a key that nothing reads' },
  'config/value': { severity: 'error', title: 'A configuration value has the wrong type' },
  'config/dirs': {
    severity: 'error',
    title: 'The folders of the configuration are missing or get in each other’s way',
  },

  'file/read': { severity: 'error', title: 'A source cannot be read' },
  'file/encoding': { severity: 'error', title: 'A source is not UTF-8' },
  'file/too-large': { severity: 'error', title: 'A page is too large to be one' },

  'front-matter/fence': { severity: 'error', title: 'Front matter is opened and not closed' },
  'front-matter/language': { severity: 'error', title: 'Front matter is not YAML' },
  'front-matter/syntax': { severity: 'error', title: 'Front matter is not valid YAML' },
  'front-matter/value': { severity: 'error', title: 'A front matter field has the wrong type' },
  'front-matter/date': { severity: 'error', title: 'A date does not exist' },
  'front-matter/reserved': { severity: 'error', title: 'A field has a name that the program computes' },
  'front-matter/redirect': { severity: 'error', title: 'A redirect lacks its layout or its target' },
  'front-matter/translation': { severity: 'error', title: 'A translation names a page that does not exist' },

  'route/address': { severity: 'error', title: 'An address cannot be a file of the site' },
  'route/collision': { severity: 'error', title: 'Two sources have one address' },

  'template/missing': { severity: 'error', title: 'A layout or partial does not exist' },
  'template/syntax': { severity: 'error', title: 'A template is not valid EJS' },
  'template/run': { severity: 'error', title: 'A template failed while it ran' },
  'template/loop': { severity: 'error', title: 'Templates include one another without end' },
  'template/asset': { severity: 'error', title: 'A template names an asset that does not exist' },

  'link/broken': { severity: 'error', title: 'A link points nowhere' },
  'link/moved': { severity: 'warning', title: 'A link points to a page that has moved' },
  'link/external': { severity: 'info', title: 'A link leads out of the site' },

  'image/read': { severity: 'warning', title: 'The size of an image cannot be told' },

  'output/stale': { severity: 'error', title: 'The built site is not in step with its sources' },
  'output/foreign': { severity: 'error', title: 'A file that no build wrote is in the way' },
  'output/symlink': { severity: 'error', title: 'A symbolic link in the output folder leads elsewhere' },
  'output/write': { severity: 'error', title: 'The site cannot be written' },

  'init/exists': { severity: 'error', title: 'A new site would overwrite files' },
} as const satisfies Record<string, CodeInfo>

export type Code = keyof typeof codes
