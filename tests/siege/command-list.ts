/*
 * Runs a list of commands of the built program one after another in this process, which is given a time limit from outside: what a command
 * would wait for in vain holds up its whole process. Standard input is the list, as JSON; standard output a line for each that has ended.
 */
import { readFileSync, writeSync } from 'node:fs'
import { imprimatur, type Circumstances, type Run } from '../program.ts'

export interface ListedCommand extends Circumstances {
  readonly args: readonly string[]
}

export type EndedCommand = Pick<Run, 'code' | 'stdout' | 'stderr'>

for (const { args, ...where } of JSON.parse(readFileSync(0, 'utf8')) as readonly ListedCommand[]) {
  const { code, stdout, stderr } = await imprimatur(args, where)
  writeSync(1, `${JSON.stringify({ code, stdout, stderr } satisfies EndedCommand)}\n`)
}
