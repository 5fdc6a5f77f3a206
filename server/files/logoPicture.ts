import sharp from 'sharp'
import { Invalid } from '../failures.ts'
import { type PixelsOf, readPicture } from './readPicture.ts'

export interface LogoPicture {
  /** WebP, with twice the pixels where the file has them. */
  bytes: Buffer
  /** In CSS pixels. */
  width: number
  height: number
}

const widest = 200
const highest = 44
/** Whatever is lighter than this in all of its colours is not seen on white. */
const nearlyWhite = 235

/**
 * A logo that somebody chose, made to fit into the header and written anew on white: nothing of the file itself is left.
 * @param field  beside which it is said what is wrong
 * @throws Invalid
 */
export async function logoPicture(field: string, bytes: Buffer): Promise<LogoPicture> {
  return readPicture(field, bytes, fitted, async ({ data, info }) => {
    const { width, height, channels } = info
    const picture = () => sharp(data, { raw: { width, height, channels } })
    const { channels: seen } = await picture().stats()
    if (seen.every(({ min }) => min > nearlyWhite))
      throw new Invalid({ [field]: 'Nothing of this picture is seen on white. Choose a darker version of it' })
    const scale = Math.min(1, widest / width, highest / height)
    return {
      bytes: await picture().webp({ lossless: true }).toBuffer(),
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
    }
  })
}

const fitted: PixelsOf = picture =>
  picture.resize({ width: 2 * widest, height: 2 * highest, fit: 'inside', withoutEnlargement: true }).flatten({ background: '#fff' })
