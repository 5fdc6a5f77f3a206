import sharp, { type Sharp } from 'sharp'
import { readPicture } from './readPicture.ts'

export interface AttachedPicture {
  bytes: Buffer
  type: 'image/jpeg' | 'image/png' | 'image/webp'
  size: Size
  /** WebP. */
  thumbnail: { bytes: Buffer; size: Size }
}

/** In px. */
interface Size {
  width: number
  height: number
}

const longestSide = 4_000
const thumbnailSide = 240

/**
 * A picture that is kept as one: turned upright, at most so large that it fills a screen, and written anew in its own format, or as WebP where that may
 * hold several pictures. Nothing of the file itself is left.
 * @param field  beside which it is said what is wrong
 * @throws Invalid
 */
export function attachedPicture(field: string, bytes: Buffer, sent: string): Promise<AttachedPicture> {
  const largest = (picture: Sharp) => picture.resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
  return readPicture(field, bytes, largest, async ({ data, info: { width, height, channels } }) => {
    const picture = () => sharp(data, { raw: { width, height, channels } })
    const small = picture()
      .resize(thumbnailSide, thumbnailSide, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
    const thumbnail = await small.webp({ quality: 82 }).toBuffer({ resolveWithObject: true })
    return {
      ...(await writtenAs(sent, picture())),
      size: { width, height },
      thumbnail: { bytes: thumbnail.data, size: { width: thumbnail.info.width, height: thumbnail.info.height } },
    }
  })
}

async function writtenAs(sent: string, picture: Sharp): Promise<Pick<AttachedPicture, 'bytes' | 'type'>> {
  if (sent === 'image/jpeg') return { type: sent, bytes: await picture.jpeg({ quality: 90 }).toBuffer() }
  if (sent === 'image/png') return { type: sent, bytes: await picture.png().toBuffer() }
  return { type: 'image/webp', bytes: await picture.webp({ quality: 90 }).toBuffer() }
}
