import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { flaws } from './refusal.ts'

/** A mechanism as the client of 0.14 wants one: it answers first, is challenged, and answers again. */
export interface Mechanism {
  readonly name: string
  readonly clientFirst: boolean
  /** A character a byte: the client puts it into base64 so. */
  response(credentials: Credentials): Promise<string>
  challenge(text: string): void
}

interface Credentials {
  readonly username: string
  readonly password: string
}

type MechanismClass = new () => Mechanism

/** More rounds than any server asks for, and less than a second of work. */
const MOST_ROUNDS = 1_000_000

/**
 * SCRAM (RFC 5802, RFC 7677) without channel binding. The client’s own counts its ten thousand rounds in JavaScript,
 * which takes a second, and counts as many as a server may ask for; and it can send no password beyond Latin letters.
 */
const createScram = (name: string, digest: 'sha1' | 'sha256', length: number): MechanismClass =>
  class Scram implements Mechanism {
    readonly name = name
    readonly clientFirst = true
    readonly #nonce = randomBytes(24).toString('base64')
    #first = ''
    #challenge: string | undefined

    challenge(text: string): void {
      this.#challenge = text
    }

    async response({ username, password }: Credentials): Promise<string> {
      if (this.#challenge === undefined) {
        const user = username.replaceAll('=', '=3D').replaceAll(',', '=2C')
        this.#first = `n=${user},r=${this.#nonce}`
        return bytesOf(`n,,${this.#first}`)
      }
      const [, nonce = '', salt = '', digits = ''] =
        /^r=([^,]+),s=([A-Za-z0-9+/=]+),i=(\d{1,9})(?:,|$)/.exec(this.#challenge) ?? []
      const rounds = Number(digits)
      const isOurs = nonce.startsWith(this.#nonce) && nonce.length > this.#nonce.length
      if (!isOurs || rounds < 1 || rounds > MOST_ROUNDS) throw new Error(flaws.challenge)
      const hmac = (key: Buffer, text: string) => createHmac(digest, key).update(text).digest()
      const salted = await derive(
        password.normalize('NFKC'),
        Buffer.from(salt, 'base64'),
        rounds,
        length,
        digest,
      )
      const key = hmac(salted, 'Client Key')
      const last = `c=biws,r=${nonce}`
      const stored = createHash(digest).update(key).digest()
      const signature = hmac(stored, `${this.#first},${this.#challenge},${last}`)
      const proof = key.map((byte, i) => byte ^ (signature[i] ?? 0))
      return `${last},p=${Buffer.from(proof).toString('base64')}`
    }
  }

const derive = promisify(pbkdf2)

/** RFC 4616. */
class Plain implements Mechanism {
  readonly name = 'PLAIN'
  readonly clientFirst = true

  challenge(): void {}

  response({ username, password }: Credentials): Promise<string> {
    return Promise.resolve(bytesOf(`\0${username}\0${password}`))
  }
}

const bytesOf = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

/** The best first. */
export const mechanisms: readonly { readonly name: string; readonly mech: MechanismClass }[] = [
  { name: 'SCRAM-SHA-256', mech: createScram('SCRAM-SHA-256', 'sha256', 32) },
  { name: 'SCRAM-SHA-1', mech: createScram('SCRAM-SHA-1', 'sha1', 20) },
  { name: 'PLAIN', mech: Plain },
]
