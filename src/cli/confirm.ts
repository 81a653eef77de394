import { ReadStream, WriteStream } from 'node:tty'
import type { Call } from './arguments.ts'

/**
 * Asks at the terminal; the answer has to be `yes` in full. With `--yes` nothing is asked; without a terminal and without `--yes` the
 * answer is no.
 */
export async function confirm(call: Call, question: string): Promise<'yes' | 'no' | 'nobody'> {
  if (call.values.yes === true) return 'yes'
  if (!call.stdin.isTerminal()) return 'nobody'
  return (await askLine(`${question} (yes/no)`)).toLowerCase() === 'yes' ? 'yes' : 'no'
}

/** One line from the terminal, without white space around it; nothing when the person gives up. */
export function askLine(question: string): Promise<string> {
  const [input, output] = [new ReadStream(0), new WriteStream(2)]
  output.write(`${question} `)
  input.setEncoding('utf8')
  return new Promise(resolve => {
    const end = (answer: string) => {
      input.destroy()
      resolve(answer.trim())
    }
    input.once('data', text => end(String(text)))
    input.once('end', () => end(''))
  })
}
