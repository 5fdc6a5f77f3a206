import { partnershipToken, type Reader, type SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import { Forbidden, Invalid, NotFound } from '../failures.ts'
import { NamedRecords } from '../imports/namedRecords.ts'
import type { Models } from '../models.ts'
import { newId } from '../storage/newId.ts'
import { withFreeSlug } from '../storage/takenSlug.ts'
import { plainWords, spellingOf } from '../storage/titleWords.ts'
import type { SkillForm } from './skillForms.ts'
import type { Skill } from './skillModel.ts'

const readers = [partnershipToken]

/** First words of the name and aliases: what a question is looked up by. */
export const firstWordsOf = ({ name, aliases }: Pick<Skill, 'name' | 'aliases'>): string[] => [
  ...new Set([name, ...aliases].flatMap(text => plainWords(text).slice(0, 1))),
]

/** The controlled vocabulary: everybody reads it, administrators of the partnership keep it. */
export class SkillService {
  private readonly skills: Models['skills']

  constructor(models: Pick<Models, 'skills'>) {
    this.skills = models.skills
  }

  async list(reader: Reader): Promise<Skill[]> {
    return this.skills
      .find({ mergedInto: { $exists: false } })
      .readableBy(reader)
      .sort({ group: 1, name: 1 })
      .lean<Skill[]>()
  }

  /** @throws NotFound */
  async bySlug(reader: Reader, slug: string): Promise<Skill> {
    const skill = await this.skills.findOne({ slug }).readableBy(reader).lean<Skill>()
    if (skill === null) throw new NotFound('There is no such skill in the vocabulary. Look for it among all skills.')
    return skill
  }

  /** Those of the ids or slugs that the reader may know of. */
  async named(which: { ids: readonly string[] } | { slugs: readonly string[] }, reader: Reader): Promise<Skill[]> {
    const filter = 'ids' in which ? { _id: { $in: [...which.ids] } } : { slug: { $in: [...which.slugs] } }
    return this.skills.find(filter).readableBy(reader).lean<Skill[]>()
  }

  /** Those of which the name or an alias begins with one of the words. */
  async beginningWith(words: readonly string[], reader: Reader): Promise<Skill[]> {
    return this.skills
      .find({ firstWords: { $in: [...new Set(words)] } })
      .readableBy(reader)
      .limit(200)
      .lean<Skill[]>()
  }

  /** The skill of exactly this name or alias; of a merged one, what it was merged into. */
  async called(name: string, reader: Reader): Promise<Skill | undefined> {
    const candidates = await this.beginningWith(plainWords(name).slice(0, 1), reader)
    const found = candidates.find(skill => [skill.name, ...skill.aliases].some(known => spellingOf(known) === spellingOf(name)))
    return found?.mergedInto === undefined ? found : (await this.named({ ids: [found.mergedInto] }, reader))[0]
  }

  /** All of them, for rows that name one. */
  forImport(): Promise<NamedRecords<Skill>> {
    return NamedRecords.load<Skill>('skill', this.skills)
  }

  /** @throws Invalid naming the skill that has the name or an alias already */
  async create(person: SignedInPerson, typed: SkillForm): Promise<Skill> {
    refuseOthers(person)
    const form = withoutRepetition(typed)
    await this.refuseClash(form)
    const _id = newId()
    return withFreeSlug(form.name, _id, async slug => {
      const skill: Skill = { _id, slug, ...form, firstWords: firstWordsOf(form), readers }
      await this.skills.insertMany([skill], { lean: true })
      return skill
    })
  }

  async change(person: SignedInPerson, slug: string, typed: SkillForm): Promise<Skill> {
    refuseOthers(person)
    const form = withoutRepetition(typed)
    const { _id } = await this.bySlug(person, slug)
    await this.refuseClash(form, _id)
    await this.skills.updateOne({ _id }, { $set: { ...form, firstWords: firstWordsOf(form) } })
    return this.bySlug(person, slug)
  }

  private async refuseClash(form: SkillForm, ownId?: string): Promise<void> {
    const candidates = await this.skills
      .find({ firstWords: { $in: firstWordsOf(form) } })
      .asSystem('names are unique over the whole vocabulary')
      .lean<Skill[]>()
    const taken = new Map(
      candidates
        .filter(({ _id }) => _id !== ownId)
        .flatMap(skill => [skill.name, ...skill.aliases].map(name => [spellingOf(name), skill.name] as const)),
    )
    const clash = (name: string) => taken.get(spellingOf(name))
    const ofName = clash(form.name)
    if (ofName !== undefined)
      throw new Invalid({ name: `“${form.name}” is in the vocabulary already, as the skill ${ofName} or an alias of it` })
    const alias = form.aliases.find(name => clash(name) !== undefined)
    if (alias !== undefined) throw new Invalid({ aliases: `“${alias}” belongs to the skill ${clash(alias)} already` })
  }
}

function withoutRepetition(form: SkillForm): SkillForm {
  const spellings = [form.name, ...form.aliases].map(spellingOf)
  return { ...form, aliases: form.aliases.filter((alias, at) => spellings.indexOf(spellingOf(alias)) === at + 1) }
}

function refuseOthers(person: SignedInPerson): void {
  if (!may(person, { verb: 'keep skills' })) throw new Forbidden('Only administrators of the partnership change the skills vocabulary.')
}
