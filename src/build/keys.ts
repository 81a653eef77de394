import { diagnostic } from '../core/diagnostic.ts'
import { fieldAt } from '../document/place/folder-defaults.ts'
import type { KeysPage, renderKeys } from '../keys/page/page.ts'
import type { checkWording, WordOptions } from '../keys/page/words/wordbook.ts'
import type { PublishedKeys } from './published-keys.ts'
import { TemplateFailure } from './render/ejs.ts'
import type { TextSetter } from './render/typography.ts'

/** The verified keys of a site, as its pages show them. */
export interface ShownKeys {
  /** All that a page is made of. */
  readonly data: Pick<PublishedKeys, 'data' | 'card'>
  /** In the language and with the words of a page. Throws a TemplateFailure when its `wording` has a word that there is not. */
  show(page: Pick<WordOptions, 'lang' | 'wording'> & { readonly source: string }): TemplateKeys
}

/** `keys` in a template. */
interface TemplateKeys extends KeysPage {
  readonly card: PublishedKeys['card']
}

interface ShownKeysInput {
  /** Of the site. */
  readonly root: string
  readonly keys: PublishedKeys | undefined
  readonly typography: TextSetter
}

/** Loads what a page of keys is made with: other sites need none of it. */
export async function loadKeys({ keys, ...input }: ShownKeysInput): Promise<ShownKeys | undefined> {
  if (!keys) return undefined
  const [page, words] = await Promise.all([
    import('../keys/page/page.ts'),
    import('../keys/page/words/wordbook.ts'),
  ])
  return createKeys({ data: keys.data, card: keys.card }, { ...input, ...page, ...words })
}

interface Rendering extends Omit<ShownKeysInput, 'keys'> {
  readonly renderKeys: typeof renderKeys
  readonly checkWording: typeof checkWording
}

function createKeys(data: ShownKeys['data'], { root, typography, ...rendering }: Rendering): ShownKeys {
  const shown = new Map<string, TemplateKeys>()
  return {
    data,
    show({ lang, wording, source }) {
      const wrong = wording && rendering.checkWording({ lang, wording })
      if (wrong) {
        const rest = { hint: wrong.hint, ...fieldAt(root, source, 'wording') }
        throw new TemplateFailure(diagnostic('keys/wording', wrong.message, rest))
      }
      const key = JSON.stringify([lang, wording])
      const known = shown.get(key)
      if (known) return known
      const typeset = (text: string, language: string) => typography.setText(text, language)
      const page = { ...rendering.renderKeys(data.data, { lang, wording, typeset }), card: data.card }
      shown.set(key, page)
      return page
    },
  }
}
