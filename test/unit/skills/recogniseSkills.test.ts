import { expect } from 'chai'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { recogniseSkills } from '../../../server/skills/skillNames.ts'
import { firstWordsOf } from '../../../server/skills/skillService.ts'
import { plainWords } from '../../../server/storage/titleWords.ts'

const skill = (name: string, ...aliases: string[]) => ({ _id: name, name, aliases }) as unknown as Skill
const vocabulary = [skill('Oracle'), skill('Oracle Forms'), skill('VMware', 'vSphere', 'ESX i'), skill('Active Directory', 'AD')]
const found = (question: string) => recogniseSkills(plainWords(question), vocabulary).map(({ name }) => name)

describe('skills in a question', () => {
  for (const [question, names] of [
    ['who knows vmware?', ['VMware']],
    ['VSPHERE and esx-i', ['VMware', 'VMware']],
    ['oracle forms', ['Oracle Forms']],
    ['forms for oracle', ['Oracle']],
    ['oracle oracle forms', ['Oracle', 'Oracle Forms']],
    ['ad hoc', ['Active Directory']],
    ['active', []],
    ['directory active', []],
    ['vmwares', []],
    ['', []],
  ] as const) {
    it(`are ${names.join(' and ') || 'none'} in “${question}”`, () => {
      expect(found(question)).to.deep.equal(names)
    })
  }

  it('are never one without a word', () => {
    expect(recogniseSkills(['any'], [skill('???')])).to.deep.equal([])
  })

  it('are looked up by the first words of their names', () => {
    expect(firstWordsOf(skill('Active Directory', 'AD', 'active services'))).to.deep.equal(['active', 'ad'])
  })
})
