import sharp from 'sharp'
import { squarePictures } from '../../../server/files/squarePictures.ts'
import { aHugePicture } from '../../support/pictures.ts'

/** A process that reads one picture and tells by how much its memory grew at the most, in MB, and what came of it. */
const [side, how] = process.argv.slice(2)
const bytes = aHugePicture(Number(side), Number(side), { isInterlaced: true })
const unguarded = () => sharp(bytes, { limitInputPixels: false }).resize(320, 320).raw().toBuffer()
const peakMb = () => process.resourceUsage().maxRSS / 1_024
const before = peakMb()
const said = await (how === 'unguarded' ? unguarded() : squarePictures('photo', bytes, [96, 320])).then(
  () => 'taken',
  (error: Error) => error.message,
)
process.send?.({ grewMb: peakMb() - before, said, sentBytes: bytes.length })
