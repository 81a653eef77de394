import { partsOf } from './marks.ts'
import { choices, type Answer, type Found, type Question, type Settings } from './messages.ts'
import { fromFragment, isShared, toFragment, type Shared } from './share.ts'
import { wordsOf } from './words.ts'

/** Places that are marked at most: each is an element that can have the focus. */
const MOST_MARKS = 3000

/** Milliseconds without a change after which a text is read. */
const QUIET = 120

const words = wordsOf(document.documentElement.lang)
const workerAddress = (document.currentScript as HTMLScriptElement).dataset.worker ?? 'worker.js'
/** The rules, in the manual of the same site. */
const manual = new URL('../about/rules/', new URL(workerAddress, location.href)).href

const part = <T extends HTMLElement>(id: string) => document.querySelector<T>(`#try-${id}`) as T
const field = part<HTMLTextAreaElement>('text')
const status = part('status')
const before = part('before')
const after = part('after')
const note = part('note')
const selects = Object.fromEntries(
  Object.keys(choices).map(name => [name, part<HTMLSelectElement>(name)]),
) as Readonly<Record<keyof Settings, HTMLSelectElement>>

const settings = (): Settings => ({
  lang: selects.lang.value,
  format: selects.format.value,
  space: selects.space.value,
})

/** One question is at work at a time; of those that come meanwhile only the last is asked. */
let asked = 0
let isBusy = false
let waiting: Question | undefined
const worker = startWorker()

function startWorker(): Worker {
  const started = new Worker(workerAddress)
  started.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    next()
    if (data.id === asked) show(data)
  })
  started.addEventListener('error', () => {
    next()
    busy(false)
    status.textContent = words.failed
  })
  return started
}

function next(): void {
  isBusy = waiting !== undefined
  if (waiting) worker.postMessage(waiting)
  waiting = undefined
}

function ask(): void {
  const question = { id: ++asked, text: field.value, settings: settings() }
  status.textContent = words.working
  busy(true)
  waiting = question
  if (!isBusy) next()
}

/** Whether what is shown is of an older text. */
const busy = (isOld: boolean) => before.setAttribute('aria-busy', String(isOld))

let timer: ReturnType<typeof setTimeout> | undefined

function askSoon(): void {
  busy(true)
  clearTimeout(timer)
  timer = setTimeout(ask, QUIET)
}

/** The text that was set last. */
let setText = ''

function show({ found, pieces, rules }: Answer): void {
  note.hidden = true
  busy(false)
  setText = pieces.join('')
  const parts = partsOf(field.value, found, MOST_MARKS)
  before.replaceChildren(
    ...parts.map(({ text, found: here }) => (here.length === 0 ? text : mark(text, here, rules))),
  )
  const shown = pieces.slice(0, 2 * MOST_MARKS)
  after.replaceChildren(
    ...shown.map((text, i) => (i % 2 === 0 ? text : inserted(text))),
    pieces.slice(2 * MOST_MARKS).join(''),
  )
  const set = found.filter(({ isSet }) => isSet).length
  const isCut = parts.filter(each => each.found.length > 0).length === MOST_MARKS
  const summary = found.length === 0 ? words.nothing : words.summary(found.length, set)
  status.textContent = isCut ? `${summary} ${words.more}` : summary
}

function element(name: string, text: string, attributes: Readonly<Record<string, string>> = {}): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

const inserted = (text: string) => element('ins', text)

function mark(text: string, found: readonly Found[], rules: Answer['rules']): HTMLElement {
  const isLeft = found.some(({ isSet }) => !isSet)
  const made = element('mark', text, {
    role: 'button',
    tabindex: '0',
    'aria-label': found.map(({ message }) => message).join('; '),
    ...(isLeft && { class: 'left' }),
  })
  for (const event of ['focus', 'pointerenter', 'click'])
    made.addEventListener(event, () => {
      tell(made, found, rules)
      // Under a pointer nothing moves.
      if (event !== 'pointerenter') note.scrollIntoView({ block: 'nearest' })
    })
  return made
}

/** A code, as a link to what the manual says of its rule. */
function heading(code: string, isRule: boolean): HTMLElement {
  if (!isRule) return element('p', code, { class: 'code', lang: 'en' })
  const made = element('p', '', { class: 'code', lang: 'en' })
  made.append(element('a', code, { href: `${manual}#${code}` }))
  return made
}

let told: HTMLElement | undefined

/** What is to be known of a place, beside the text. What the linter says is English. */
function tell(at: HTMLElement, found: readonly Found[], rules: Answer['rules']): void {
  told?.removeAttribute('aria-describedby')
  told = at
  note.replaceChildren(
    ...found.flatMap(({ code, message, hint, isSet }) => {
      const rule = rules[code]
      return [
        heading(code, rule !== undefined),
        element('p', message, { lang: 'en' }),
        element('p', rule ? `${rule.title}. ${rule.why}` : (hint ?? ''), { lang: 'en' }),
        element('p', isSet ? words.isSet : words.isLeft),
      ]
    }),
  )
  note.hidden = false
  at.setAttribute('aria-describedby', note.id)
}

/** Puts a text on the clipboard; where that is not allowed, selects an element that has it. */
async function copy(text: string, selected: HTMLElement, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    status.textContent = done
  } catch {
    getSelection()?.selectAllChildren(selected)
    status.textContent = words.notCopied
  }
}

async function share(): Promise<void> {
  const fragment = await toFragment({ text: field.value, settings: settings() })
  history.replaceState(null, '', `#${fragment}`)
  const address = part('address')
  address.textContent = location.href
  address.hidden = false
  await copy(location.href, address, words.shared)
}

function fill({ text, settings: chosen }: Shared): void {
  field.value = text
  for (const name of Object.keys(choices) as (keyof Settings)[]) selects[name].value = chosen[name]
  ask()
}

/** The text of the address, if it has one. */
async function open(): Promise<boolean> {
  const fragment = location.hash.slice(1)
  if (!isShared(fragment)) return false
  const shared = await fromFragment(fragment)
  if (!shared) {
    status.textContent = words.unread
    busy(false)
    return true
  }
  fill(shared)
  return true
}

field.addEventListener('input', askSoon)
for (const select of Object.values(selects)) select.addEventListener('change', ask)
part('copy').addEventListener('click', () => void copy(setText, after, words.copied))
part('share').addEventListener('click', () => void share())
addEventListener('hashchange', () => void open())
addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') note.hidden = true
})
document.body.classList.add('has-script')

void open().then(isOpen => {
  if (isOpen) return
  // A browser that comes back to a page has kept what was written there.
  if (field.value === '') field.value = words.example
  ask()
})
