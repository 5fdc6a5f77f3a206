import sharp from 'sharp'
import { squarePictures } from '../../../server/files/squarePictures.ts'
import { aHugePicture } from '../../support/pictures.ts'

/** A process that reads one picture and tells by how much its memory grew at the most, in MB, and what came of it. */
const [side, how] = process.argv.slice(2)
const bytes = aHugePicture(Number(side), Number(side), { isInterlaced: true })
const unguarded = () => sharp(bytes, { limitInputPixels: false }).resize(320, 320).raw().toBuffer()
// What the system calls the peak of a process begins with that of its parent: so it is looked at, again and again.
const memoryMb = () => process.memoryUsage.rss() / 1_048_576
const before = memoryMb()
let most = before
const look = () => {
  most = Math.max(most, memoryMb())
}
const looking = setInterval(look, 2)
const said = await (how === 'unguarded' ? unguarded() : squarePictures('photo', bytes, [96, 320])).then(
  () => 'taken',
  (error: Error) => error.message,
)
look()
clearInterval(looking)
process.send?.({ grewMb: most - before, said, sentBytes: bytes.length })
