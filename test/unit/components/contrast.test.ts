import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { projectRoot } from '../../../server/http/projectRoot.ts'
import { grounds } from '../../../server/partnership/identity/identityColours.ts'

const styles = (name: string) => readFileSync(join(projectRoot, 'public', 'styles', name), 'utf8')

/** What is written in which colour on which ground. */
const written: [text: string, ...grounds: string[]][] = [
  ['ink', 'ground', 'soft', 'tint', 'highlight', 'good-ground', 'attention-ground'],
  ['muted', 'ground', 'soft'],
  ['link', 'ground', 'soft', 'tint', 'highlight', 'good-ground', 'attention-ground'],
  ['link-hover', 'ground', 'soft'],
  ['good', 'ground', 'good-ground'],
  ['attention', 'ground', 'attention-ground'],
  ['wrong', 'ground', 'soft'],
  ['on-brand', 'brand', 'brand-deep', 'header'],
  ['header-quiet', 'header'],
]
const shapes = ['declared', 'good', 'accent', 'brand']

describe('contrast', () => {
  for (const scheme of ['light', 'dark']) {
    const colours = coloursOf(scheme)

    it(`of text is at least 4.5 : 1 in the ${scheme} scheme`, () => {
      for (const [text, ...grounds] of written) {
        for (const ground of grounds) expect(contrast(colours[text], colours[ground]), `${text} on ${ground}`).to.be.at.least(4.5)
      }
    })

    it(`of shapes is at least 3 : 1 in the ${scheme} scheme`, () => {
      for (const shape of shapes) expect(contrast(colours[shape], colours.ground), shape).to.be.at.least(3)
    })
  }

  it('of links in the colour of a partnership is measured on these grounds', () => {
    for (const scheme of ['light', 'dark'] as const) {
      const colours = coloursOf(scheme)
      const named = ['ground', 'soft', 'tint', 'highlight', 'good-ground', 'attention-ground'].map(name => colours[name] ?? '')
      expect(grounds[scheme].map(inFull), scheme).to.deep.equal(named.map(inFull))
    }
  })

  it('of initials on every avatar is at least 4.5 : 1', () => {
    const palette = [...styles('_people.scss').matchAll(/\d: (#\w{6})/g)].map(([, colour]) => colour)
    expect(palette).to.have.length(8)
    for (const colour of palette) expect(contrast('#ffffff', colour), colour).to.be.at.least(4.5)
  })

  it('is low where colours are close (the measure can fail)', () => {
    expect(contrast('#777777', '#888888')).to.be.below(1.5)
    expect(contrast('#000000', '#ffffff')).to.be.closeTo(21, 0.01)
  })
})

/** The dark scheme changes some of the light one. */
function coloursOf(scheme: string): Record<string, string> {
  const mixin = (name: string) => styles('_properties.scss').match(new RegExp(`@mixin ${name} \\{([^}]*)\\}`))?.[1] ?? ''
  const read = (text: string) => Object.fromEntries([...text.matchAll(/--([\w-]+): (#\w+);/g)].map(([, name, colour]) => [name, colour]))
  return { ...read(mixin('light')), ...read(mixin(scheme)) }
}

/** The contrast ratio of WCAG 2.2. */
function contrast(one: string | undefined, other: string | undefined): number {
  const [lighter, darker] = [luminance(one ?? ''), luminance(other ?? '')].sort((a, b) => b - a) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

const inFull = (colour: string) => (colour.length === 4 ? colour.replace(/[^#]/g, digit => digit + digit) : colour)

function luminance(colour: string): number {
  const digits = inFull(colour)
  const [red, green, blue] = [1, 3, 5].map(start => linear(Number.parseInt(digits.slice(start, start + 2), 16) / 255)) as [
    number,
    number,
    number,
  ]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
