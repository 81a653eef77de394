import { ReadStream, WriteStream } from 'node:tty'
import type { Call } from './arguments.ts'

/**
 * Asks whoever is at the terminal, who has to write `yes` in full. `--yes` answers without being asked; where there is neither a
 * terminal nor `--yes`, nobody has answered, and that is no yes.
 */
export async function confirm(call: Call, question: string): Promise<'yes' | 'no' | 'nobody'> {
  if (call.values.yes === true) return 'yes'
  if (!call.stdin.isTerminal()) return 'nobody'
  return (await ask(question)).trim().toLowerCase() === 'yes' ? 'yes' : 'no'
}

/** One line; nothing when the person gives up. */
function ask(question: string): Promise<string> {
  const [input, output] = [new ReadStream(0), new WriteStream(2)]
  output.write(`${question} (yes/no) `)
  input.setEncoding('utf8')
  return new Promise(resolve => {
    const end = (answer: string) => {
      input.destroy()
      resolve(answer)
    }
    input.once('data', text => end(String(text)))
    input.once('end', () => end(''))
  })
}
