import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { diagnostic } from '../../../../core/diagnostic.ts'
import type { Diagnostic, Result } from '../../../../core/types.ts'
import { expandHome, publicHalf } from '../../../../keys/verify/prepare-signing.ts'
import { rsaBits, sshFingerprint } from '../../../../keys/verify/ssh-key.ts'
import type { FirstSigner } from '../../../../scaffold/keys-files.ts'
import type { Call } from '../../../arguments.ts'
import { askLine } from '../../../confirm.ts'
import { optionText } from '../../../input.ts'
import { checkAddress } from '../write-read.ts'

interface Answers {
  readonly key: string
  readonly jid: string
  readonly signers: readonly FirstSigner[]
  readonly anchors: readonly string[]
}

/** What the options say, and a person where they do not. */
export async function askAll(call: Call): Promise<Result<Answers>> {
  const usual = ['id_ed25519', 'id_ed25519_sk', 'id_ecdsa', 'id_rsa']
    .map(name => join(call.env.HOME ?? call.env.USERPROFILE ?? '~', '.ssh', name))
    .filter(path => existsSync(`${path}.pub`))
  const isAsked = call.stdin.isTerminal()
  const ask = async (option: string, question: string, usually?: string) => {
    const said = optionText(call, option)
    if (said !== undefined || !isAsked) return said
    const answer = await askLine(`${question}${usually === undefined ? '' : ` (${usually})`}:`)
    return answer === '' ? usually : answer
  }
  const key = await ask('key', 'Which SSH key signs', usual[0])
  const jid = await ask('jid', 'Your XMPP address')
  const recovery = await ask('recovery', 'The .pub file of a recovery key, kept offline; nothing for none')
  const missing = (name: string, hint: string) => diagnostic('usage/argument', `${name} is missing`, { hint })
  const diagnostics: Diagnostic[] = [...checkAddress('--jid', jid)]
  if (jid === undefined) diagnostics.push(missing('--jid', 'say whose devices: --jid you@example.org'))
  if (key === undefined) {
    const hint = `${usual.length > 0 ? `there is ${usual.join(', ')}` : 'make one: ssh-keygen -t ed25519'}`
    diagnostics.push(missing('--key', hint))
  }
  const signers: FirstSigner[] = []
  for (const [option, path] of Object.entries({ key, recovery })) {
    if (path === undefined || path === '') continue
    const half = publicHalf(path)
    const bits = half && rsaBits(half)
    if (!half || (bits !== undefined && bits < 2048)) {
      const message = half
        ? `--${option} ${path} is an RSA key of ${bits} bits, which can be broken`
        : `--${option} ${path} has no public half that can be read`
      const hint = `name a key of which the .pub file is there; ssh-keygen -y -f ${path} > ${path}.pub writes it`
      diagnostics.push(diagnostic('usage/option', message, { hint }))
      continue
    }
    const isRecovery = option === 'recovery'
    const name = isRecovery ? 'recovery' : nameOf(half.comment, path)
    const line = `${half.type} ${half.blob.toString('base64')}`
    if (signers.some(signer => signer.line === line)) {
      const hint = 'make another, and keep it offline: ssh-keygen -t ed25519 -f recovery'
      diagnostics.push(
        diagnostic('usage/option', `--recovery is the key that signs, ${sshFingerprint(half.blob)}`, {
          hint,
        }),
      )
    } else signers.push({ line, name, isRecovery })
  }
  return diagnostics.length > 0 || key === undefined || jid === undefined
    ? { diagnostics }
    : { value: { key: expandHome(key), jid, signers, anchors: anchorsOf(call) }, diagnostics: [] }
}

/** The comment of a key is mostly `name@machine`. */
const nameOf = (comment: string, path: string) => {
  const name = comment.split('@').at(-1)?.trim() ?? ''
  return /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,38}[\p{L}\p{N}]$/u.test(name) && name !== 'recovery'
    ? name
    : basename(path).replace(/\.pub$/, '')
}

const anchorsOf = ({ values }: Call): readonly string[] =>
  Array.isArray(values.anchor) ? values.anchor.map(String) : []
