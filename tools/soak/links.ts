import { compareLinks } from '../../tests/keys/identity/link-differential.ts'

/** Compares mutated links with what clients read out of them, many more than the tests do: npm run soak:links [COUNT]. */
const [count = '10000'] = process.argv.slice(2)
const seed = Date.now() % 2 ** 31
const { links, good, poisoned, escaped } = compareLinks(Number(count), seed)
for (const line of escaped) console.error(line)
console.log(
  `seed ${seed}: ${links} links, ${good} called good, ${poisoned} with somebody else’s key for some client, ${escaped.length} escaped`,
)
process.exitCode = escaped.length > 0 ? 1 : 0
