import { expect } from 'chai'
import { contrast, mixed, ratioText, readColour } from '../../../server/partnership/identity/colour.ts'
import {
  darkColours,
  grounds,
  isReadable,
  lightColours,
  moreContrast,
  type Properties,
  readableNear,
  whiteOn,
} from '../../../server/partnership/identity/identityColours.ts'

const hex = (channel: number) => channel.toString(16).padStart(2, '0')
/** A grid through all colours, and the ends. */
const some = [0, 51, 102, 153, 204, 255]
const colours = some.flatMap(red => some.flatMap(green => some.map(blue => `#${[red, green, blue].map(hex).join('')}`)))
const readable = colours.map(readableNear)

describe('the colour of a partnership', () => {
  it('is read as people write it', () => {
    for (const typed of ['#0F4C5C', '0f4c5c', ' #0f4c5c ']) expect(readColour(typed)).to.equal('#0f4c5c')
    expect(readColour('#abc')).to.equal('#aabbcc')
    for (const typed of ['', '#', 'red', '#12', '#12345', '#1234567', '#gggggg', 'rgb(0,0,0)', '#0f4c5c;}', '##abc'])
      expect(readColour(typed), typed).to.equal(undefined)
  })

  it('is measured as WCAG does, and a ratio is never rounded up to one that is enough', () => {
    expect(contrast('#ffffff', '#000000')).to.be.closeTo(21, 0.001)
    expect(contrast('#000000', '#ffffff')).to.be.closeTo(21, 0.001)
    expect(contrast('#777777', '#ffffff')).to.be.closeTo(4.478, 0.001)
    expect(contrast('#767676', '#ffffff')).to.be.closeTo(4.542, 0.001)
    expect(contrast('#ff0000', '#ffffff')).to.be.closeTo(3.998, 0.001)
    expect(ratioText(4.4999)).to.equal('4.49 : 1')
    expect(ratioText(4.5)).to.equal('4.50 : 1')
  })

  it('is proposed as the nearest darker one that white can be read on', () => {
    expect(readableNear('#0f4c5c'), 'good already').to.equal('#0f4c5c')
    expect(readableNear('#777777')).to.equal('#767676')
    for (const colour of colours.filter(colour => !isReadable(colour))) {
      const near = readableNear(colour)
      expect(whiteOn(near), colour).to.be.at.least(4.5)
      expect(whiteOn(mixed(near, '#ffffff', 0.03)), `a little lighter than ${near}`).to.be.below(4.75)
    }
  })

  function unreadable(scheme: 'light' | 'dark', least: number, coloursOf: (colour: string) => Properties): string[] {
    return readable.flatMap(colour => {
      const { header = '', brand = '', 'brand-deep': deep = '', link = '', 'link-hover': hover = '' } = coloursOf(colour)
      const white = [header, brand, deep].filter(ground => contrast('#ffffff', ground) < least)
      const links = [link, hover].filter(text => grounds[scheme].some(ground => contrast(text, ground) < least))
      return [...white, ...links].map(bad => `${colour}: ${bad}`)
    })
  }

  it('gives text that can be read, whichever it is, in light and in dark', () => {
    expect(unreadable('light', 4.5, colour => lightColours(colour))).to.deep.equal([])
    expect(unreadable('dark', 4.5, colour => darkColours(colour))).to.deep.equal([])
  })

  it('gives more to people who ask their system for more contrast', () => {
    expect(unreadable('light', 7, moreContrast.light)).to.deep.equal([])
    expect(unreadable('dark', 7, moreContrast.dark)).to.deep.equal([])
    expect(
      unreadable('light', 7, colour => lightColours(colour)),
      'the measure can fail',
    ).to.not.deep.equal([])
  })

  it('lets buttons stand out of dark ground', () => {
    for (const colour of readable) expect(contrast(darkColours(colour).brand ?? '', '#10181e'), colour).to.be.at.least(3)
  })
})
