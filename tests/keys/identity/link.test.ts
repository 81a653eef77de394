import { describe, expect, test } from 'vitest'
import { compareText } from '../../../src/keys/identity/compare.ts'
import { clients } from '../../../src/keys/clients/clients.ts'
import { compareLinks, foreign, jid, listed, ownLinks, whatEscapes, withPq } from './link-differential.ts'
import { messageLink } from '../../../src/keys/identity/uri.ts'
import { models } from './link-models.ts'

const kind = (text: string) => compareText(text, withPq).kind
const [phone] = listed as [(typeof listed)[0]]
const bare = `xmpp:${jid}?omemo-sid-${phone.id}=${phone.fingerprint}`

describe('links of the page itself are good:', () => {
  test.each(ownLinks)('%s', link => {
    expect([kind(link), whatEscapes(link)]).toEqual(['listed', []])
  })

  test.each([
    ['its label', bare.replace(jid, 'Press@Example.org')],
    ['a resource', bare.replace(jid, `${jid}/phone`)],
    ['digits in capitals', bare.replace(phone.fingerprint, phone.fingerprint.toUpperCase())],
    ['Gajim’s form', bare.replace('?', '?message;')],
    ['the byte of the wire', `05 ${phone.fingerprint}`],
    ['the line of Profanity, with capitals', `/omemo trust Press@Example.org ${phone.fingerprint}`],
  ])('%s', (_, text) => expect(kind(text)).toBe('listed'))
})

describe('a key that a client reads and we do not know of is a contradiction, by name:', () => {
  const items = [
    'omemo=',
    'omemo%2Dsid%2D7=',
    'omemo-sid--7=',
    'omemo-sid-+7=',
    'omemo-sid-٧=',
    'omemo-sid-7x=',
    'omemo-sid-x=',
    'omemo-sid-=',
  ]
  test.each(items)('%s', item => {
    const link = `${bare};${item}${foreign}`
    const answer = compareText(link, listed)
    expect(answer.kind).toBe('contradiction')
    expect(answer.message).toContain(item.includes('٧') ? 'omemo-sid-٧' : item)
    const reading = Object.entries(models).filter(([, read]) => read(link)?.keys.includes(foreign))
    expect(reading.map(([name]) => name)).not.toEqual([])
  })

  test('a post-quantum key of Monocles that the manifest lacks', () => {
    const link = `${bare};omemo-pq-sid-${phone.id}=${foreign}`
    expect(kind(link)).toBe('unlisted')
    expect(models.Monocles!(link)?.pq).toEqual([foreign])
    expect(models.Conversations!(link)?.pq).toEqual([])
  })

  test.each(['%E2%80%8B', '\u200b', '%EF%B8%8F', '\u3164', '%00', '.', ':5222', '%2Fphone'])(
    'an address with %j behind it is another, or none',
    text => expect(kind(bare.replace(jid, `${jid}${text}`))).toBe('contradiction'),
  )

  test('hidden among words, a link is not read as a fingerprint', () => {
    expect(kind(`Mine is ${phone.fingerprint}; or tap ${bare};omemo=${foreign}`)).toBe('unreadable')
    expect(kind(`${phone.fingerprint} omemo=%65${foreign.slice(1)}`)).toBe('unreadable')
  })
})

test('of 2,000 mutated links none is called good out of which a client reads another key', () => {
  const { links, good, poisoned, escaped } = compareLinks(2000, 20261127)
  expect(links).toBe(2000)
  // The generator is worth something only when it makes both.
  expect(poisoned).toBeGreaterThan(400)
  expect(good).toBeGreaterThan(20)
  expect(escaped).toEqual([])
})

describe('the facts on links in src/keys/clients/ agree with the models:', () => {
  const [rosterLink, bareLink] = [ownLinks[0]!, ownLinks[0]!.replace('roster;', '')]
  const trust = ownLinks.at(-1)!
  const modelsFile = 'tests/keys/identity/link-models.ts'
  const names = clients.flatMap(client => client.names.map(name => [name, client] as const))

  test('every client and fork has a model, and no other', () => {
    const [known, needed] = [Object.keys(models), names.map(([name]) => name)]
    expect([
      ...needed.filter(name => !known.includes(name)).map(name => `${name} has no model in ${modelsFile}`),
      ...known.filter(name => !needed.includes(name)).map(name => `${name} in ${modelsFile} is no client`),
    ]).toEqual([])
  })

  test.each(names)('%s', (name, { links }) => {
    const behaviour = (link: string) => {
      const model = models[name]
      if (!model) throw new Error(`${name} has no model in ${modelsFile}`)
      const read = model(link)
      return read === undefined ? 'nothing' : read.keys.length > 0 && !read.isDropped ? 'keys' : read.opens
    }
    expect(behaviour(bareLink)).toBe(links.bare)
    expect(behaviour(rosterLink)).toBe(links.roster)
    expect(behaviour(messageLink(jid))).toBe(links.message)
    expect(behaviour(trust) === 'keys' ? 'keys' : 'nothing').toBe(links.trustMessage)
  })

  test('with roster in front nobody loses anything, and clients that did nothing open the contact', () => {
    const rank = ['nothing', 'chat', 'keys']
    const gained = names.filter(([, { links }]) => rank.indexOf(links.roster) > rank.indexOf(links.bare))
    const lost = names.filter(([, { links }]) => rank.indexOf(links.roster) < rank.indexOf(links.bare))
    expect(lost).toEqual([])
    expect(gained.map(([name]) => name)).toEqual(['Gajim', 'Kaidan'])
    for (const model of Object.values(models)) {
      const [before, after] = [bareLink, rosterLink].map(link => model(link)?.keys ?? [])
      expect(after).toEqual(expect.arrayContaining([...before!]))
    }
  })

  test('behind other action words the keys are dropped, and so the page has none of these', () => {
    const dropping = (word: string) =>
      Object.entries(models).flatMap(([name, model]) =>
        model(rosterLink.replace('roster', word))?.isDropped ? [name] : [],
      )
    for (const word of ['message', 'join', 'register', 'roster;ibr=y']) {
      expect([word, dropping(word)]).toEqual([
        word,
        ['Conversations', 'Cheogram', 'Quicksy', 'Snikket (Android)', 'Monocles'],
      ])
    }
    expect(dropping('roster')).toEqual([])
  })

  test('the plain link opens the chat in every client that opens any link', () => {
    for (const [name, { links }] of names) {
      const opens = links.bare !== 'nothing' || links.roster !== 'nothing' || name === 'Dino'
      expect([name, links.message]).toEqual([name, opens ? 'chat' : 'nothing'])
    }
  })
})
