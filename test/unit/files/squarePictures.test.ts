import { expect } from 'chai'
import sharp from 'sharp'
import { squarePictures } from '../../../server/files/squarePictures.ts'
import { TestProcess } from '../../support/childProcess.ts'
import { aPicture } from '../../support/pictures.ts'

interface Measured {
  grewMb: number
  said: string
  sentBytes: number
}

const measured = (side: number, how: 'guarded' | 'unguarded') =>
  new TestProcess(new URL('./measuredPicture.ts', import.meta.url), [String(side), how]).sends<Measured>(() => true)

describe('pictures that somebody chose', () => {
  it('come out as squares of the sides that were asked for', async () => {
    const squares = await squarePictures('photo', await aPicture({ width: 300, height: 1_000 }), [96, 320])
    const sizes = await Promise.all(squares.map(async bytes => sharp(bytes).metadata()))
    expect(sizes.map(({ width, height }) => [width, height])).to.deep.equal([
      [96, 96],
      [320, 320],
    ])
  })

  it('are turned upright: what the camera says of it is done, and then forgotten', async () => {
    const halves = await sharp({ create: { width: 400, height: 400, channels: 3, background: 'red' } })
      .composite([{ input: { create: { width: 200, height: 400, channels: 3, background: 'blue' } }, left: 0, top: 0 }])
      .jpeg()
      .toBuffer()
    const [lying] = await squarePictures('photo', await sharp(halves).withMetadata({ orientation: 6 }).toBuffer(), [100])
    const colourAt = async (left: number, top: number) => {
      const [red = 0, , blue = 0] = await sharp(lying).extract({ left, top, width: 1, height: 1 }).raw().toBuffer()
      return blue > red ? 'blue' : 'red'
    }
    expect([await colourAt(20, 10), await colourAt(80, 10), await colourAt(20, 90)]).to.deep.equal(['blue', 'blue', 'red'])
  })

  it('see-through ones get a white ground, grey ones and those with many bits a colour are taken', async () => {
    const clear = sharp({ create: { width: 50, height: 50, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    const [white] = await squarePictures('photo', await clear.clone().png().toBuffer(), [10])
    expect((await sharp(white).stats()).channels[0]?.mean).to.be.greaterThan(250)
    for (const made of [clear.clone().greyscale(), clear.clone().toColourspace('rgb16')])
      await squarePictures('photo', await made.png().toBuffer(), [10])
  })

  it('of 20,000 by 20,000 pixels are refused from their first bytes: memory hardly grows', async () => {
    const { grewMb, said, sentBytes } = await measured(20_000, 'guarded')
    expect(said).to.include('20,000 by 20,000 pixels')
    expect(sentBytes, 'small enough to be sent').to.be.lessThan(5_000_000)
    expect(grewMb).to.be.lessThan(40)
  })

  it('would cost what they are large without that (the measure can tell)', async () => {
    const { grewMb, said } = await measured(14_000, 'unguarded')
    expect(said).to.equal('taken')
    expect(grewMb).to.be.greaterThan(80)
  })

  it('within the limits cost a bounded amount', async () => {
    const { grewMb, said } = await measured(6_300, 'guarded')
    expect(said).to.equal('taken')
    expect(grewMb).to.be.lessThan(120)
  })
})
