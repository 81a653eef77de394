import { setFlagsFromString } from 'node:v8'

/**
 * V8 lets a heap grow up to fourfold before it is swept. Half as much again is as fast, and saves some 100 MB where a large site
 * is built in two threads; a server that is left open stays below 1.2 times what it began with (measured).
 */
export const keepHeapSmall = (): void => setFlagsFromString('--heap-growing-percent=50')
