import { relative, resolve } from 'node:path'
import { CALL } from '../../config/program-state.ts'
import { localDay, now } from '../../core/dates.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import { writeNew } from '../../build/output/write-new.ts'
import { importSite, REPORT } from '../../scaffold/import/import-site.ts'
import { commonOptions, type Call, type Command, type Outcome } from '../arguments.ts'

export const command: Command = {
  help: `imprimatur import: makes a site of one that another generator made

  imprimatur import DIR NEW [--built BUILT] [--format F]

Reads the sources of a site of Jekyll, Hugo, Zola, Eleventy, Hexo, Pelican or nanogen in DIR,
and writes a new site into NEW. DIR is never changed; a file of NEW that is there already is
never overwritten.

Every page and file keeps its address, and old aliases lead to it; headings keep their
anchors. Old lists and feeds lead to those that are made here. Front matter is YAML in the
names that this program has, in its order and with its comments. Layouts are plain ones to
begin with. What could not be carried over is listed in NEW/${REPORT}, with file and line,
and each old address where nothing is now.

  --built BUILT   the old site as it was built last: stylesheets, pictures and the like that
                  its generator made are taken from there, and every address is looked for
  --format F      text, or json for programs                     (default: text)
  --help          this text
`,
  options: {
    help: commonOptions.help,
    format: commonOptions.format,
    built: { type: 'string', completes: 'folder' },
  },
  most: 2,
  completes: 'folder',
  run,
}

async function run({ positionals, values, cwd, env }: Call): Promise<Outcome> {
  const [old, fresh] = positionals
  if (old === undefined || fresh === undefined) {
    const hint = 'name the old site and a new folder: imprimatur import ../old-blog new-blog'
    return { diagnostics: [diagnostic('usage/argument', 'An import needs two folders', { hint })] }
  }
  const [from, to] = [resolve(cwd, old), resolve(cwd, fresh)]
  const inside = relative(from, to)
  if (inside === '' || !inside.startsWith('..')) {
    const hint = 'name a folder beside it'
    return {
      diagnostics: [
        diagnostic('usage/argument', 'The new site would lie in the old one, which is never changed', {
          hint,
        }),
      ],
    }
  }
  const { value: site, diagnostics } = importSite(from, {
    today: localDay(now(env)),
    built: typeof values.built === 'string' ? resolve(cwd, values.built) : undefined,
  })
  if (!site) return { diagnostics }
  const wrong = writeNew(site.files, to, {
    code: 'init/exists',
    hint: 'choose an empty folder, or move the file away',
  })
  if (wrong.length > 0) return { diagnostics: wrong }
  const left = site.notes.length
  return {
    diagnostics: [],
    summary: `${site.generator}: ${site.pages} pages, ${site.files.size} files in ${fresh}
${left === 0 ? 'Everything was carried over' : `${left} ${left === 1 ? 'thing' : 'things'} could not be carried over as they were: ${fresh}/${REPORT}`}
Then: ${CALL} build --root ${fresh}`,
  }
}
