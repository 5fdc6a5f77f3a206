import sharp from 'sharp'
import { Invalid } from '../failures.ts'

const longestSide = 10_000
const mostPixels = 40_000_000
const quality = 82

/** Nothing but these is read, whatever a file calls itself: no SVG, no PDF. */
const readable = ['Jpeg', 'Png', 'Webp', 'Nsgif'].map(kind => `VipsForeignLoad${kind}`)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: readable })
sharp.cache(false)
sharp.concurrency(1)

export const squareType = 'image/webp'

/**
 * A picture that somebody chose, turned upright, cut to a square and written anew: nothing of the file itself is left, neither where it was taken nor
 * what stands behind its end. Of several frames the first.
 * @param field  beside which it is said what is wrong
 * @param sides  in px
 * @returns WebP, one for each side
 * @throws Invalid
 */
export async function squarePictures<const S extends readonly number[]>(
  field: string,
  bytes: Buffer,
  sides: S,
): Promise<{ [K in keyof S]: Buffer }> {
  const problem = await problemOf(bytes)
  if (problem !== undefined) throw new Invalid({ [field]: problem })
  return oneAtATime(async () => {
    const { data, info } = await largest(bytes, Math.max(...sides)).catch(() => {
      throw new Invalid({ [field]: 'This picture is damaged. Open it in a program for pictures, save it anew and choose that file' })
    })
    const { width, height, channels } = info
    const cut = (side: number) => sharp(data, { raw: { width, height, channels } }).resize(side, side).webp({ quality }).toBuffer()
    return (await Promise.all(sides.map(cut))) as { [K in keyof S]: Buffer }
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

function largest(bytes: Buffer, side: number) {
  return sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true })
    .autoOrient()
    .resize(side, side, { fit: 'cover', position: sharp.strategy.attention })
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
}

let last: Promise<unknown> = Promise.resolve()

/** However many send pictures at once, only one of them is in memory in full. */
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work)
  last = mine.catch(() => undefined)
  return mine
}
