import { linkSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRegularFile } from '../../core/read-file.ts'
import { OWN_PREFIX } from '../pages/addresses.ts'
import { look, type OutputFolder } from './output-folder.ts'
import { isGone } from './stages.ts'

/** In the output folder while a build changes the site: the name of that build. */
const LOCK = `${OWN_PREFIX}-lock`

/** Milliseconds: between two looks at the lock of another; until one that shows no life is taken away; in which the holder shows some. */
const PAUSE = 25
const LIFELESS = 10_000
const HEARTBEAT = 1000

/** Milliseconds that a build waits for others in all. */
const PATIENCE = 60_000

export interface Lock {
  /** To be called again and again: whoever waits sees that this build goes on. */
  beat(): void
  release(): void
}

/** Thrown when another build does not come to its end. */
export class LockHeld extends Error {}

/**
 * Waits until no other build changes the site. Clocks of other machines are not trusted: a lock is dead when its process is gone, or
 * when it did not change while this one has watched it for long enough.
 */
export function takeLock({ folder }: OutputFolder, builder: string, stage: string): Lock {
  const file = join(folder, LOCK)
  const own = join(stage, 'lock')
  writeFileSync(own, builder)
  const begun = performance.now()
  let seen = { state: '', since: begun }
  while (!tryToTake(own, file, builder)) {
    const now = performance.now()
    const state = `${read(file)} ${look(file)?.mtimeMs}`
    if (state !== seen.state) seen = { state, since: now }
    const holder = read(file)
    const isDead = holder !== undefined && /^\d+\./.test(holder) && isGone(holder, file)
    if (isDead || now - seen.since > LIFELESS) takeAway(file, join(stage, 'dead-lock'), holder)
    else if (now - begun > PATIENCE)
      throw new LockHeld(`another build (${holder}) has been writing for a minute`)
    else pause()
  }
  let beaten = performance.now()
  return {
    beat() {
      const now = performance.now()
      if (now - beaten < HEARTBEAT) return
      beaten = now
      try {
        utimesSync(file, new Date(), new Date())
      } catch {}
    },
    release() {
      try {
        if (read(file) === builder) rmSync(file, { force: true })
      } catch {
        // The next build finds that this process is gone.
      }
    },
  }
}

/** A lock whose build was killed. */
export function clearLock({ folder }: OutputFolder): void {
  const file = join(folder, LOCK)
  const holder = read(file)
  if (holder === undefined || !isGone(holder, file)) return
  try {
    rmSync(file, { force: true })
  } catch {}
}

/** A link comes with its contents, or not at all; where there are no links, an empty lock may be seen for a moment. */
function tryToTake(own: string, file: string, builder: string): boolean {
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
  }
  try {
    writeFileSync(file, builder, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** By a rename, of which only one of several builds has the benefit. Another's lock that came in between is put back. */
function takeAway(file: string, aside: string, holder: string | undefined): void {
  try {
    renameSync(file, aside)
    if (read(aside) !== holder) linkSync(aside, file)
  } catch {}
}

function read(file: string): string | undefined {
  try {
    return readRegularFile(file).toString('utf8')
  } catch {
    return undefined
  }
}

const cell = new Int32Array(new SharedArrayBuffer(4))

const pause = () => void Atomics.wait(cell, 0, 0, PAUSE)
