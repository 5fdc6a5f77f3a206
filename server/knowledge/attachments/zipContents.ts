import { type UnzipFileInfo, unzipSync } from 'fflate'

const mostEntries = 10_000
const mostUnpackedBytes = 300_000_000
/** XML of office programs packs to a tenth or a fiftieth; what packs to less than this was made to fill memories. */
const highestRatio = 200
const harmlessBytes = 10_000_000

export type ZipProblem = 'damaged' | 'bomb'

/** Of what somebody sent, it is not unpacked. */
export class UnreadableZip extends Error {
  readonly problem: ZipProblem

  constructor(problem: ZipProblem) {
    super(`a zip archive that is ${problem}`)
    this.problem = problem
  }
}

/**
 * Names and sizes of what is in a zip archive, by its directory alone: nothing is unpacked.
 * @throws UnreadableZip
 */
export function zipEntries(bytes: Uint8Array): UnzipFileInfo[] {
  const entries: UnzipFileInfo[] = []
  unpack(bytes, entry => {
    entries.push(entry)
    if (entries.length > mostEntries) throw new UnreadableZip('bomb')
    return false
  })
  const unpackedBytes = entries.reduce((sum, { originalSize }) => sum + originalSize, 0)
  const isBomb = unpackedBytes > mostUnpackedBytes || (unpackedBytes > harmlessBytes && unpackedBytes > bytes.length * highestRatio)
  if (isBomb) throw new UnreadableZip('bomb')
  return entries
}

/**
 * The parts of these names, none larger than its place in the directory says.
 * @throws UnreadableZip
 */
export function zipParts(bytes: Uint8Array, wanted: (name: string) => boolean, mostBytes: number): Map<string, Uint8Array> {
  let unpacked = 0
  const parts = unpack(bytes, ({ name, originalSize }) => {
    if (!wanted(name) || unpacked + originalSize > mostBytes) return false
    unpacked += originalSize
    return true
  })
  return new Map(Object.entries(parts))
}

function unpack(bytes: Uint8Array, filter: (entry: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter })
  } catch (error) {
    throw error instanceof UnreadableZip ? error : new UnreadableZip('damaged')
  }
}
