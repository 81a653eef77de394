import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'

/**
 * What a file holds. Throws what the system throws, and of anything but a file that it is none: a pipe, a socket or a device may
 * never end, and to open one may already wait for ever.
 */
export function readRegularFile(path: string): Buffer {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = fstatSync(descriptor)
    // To read a folder is an error of the system's own.
    if (!stats.isFile() && !stats.isDirectory())
      throw Object.assign(new Error('this is no file'), { code: 'ENOTREG' })
    return readFileSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
