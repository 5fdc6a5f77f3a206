import { fixedNames } from '../search/fixedNames.ts'
import type { NameDirectory, RecognisedName } from '../search/searchType.ts'
import { plainWords } from '../storage/titleWords.ts'
import { levels } from './levels.ts'
import type { Skill } from './skillModel.ts'
import type { SkillService } from './skillService.ts'

const asNamed = ({ _id, slug, name }: Skill) => ({ id: _id, slug, label: name })

/** A skill is meant when its name or an alias stands in the question, word by word; the longest at a place wins. */
export const skillNames = (skills: SkillService): NameDirectory => ({
  field: 'skill',
  title: 'Skill',
  bySlugs: async (slugs, reader) => (await skills.current(await skills.named({ slugs }, reader), reader)).map(asNamed),
  byIds: async (ids, reader) => (await skills.named({ ids }, reader)).map(asNamed),
  labels: async reader => (await skills.list(reader)).flatMap(({ name, aliases }) => [name, ...aliases]),
  recognise: async (words, reader) => {
    const named = skillsSaid(words, await skills.beginningWith(words, reader))
    const said = new Map(named.toReversed().map(({ skill, said }) => [skill.mergedInto ?? skill._id, said]))
    const found = await skills.current(
      named.map(({ skill }) => skill),
      reader,
    )
    return found.map((skill): RecognisedName => ({ ...asNamed(skill), certainty: 1, ...otherwiseSaid(skill, said.get(skill._id)) }))
  },
})

const otherwiseSaid = ({ name }: Skill, said: string | undefined) =>
  said === undefined || said === plainWords(name).join(' ') ? {} : { said }

export const recogniseSkills = (words: readonly string[], candidates: readonly Skill[]): Skill[] =>
  skillsSaid(words, candidates).map(({ skill }) => skill)

/** Left to right; words that one skill took are not looked at again. */
function skillsSaid(words: readonly string[], candidates: readonly Skill[]): { skill: Skill; said: string }[] {
  const names = candidates
    .flatMap(skill => [skill.name, ...skill.aliases].map(name => ({ skill, words: plainWords(name) })))
    .sort((a, b) => b.words.length - a.words.length)
  const found: { skill: Skill; said: string }[] = []
  for (let at = 0; at < words.length; ) {
    const meant = names.find(name => name.words.length > 0 && name.words.every((word, offset) => words[at + offset] === word))
    if (meant !== undefined) found.push({ skill: meant.skill, said: meant.words.join(' ') })
    at += meant?.words.length ?? 1
  }
  return found
}

export const willingNames = fixedNames('willing', 'Willing to', { advise: 'advise', mentor: 'mentor', lend: 'be lent' })
export const levelNames = fixedNames('level', 'Level', Object.fromEntries(levels.map(level => [level, level])), { isOrdered: true })
