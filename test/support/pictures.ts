import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

type Format = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif'
export interface Colour {
  r: number
  g: number
  b: number
}

const background = { r: 180, g: 40, b: 60 }

/** A picture of one colour, as cameras make them: with who took it, where, and which way is up. */
export function aPicture(given: { format?: Format; width?: number; height?: number; background?: Colour } = {}): Promise<Buffer> {
  const { format = 'jpeg', width = 640, height = 480 } = given
  return sharp({ create: { width, height, channels: 3, background: given.background ?? background } })
    .withExif({ IFD0: { Artist: 'Zanzibar Quartz', Orientation: '6' }, IFD3: { GPSLatitude: '53/1 12/1 0/1', GPSLatitudeRef: 'N' } })
    .toFormat(format)
    .toBuffer()
}

/** A whole PNG of one black bit per pixel: some kilobytes, however large. Interlaced it must be in memory in full to be looked at. */
export function aHugePicture(width: number, height: number, { isInterlaced = false } = {}): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, isInterlaced ? 1 : 0], 8)
  const rows = isInterlaced ? interlacedBytes(width, height) : (Math.ceil(width / 8) + 1) * height
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The seven passes of Adam7: where each begins and how far its pixels are apart. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

const interlacedBytes = (width: number, height: number) =>
  passes.reduce((sum, [x, y, across, down]) => {
    const [columns, lines] = [Math.ceil((width - x) / across), Math.ceil((height - y) / down)]
    return sum + lines * (Math.ceil(columns / 8) + 1)
  }, 0)

function chunk(type: string, bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  const named = Buffer.concat([Buffer.from(type, 'latin1'), bytes])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
