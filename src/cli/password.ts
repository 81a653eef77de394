import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ReadStream, WriteStream } from 'node:tty'
import { diagnostic } from '../core/diagnostic.ts'
import type { Result } from '../core/types.ts'
import { reason } from '../core/source.ts'
import type { Call } from './arguments.ts'
import { optionText } from './input.ts'

export const passwordVariable = 'IMPRIMATUR_XMPP_PASSWORD'

/**
 * The password of an account: from `--password-file`, else from the environment, else from a terminal, where it is not
 * shown. Never from an argument, which every user of the machine can read.
 */
export async function readPassword(call: Call, jid: string): Promise<Result<string>> {
  const file = optionText(call, 'password-file')
  const given = take(call.env)
  if (file === undefined && given === undefined && call.stdin.isTerminal())
    return accept(await ask(jid), 'the terminal')
  if (file === undefined) return accept(given, passwordVariable)
  try {
    const text = file === '-' ? call.stdin.read() : readFileSync(resolve(call.cwd, file), 'utf8')
    return accept(text.replace(/\r?\n$/, ''), file === '-' ? 'standard input' : file)
  } catch (error) {
    const hint = 'name a file that holds the password and nothing else, and that only you may read'
    const message = `The file of the password cannot be read: ${reason(error)}`
    return { diagnostics: [diagnostic('usage/password', message, { hint })] }
  }
}

/** Takes the password out of the environment, so that no report that Node writes of a crash has it. */
function take(env: Partial<Record<string, string>>): string | undefined {
  const password = env[passwordVariable]
  delete env[passwordVariable]
  return password
}

function accept(password: string | undefined, where: string): Result<string> {
  if (password !== undefined && password !== '' && !/[\r\n\0]/.test(password)) {
    return { value: password, diagnostics: [] }
  }
  const hint = `set ${passwordVariable}, or write --password-file FILE, or run it in a terminal`
  const message =
    password === undefined
      ? 'There is no password to log in with'
      : `What comes from ${where} is no password: ${password === '' ? 'it is empty' : 'it has several lines'}`
  return { diagnostics: [diagnostic('usage/password', message, { hint })] }
}

/** Undefined after Ctrl-C or Ctrl-D. */
function ask(jid: string): Promise<string | undefined> {
  const [input, output] = [new ReadStream(0), new WriteStream(2)]
  output.write(`Password of ${jid}: `)
  input.setRawMode(true).setEncoding('utf8')
  return new Promise(resolve => {
    let typed: readonly string[] = []
    const end = (answer: string | undefined) => {
      input.setRawMode(false)
      input.destroy()
      output.write('\n')
      resolve(answer)
    }
    input.on('data', (text: Buffer | string) => {
      for (const c of String(text)) {
        if (c === '\r' || c === '\n') return end(typed.join(''))
        if (c === '\u0003' || c === '\u0004') return end(undefined)
        typed = c === '\u007F' || c === '\b' ? typed.slice(0, -1) : [...typed, c]
      }
      return undefined
    })
  })
}
