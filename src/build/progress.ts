/** Where a person watches, if one does. */
export interface Screen {
  readonly isTerminal: boolean
  write(text: string): void
}

/** Hears how a long piece of work gets on. */
export interface Progress {
  /** A step begins, and with it the one before it ends. */
  step(name: string): void
  /** So many of the files are made, or in the making. */
  made(done: number, total: number): void
  end(): void
}

export const SILENT: Progress = { step: () => {}, made: () => {}, end: () => {} }

/** Milliseconds: what is done sooner needs no bar, and a bar that moves faster cannot be read. */
const PATIENCE = 1000
const FRAME = 100

const WIDTH = 24

/** One line on a terminal, drawn over itself and taken away at the end. */
export function createBar({ write }: Screen, now: () => number = () => performance.now()): Progress {
  const begun = now()
  let rendering = begun
  let drawn = 0
  return {
    step: () => (rendering = now()),
    made(done, total) {
      const time = now()
      if (time - begun < PATIENCE || time - drawn < FRAME) return
      drawn = time
      write(`\r${bar(done, total, time - rendering)}\u001b[K`)
    },
    end() {
      if (drawn > 0) write('\r\u001b[K')
      drawn = 0
    },
  }
}

function bar(done: number, total: number, ms: number): string {
  const full = Math.floor((WIDTH * done) / total)
  const rate = (1000 * done) / Math.max(1, ms)
  const left = Math.ceil((total - done) / Math.max(rate, 0.001))
  const share = Math.floor((100 * done) / total)
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${share} %, ${Math.round(rate)} files a second, ${left} s left`
}

/** A line for every step, when it is over. */
export function createTimes({ write }: Screen, now: () => number = () => performance.now()): Progress {
  let current: { readonly name: string; readonly since: number } | undefined
  const end = () => {
    if (current) write(`${((now() - current.since) / 1000).toFixed(2).padStart(8)} s  ${current.name}\n`)
    current = undefined
  }
  return {
    step(name) {
      end()
      current = { name, since: now() }
    },
    made: () => {},
    end,
  }
}
