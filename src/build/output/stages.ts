import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { kill, pid } from 'node:process'
import { readRegularFile } from '../../core/read-file.ts'
import { OWN_PREFIX, whyNoPath } from '../pages/addresses.ts'
import { look, type OutputFolder } from './output-folder.ts'

/**
 * Where a build keeps what it has made until all of it is known to be good: folders in the output folder, so that a rename puts a file in
 * its place. The name says who made it: `.imprimatur-stage-PID.PLACE.RANDOM`, PLACE standing for the processes among which a PID
 * means something, since two containers may write to one folder, each as its process 1.
 */
const STAGE = `${OWN_PREFIX}-stage-`

/** In a stage: the folders, one a line, in which this build has a stage as well. */
const OTHERS = 'others'

/** What nobody has touched for so long, in another container or on another machine, is left over from a build that was killed. */
const DEAD_AFTER = 10 * 60_000

/** Who builds, in one word. */
export const newBuilder = (): string => `${pid}.${place()}.${randomUUID().slice(0, 13)}`

export const stageName = (builder: string): string => `${STAGE}${builder}`

/** Nobody else may look into it: there are pages in it that are not published yet. */
export function openStage(folder: string, builder: string): string {
  const stage = join(folder, stageName(builder))
  mkdirSync(folder, { recursive: true })
  mkdirSync(stage, { recursive: true, mode: 0o700 })
  return stage
}

export const stagedSite = (stage: string): string => join(stage, 'site')

export const otherStages = (stage: string): string => join(stage, OTHERS)

/** Removes the stages of this build, and of builds that were killed. One that cannot be removed stays, and does no harm. */
export function clearStages({ folder }: OutputFolder, builder: string): void {
  for (const name of entries(folder)) {
    if (!name.startsWith(STAGE)) continue
    const owner = name.slice(STAGE.length)
    if (owner !== builder && !isGone(owner, join(folder, name))) continue
    for (const other of linesOf(otherStages(join(folder, name)))) remove(join(folder, other, name))
    remove(join(folder, name))
  }
}

/** Whether the build of this name has ended for sure; `left` is what it has left. */
export function isGone(builder: string, left: string): boolean {
  const [, id = '', where] = /^(\d+)\.([\da-f]+)\./.exec(builder) ?? []
  if (where === place()) return !isRunning(Number(id))
  const { mtimeMs = Infinity } = look(left) ?? {}
  return Date.now() - mtimeMs > DEAD_AFTER
}

/** Lines that no build can have written are ignored, since they decide what is removed. */
function linesOf(file: string): readonly string[] {
  try {
    const lines = readRegularFile(file).toString('utf8').split('\n')
    return lines.filter(line => line !== '' && whyNoPath(line.split('/')) === undefined)
  } catch {
    return []
  }
}

function remove(stage: string): void {
  try {
    if (look(stage)?.isDirectory()) rmSync(stage, { recursive: true, force: true })
  } catch {}
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

let known: string | undefined

/** Stands for this start of this machine, and the container on it. */
const place = (): string =>
  (known ??= createHash('sha256').update(describePlace()).digest('hex').slice(0, 12))

function describePlace(): string {
  try {
    const boot = readRegularFile('/proc/sys/kernel/random/boot_id').toString('utf8')
    return `${boot}${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

function isRunning(id: number): boolean {
  try {
    return kill(id, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
