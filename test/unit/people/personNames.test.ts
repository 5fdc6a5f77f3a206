import { expect } from 'chai'
import { aboutForm, contactForm, nameForm, teamsForm } from '../../../server/people/personForms.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { nameWords, normalisedName } from '../../../server/people/personNames.ts'
import { type Changeable, versionOf } from '../../../server/people/profileChange.ts'

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

describe('the forms of a profile', () => {
  it('tidy what was typed', () => {
    expect(nameForm.parse({ name: ' Ada\u0000\t L. ', role: ' Analyst' })).to.deep.include({ name: 'Ada L.', role: 'Analyst' })
    expect(aboutForm.parse({ about: 'a\r\nb  \n' })).to.deep.include({ about: 'a\nb' })
    expect(contactForm.parse({ phone: ' ' })).to.deep.include({ phone: undefined })
    expect(teamsForm.parse({ teams: 'one' })).to.deep.include({ teams: ['one'] })
  })

  for (const email of ['ada', 'ada@', '@b.example', 'a b@c.example', 'ada@example'])
    it(`refuse ${email} as an e-mail address`, () => {
      expect(contactForm.safeParse({ email }).success).to.equal(false)
    })
})

describe('versionOf', () => {
  const person = { name: 'Ada', role: 'Analyst', about: '', teamIds: ['t'], skills: [], rev: 1 } as unknown as Person
  const changes: Changeable[] = [
    { name: 'Eve' },
    { role: 'x' },
    { about: 'x' },
    { email: 'x' },
    { phone: 'x' },
    { workingPattern: 'x' },
    { teamIds: [] },
    { absence: { from: '2026-01-01', until: '2026-01-02' } },
    { photo: { version: 'v', smallId: 's', largeId: 'l' } },
  ]

  it('is the same as long as its fields are, whatever the rest is', () => {
    const elsewhere = { ...person, rev: 9, about: 'x', skills: [{ skillId: 's', level: 'expert', willing: [] }] } as unknown as Person
    expect(versionOf(elsewhere, ['name', 'role'])).to.equal(versionOf(person, ['role', 'name']))
    expect(versionOf({ ...person, phone: undefined }, ['phone'])).to.equal(versionOf(person, ['phone']))
  })

  for (const change of changes) {
    const [field] = Object.keys(change) as (keyof Changeable)[]
    it(`differs when ${field} does`, () => {
      expect(versionOf({ ...person, ...change }, [field!])).to.not.equal(versionOf(person, [field!]))
    })
  }
})
