import { expect } from 'chai'
import { nameWords, normalisedName } from '../../../server/people/personNames.ts'

describe('names of people', () => {
  const names: Record<string, string> = {
    'Perlis, A. J.': 'A. J. Perlis',
    'Samelson,K.': 'K. Samelson',
    'Perlis, A.J.': 'A. J. Perlis',
    '  Adaeze   Okafor ': 'Adaeze Okafor',
    'Greniewski, M,': 'M Greniewski',
    'King, M. L., Jr.': 'King, M. L., Jr.',
    Plato: 'Plato',
    'Plato,': 'Plato',
  }
  for (const [given, kept] of Object.entries(names)) {
    it(`"${given}" is kept as "${kept}"`, () => {
      expect(normalisedName(given)).to.equal(kept)
    })
    it(`"${kept}" stays as it is, so that a repeated import knows it again`, () => {
      expect(normalisedName(kept)).to.equal(kept)
    })
  }

  it('are recognised by their words, the family name last', () => {
    expect(nameWords('Zoë O’Brien-Smith')).to.deep.equal(['zoe', 'o', 'brien', 'smith'])
  })
})
