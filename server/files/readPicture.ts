import sharp, { type OutputInfo, type Sharp } from 'sharp'
import { Invalid } from '../failures.ts'
import { oneAtATime } from './oneAtATime.ts'

const longestSide = 10_000
const mostPixels = 40_000_000

/** Nothing but these is read, whatever a file calls itself: no SVG, no PDF. */
const readable = ['Jpeg', 'Png', 'Webp', 'Nsgif'].map(kind => `VipsForeignLoad${kind}`)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: readable })
sharp.cache(false)
sharp.concurrency(1)

export const pictureType = 'image/webp'

const inTurn = oneAtATime()

/** What is taken of a picture: its size and its ground. */
export type PixelsOf = (picture: Sharp) => Sharp

interface Pixels {
  data: Buffer
  info: OutputInfo
}

/**
 * Reads a picture that somebody chose, turned upright, as nothing but its pixels. Of several frames the first.
 * @param field  beside which it is said what is wrong
 * @param write  makes another picture of the pixels
 * @throws Invalid
 */
export async function readPicture<T>(field: string, bytes: Buffer, of: PixelsOf, write: (pixels: Pixels) => Promise<T>): Promise<T> {
  const problem = await problemOf(bytes)
  if (problem !== undefined) throw new Invalid({ [field]: problem })
  return inTurn(async () => {
    const pixels = await pixelsIn(bytes, of).catch(() => {
      throw new Invalid({ [field]: 'This picture is damaged. Open it in a program for pictures, save it anew and choose that file' })
    })
    return write(pixels)
  })
}

/** From the header alone: a large picture costs nothing. */
async function problemOf(bytes: Buffer): Promise<string | undefined> {
  if (bytes.length === 0) return 'The file is empty'
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined)
  if (header === undefined) return 'This is no picture in JPEG, PNG, WebP or GIF. Save it as one of these and choose that file'
  const { width, pageHeight = header.height } = header
  if (width <= longestSide && pageHeight <= longestSide && width * pageHeight <= mostPixels) return undefined
  const size = `${width.toLocaleString('en-GB')} by ${pageHeight.toLocaleString('en-GB')} pixels`
  return `This picture is too large: ${size}. Make it smaller, 1,000 by 1,000 pixels for example, and choose it again`
}

function pixelsIn(bytes: Buffer, of: PixelsOf): Promise<Pixels> {
  const upright = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true }).autoOrient()
  return of(upright).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
}
