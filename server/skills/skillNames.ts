import { fixedNames } from '../search/fixedNames.ts'
import type { NameDirectory, RecognisedName } from '../search/searchType.ts'
import { plainWords } from '../storage/titleWords.ts'
import type { Skill } from './skillModel.ts'
import type { SkillService } from './skillService.ts'

const asNamed = ({ _id, slug, name }: Skill) => ({ id: _id, slug, label: name })

/** A skill is meant when its name or an alias stands in the question, word by word; the longest at a place wins. */
export const skillNames = (skills: SkillService): NameDirectory => ({
  field: 'skill',
  title: 'Skill',
  bySlugs: async (slugs, reader) => (await skills.current(await skills.named({ slugs }, reader), reader)).map(asNamed),
  byIds: async (ids, reader) => (await skills.named({ ids }, reader)).map(asNamed),
  recognise: async (words, reader) => {
    const found = await skills.current(recogniseSkills(words, await skills.beginningWith(words, reader)), reader)
    return found.map((skill): RecognisedName => ({ ...asNamed(skill), certainty: 1 }))
  },
})

/** Left to right; words that one skill took are not looked at again. */
export function recogniseSkills(words: readonly string[], candidates: readonly Skill[]): Skill[] {
  const names = candidates
    .flatMap(skill => [skill.name, ...skill.aliases].map(name => ({ skill, words: plainWords(name) })))
    .sort((a, b) => b.words.length - a.words.length)
  const found: Skill[] = []
  for (let at = 0; at < words.length; ) {
    const meant = names.find(name => name.words.length > 0 && name.words.every((word, offset) => words[at + offset] === word))
    if (meant !== undefined) found.push(meant.skill)
    at += meant?.words.length ?? 1
  }
  return found
}

export const willingNames = fixedNames('willing', 'Willing to', { advise: 'advise', mentor: 'mentor', lend: 'be lent' })
