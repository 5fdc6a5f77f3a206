import sharp, { type Sharp } from 'sharp'
import { readPicture } from './readPicture.ts'

const quality = 82

/**
 * A picture that somebody chose, turned upright, cut to a square and written anew: nothing of the file itself is left, neither where it was taken nor
 * what stands behind its end.
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
  const side = Math.max(...sides)
  const largest = (picture: Sharp) =>
    picture.resize(side, side, { fit: 'cover', position: sharp.strategy.attention }).flatten({ background: '#fff' })
  return readPicture(field, bytes, largest, async ({ data, info: { width, height, channels } }) => {
    const cut = (side: number) => sharp(data, { raw: { width, height, channels } }).resize(side, side).webp({ quality }).toBuffer()
    return (await Promise.all(sides.map(cut))) as { [K in keyof S]: Buffer }
  })
}
