import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import { readFields, typedFields } from '../../../server/knowledge/kinds/fieldReading.ts'
import { isTemplate, kindOf, kinds, kindsIn } from '../../../server/knowledge/kinds/kinds.ts'

const agreement = kindOf('service-level-agreement')
const procedure = kindOf('release-procedure')

describe('the fields of a kind', () => {
  it('are read as they are typed, and typed as they are kept', () => {
    const typed = {
      service: 'Service  desk',
      target: 'Calls answered within 20 seconds: 90 %\r\n\r\nPriority 1: restored: 4 hours\nUsers: 12,500 people',
      start: '2026-04-01',
      end: '31/03/2027',
    }
    const { fields, problems } = readFields(agreement, typed)
    expect(problems).to.deep.equal({})
    expect(fields).to.deep.equal([
      { name: 'service', text: 'Service desk' },
      { name: 'target', text: 'Calls answered within 20 seconds', number: 90, unit: '%' },
      { name: 'target', text: 'Priority 1: restored', number: 4, unit: 'hours' },
      { name: 'target', text: 'Users', number: 12_500, unit: 'people' },
      { name: 'start', date: new Date('2026-04-01') },
      { name: 'end', date: new Date('2027-03-31') },
    ])
    expect(readFields(agreement, typedFields(agreement, fields)).fields).to.deep.equal(fields)
  })

  for (const [what, kind, typed, problems] of [
    ['an end before the start', agreement, { start: '2026-04-01', end: '2026-04-01' }, { end: 'The end must be after the start' }],
    ['a day that there is not', agreement, { start: '2026-02-30' }, { start: 'Start must be a day, like 2027-03-31' }],
    ['a target without a figure', agreement, { target: 'Fast: very' }, { target: /^“Fast: very” lacks a figure with its unit/ }],
    ['a target without a unit', agreement, { target: 'Restored: 4' }, { target: /lacks a figure with its unit/ }],
    ['no number', procedure, { minutes: 'an hour' }, { minutes: 'Time it takes must be a number of minutes, like 30' }],
    ['a number without end', procedure, { minutes: '1e99' }, { minutes: /must be a number/ }],
    ['a choice that there is not', kindOf('supplier-recommendation'), { term: 'middle' }, { term: 'Choose the term from the list' }],
    ['a line without end', agreement, { provider: 'x'.repeat(501) }, { provider: /^Provider is too long/ }],
    ['too many steps', procedure, { step: 'x\n'.repeat(101) }, { step: 'Steps can have 100 lines at most' }],
  ] as const) {
    it(`are not read when there is ${what}`, () => {
      const found = readFields(kind, typed).problems
      expect(Object.keys(found)).to.deep.equal(Object.keys(problems))
      for (const [field, problem] of Object.entries(problems)) {
        if (problem instanceof RegExp) expect(found[field]).to.match(problem)
        else expect(found[field]).to.equal(problem)
      }
    })
  }

  it('that another kind has are not kept', () => {
    expect(readFields(procedure, { provider: 'Somebody', constructor: 'x' }).fields).to.deep.equal([])
  })
})

describe('the kinds', () => {
  it('have names and fields of their own, and a template that is known when nobody has touched it', () => {
    expect(new Set(kinds.map(({ id }) => id)).size).to.equal(kinds.length)
    for (const { id, fields, template, reviewMonths } of kinds) {
      expect(new Set(fields.map(({ name }) => name)).size, id).to.equal(fields.length)
      expect(isTemplate(`${template}\n`), id).to.equal(true)
      expect(reviewMonths, id).to.be.greaterThan(0)
    }
    expect(isTemplate('Something')).to.equal(false)
    expect(isTemplate('')).to.equal(false)
  })

  it('are the files of a folder: one more file is one more kind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'skillpool-kinds-'))
    try {
      const made = {
        id: 'faq',
        name: 'Questions',
        plural: 'Questions',
        place: 9,
        template: '',
        fields: [],
        reviewMonths: 3,
        needsApproval: false,
      }
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
      writeFileSync(join(folder, 'faq.js'), `export const kind = ${JSON.stringify(made)}`)
      expect(await kindsIn(pathToFileURL(`${folder}/`))).to.deep.equal([made])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
