import { expect } from 'chai'
import { profileForm } from '../../../server/people/personForms.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { nameWords, normalisedName } from '../../../server/people/personNames.ts'
import { versionOf } from '../../../server/people/personService.ts'

describe('names of people', () => {
  for (const [given, name] of [
    ['Perlis, A. J.', 'A. J. Perlis'],
    ['Perlis, A.J.', 'A. J. Perlis'],
    ['  Ada   Lovelace ', 'Ada Lovelace'],
    ['Lovelace,', 'Lovelace'],
    ['Lovelace, ', 'Lovelace'],
    ['King, Ada, Countess', 'King, Ada, Countess'],
    ['Plato', 'Plato'],
  ] as const) {
    it(`read “${given}” as ${name}`, () => {
      expect(normalisedName(given)).to.equal(name)
    })
  }

  it('are recognised by their words, the family name last', () => {
    expect(nameWords('Zoë O’Brien')).to.deep.equal(['zoe', 'o', 'brien'])
  })
})

describe('the profile form', () => {
  const complete = { name: 'Ada', role: 'Analyst' }

  it('tidies what was typed', () => {
    const read = profileForm.parse({ ...complete, name: ' Ada\u0000\t L. ', about: 'a\r\nb  \n', phone: ' ', teams: 'one' })
    expect(read).to.deep.include({ name: 'Ada L.', about: 'a\nb', phone: undefined, teams: ['one'] })
  })

  for (const email of ['ada', 'ada@', '@b.example', 'a b@c.example', 'ada@example'])
    it(`refuses ${email} as an e-mail address`, () => {
      expect(profileForm.safeParse({ ...complete, email }).success).to.equal(false)
    })
})

describe('versionOf', () => {
  const person = { name: 'Ada', role: 'Analyst', about: '', teamIds: ['t'], skills: [], rev: 1 } as unknown as Person

  it('is the same as long as what the form holds is', () => {
    const elsewhere = { ...person, rev: 9, skills: [{ skillId: 's', level: 'expert', willing: [] }] } as unknown as Person
    expect(versionOf(elsewhere)).to.equal(versionOf({ ...person }))
  })

  for (const change of [
    { name: 'Eve' },
    { role: 'x' },
    { about: 'x' },
    { email: 'x' },
    { phone: 'x' },
    { workingPattern: 'x' },
    { teamIds: [] },
  ])
    it(`differs when ${Object.keys(change)[0]} does`, () => {
      expect(versionOf({ ...person, ...change })).to.not.equal(versionOf(person))
    })
})
