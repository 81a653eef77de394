import type { QrModules } from './encode.ts'

/**
 * Reads QR codes (ISO/IEC 18004) from their modules: byte mode, level M, every version. It shares no code with the
 * encoder, and unlike a scanner it forgives nothing: a code that needs its error correction was drawn wrong.
 * Gives undefined for whatever is not a whole code.
 */
export function decodeQr(modules: QrModules): string | undefined {
  const version = (modules.size - 17) / 4
  if (!Number.isInteger(version) || version < 1 || version > 40) return undefined
  const mask = readFormat(modules)
  if (mask === undefined || ![hasFinders, hasVersion, hasAlignment].every(has => has(modules, version)))
    return undefined
  const data = joinBlocks(readCodewords(modules, version, mask), version)
  return data && readBytes(data, version)
}

/** Section 7.4: one segment in byte mode, its length in 8 bits up to version 9 and in 16 from 10, then zeros. */
function readBytes(data: readonly number[], version: number): string | undefined {
  const lengthBytes = version < 10 ? 1 : 2
  const at = (n: number) => (((data[n] ?? 0) << 4) | ((data[n + 1] ?? 0) >> 4)) & 0xff
  const length = lengthBytes === 1 ? at(0) : (at(0) << 8) | at(1)
  const end = lengthBytes + length
  const isByteMode = (data[0] ?? 0) >> 4 === 4
  const terminator = (data[end] ?? 0) & 0xf
  if (!isByteMode || end >= data.length || terminator !== 0) return undefined
  return Buffer.from(Array.from({ length }, (_, n) => at(lengthBytes + n))).toString('utf8')
}

/** Section 7.9: level and mask, twice, in a BCH (15,5) code. Gives the mask of a code of level M. */
function readFormat({ size, isDark }: QrModules): number | undefined {
  const along = [0, 1, 2, 3, 4, 5, 7, 8]
  const first = [
    ...along.map(x => isDark(x, 8)),
    ...along
      .slice(0, -1)
      .toReversed()
      .map(y => isDark(8, y)),
  ]
  const second = Array.from({ length: 15 }, (_, n) =>
    n < 7 ? isDark(8, size - 1 - n) : isDark(size - 15 + n, 8),
  )
  const [one, two] = [first, second].map(bits => bits.reduce((sum, bit) => sum * 2 + Number(bit), 0))
  const levelM = 0
  return Array.from({ length: 8 }, (_, mask) => mask).find(mask => {
    const data = (levelM << 3) | mask
    return one === two && one === (((data << 10) | remainder(data << 10, 0x537)) ^ 0x5412)
  })
}

/** The remainder of a division of polynomials over GF(2). */
function remainder(dividend: number, divisor: number): number {
  let rest = dividend
  while (32 - Math.clz32(rest) >= 32 - Math.clz32(divisor)) {
    rest ^= divisor << (Math.clz32(divisor) - Math.clz32(rest))
  }
  return rest
}

/** Section 6.3.3 and 6.3.5: three finder patterns with their separators, and the timing patterns between them. */
function hasFinders({ size, isDark }: QrModules): boolean {
  for (const [left, top] of [
    [0, 0],
    [size - 7, 0],
    [0, size - 7],
  ] as const) {
    for (let y = -1; y <= 7; y++) {
      for (let x = -1; x <= 7; x++) {
        const inside = left + x >= 0 && left + x < size && top + y >= 0 && top + y < size
        const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3))
        if (inside && isDark(left + x, top + y) !== (ring !== 2 && ring !== 4)) return false
      }
    }
  }
  for (let n = 8; n < size - 8; n++) {
    if (isDark(n, 6) !== (n % 2 === 0) || isDark(6, n) !== (n % 2 === 0)) return false
  }
  return true
}

/** Section 7.10: from version 7 up the version stands twice, in a BCH (18,6) code. */
function hasVersion({ size, isDark }: QrModules, version: number): boolean {
  const expected = (version << 12) | remainder(version << 12, 0x1f25)
  return (
    version < 7 ||
    Array.from({ length: 18 }, (_, n) => n).every(n => {
      const [along, across] = [Math.floor(n / 3), size - 11 + (n % 3)]
      const bit = ((expected >> n) & 1) === 1
      return isDark(along, across) === bit && isDark(across, along) === bit
    })
  )
}

/** Section 6.3.6: the rows and columns in which alignment patterns have their centres. */
function alignment(version: number): readonly number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2
  const last = 4 * version + 10
  return [6, ...Array.from({ length: count - 1 }, (_, n) => last - (count - 2 - n) * step)]
}

/** The centres of the alignment patterns: every crossing but those under the finder patterns. */
const centresOf = (version: number) =>
  alignment(version).flatMap((x, column, all) =>
    all.flatMap((y, row) => {
      const isUnderFinder = [column, row].every(n => n === 0 || n === all.length - 1) && !(column && row)
      return isUnderFinder ? [] : [[x, y] as const]
    }),
  )

function hasAlignment({ size, isDark }: QrModules, version: number): boolean {
  const square = Array.from({ length: 25 }, (_, n) => [(n % 5) - 2, Math.floor(n / 5) - 2] as const)
  return (
    isDark(8, size - 8) &&
    centresOf(version).every(([cx, cy]) =>
      square.every(([x, y]) => isDark(cx + x, cy + y) === (Math.max(Math.abs(x), Math.abs(y)) !== 1)),
    )
  )
}

const reservedModules = new Map<number, Uint8Array>()

/** Modules that carry no data, row by row. */
function reservedIn(version: number): Uint8Array {
  const known = reservedModules.get(version)
  if (known) return known
  const size = 4 * version + 17
  const reserved = new Uint8Array(size * size)
  const reserve = (left: number, top: number, width: number, height: number) => {
    for (let y = top; y < top + height; y++) reserved.fill(1, y * size + left, y * size + left + width)
  }
  reserve(0, 6, size, 1)
  reserve(6, 0, 1, size)
  reserve(0, 0, 9, 9)
  reserve(0, size - 8, 9, 8)
  reserve(size - 8, 0, 8, 9)
  if (version >= 7) reserve(0, size - 11, 6, 3)
  if (version >= 7) reserve(size - 11, 0, 3, 6)
  for (const [x, y] of centresOf(version)) reserve(x - 2, y - 2, 5, 5)
  reservedModules.set(version, reserved)
  return reserved
}

/** Table 10: the eight masks, as functions of column and row. */
const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  x => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

/** Section 7.7.3: two columns at a time, from the right, alternately upwards and downwards. */
function readCodewords({ size, isDark }: QrModules, version: number, mask: number): number[] {
  const reserved = reservedIn(version)
  const isMasked = masks[mask] ?? (() => false)
  const codewords: number[] = []
  let [byte, count] = [0, 0]
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right--
    const pair = (size - 1 - (right > 6 ? right : right + 1)) / 2
    for (let n = 0; n < size; n++) {
      for (const x of [right, right - 1]) {
        const y = pair % 2 === 0 ? size - 1 - n : n
        if (reserved[y * size + x] === 1) continue
        byte = (byte << 1) | Number(isDark(x, y) !== isMasked(x, y))
        if (++count === 8) {
          codewords.push(byte)
          ;[byte, count] = [0, 0]
        }
      }
    }
  }
  return codewords
}

/** Table 9, level M, by version from 1: error correction codewords of a block, and how many blocks. */
const correction = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
]
const blockCounts = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29,
  31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
]

/** Section 7.6: undoes the interleaving and gives the data, when every block is free of errors. */
function joinBlocks(codewords: readonly number[], version: number): number[] | undefined {
  const [extra = 0, count = 1] = [correction[version - 1], blockCounts[version - 1]]
  const shortLength = Math.floor(codewords.length / count) - extra
  const longBlocks = codewords.length % count
  const blocks = Array.from({ length: count }, (_, n) => ({
    data: shortLength + (n >= count - longBlocks ? 1 : 0),
    codewords: [] as number[],
  }))
  let at = 0
  for (let n = 0; n <= shortLength; n++) {
    for (const block of blocks) if (n < block.data) block.codewords.push(codewords[at++] ?? 0)
  }
  for (let n = 0; n < extra; n++) for (const block of blocks) block.codewords.push(codewords[at++] ?? 0)
  return blocks.every(block => isWhole(block.codewords, extra))
    ? blocks.flatMap(block => block.codewords.slice(0, block.data))
    : undefined
}

const exponents = new Uint8Array(512)
const logarithms = new Uint8Array(256)
for (let n = 0, value = 1; n < 255; n++) {
  exponents[n] = exponents[n + 255] = value
  logarithms[value] = n
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0)
}

/** A Reed–Solomon block over GF(256), section 7.5, is whole when it vanishes at the roots of the generator. */
function isWhole(block: readonly number[], extra: number): boolean {
  for (let root = 0; root < extra; root++) {
    let sum = 0
    for (const word of block) sum = word ^ (sum === 0 ? 0 : exponents[logarithms[sum]! + root]!)
    if (sum !== 0) return false
  }
  return true
}
