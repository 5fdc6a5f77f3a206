import type { SignedInPerson } from '../access/accessTokens.ts'
import { addressOf } from '../search/question/questionAddress.ts'
import type { Reason } from '../search/reasons.ts'
import type { Services } from '../services.ts'
import { presentOnRow } from '../skills/confirmations/confirmationPresenter.ts'
import { levels } from '../skills/levels.ts'
import type { Person } from './personModel.ts'
import { presentDeclaredSkill } from './personPresenter.ts'

const mostUndeclared = 6

/** The skills on a profile, the highest level first, each with what speaks for it; only what the reader may see counts. */
export async function presentSkills(person: Person, reader: SignedInPerson, { search, articles, confirmations }: Services) {
  const [counts, confirmed] = await Promise.all([articles.countsBySkill(reader, person._id), confirmations.of(person, reader)])
  const declared = person.skills.map(({ skillId }) => skillId)
  const named = await search.namer(reader)('skill', [...declared, ...counts.keys()])
  const undeclared = [...counts.keys()].filter(id => named.has(id) && !declared.includes(id))
  const reasonFor = (id: string): Reason[] => {
    const count = counts.get(id) ?? 0
    const text = count === 1 ? '1 article' : `${count.toLocaleString('en-GB')} articles`
    return count === 0
      ? []
      : [{ shape: 'shown', before: 'wrote', link: { href: writtenBy(person, named.get(id)?.slug), text }, after: 'about it' }]
  }
  return {
    skills: person.skills
      .toSorted((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level))
      .map(skill => {
        const known = named.get(skill.skillId)
        if (known === undefined) return presentDeclaredSkill(skill, named)
        const confirmation = presentOnRow(person, known, confirmed.get(skill.skillId) ?? [], reader)
        return { ...presentDeclaredSkill(skill, named), ...confirmation, reasons: [...confirmation.reasons, ...reasonFor(skill.skillId)] }
      }),
    alsoWroteAbout: undeclared
      .toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))
      .slice(0, mostUndeclared)
      .map(id => ({ text: `${named.get(id)?.label} (${counts.get(id)})`, href: writtenBy(person, named.get(id)?.slug) })),
  }
}

/** The search that lists somebody's articles, all or those that name a skill. */
export function writtenBy({ slug }: Person, skill?: string): string {
  const filters = { author: [slug], ...(skill === undefined ? {} : { skill: [skill] }) }
  return addressOf({ q: '', type: 'article', filters, page: 1, sort: 'date' }, {})
}
