import { partnershipToken, type SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import { Conflict, Forbidden, Invalid } from '../failures.ts'
import type { Models } from '../models.ts'
import { newId } from '../storage/newId.ts'
import { withFreeSlug } from '../storage/takenSlug.ts'
import { plainWords, spellingOf } from '../storage/titleWords.ts'
import { namesOf } from './similarNames.ts'
import type { SkillForm } from './skillForms.ts'
import type { Skill } from './skillModel.ts'
import { firstWordsOf, type SkillService } from './skillService.ts'
import { skillVersionOf } from './skillVersion.ts'

const readers = [partnershipToken]

export type SkillContent = Pick<Skill, 'name' | 'aliases' | 'group' | 'description'>

/** What administrators of the partnership do to the vocabulary. */
export class SkillKeeping {
  private readonly models: Pick<Models, 'skills'>
  private readonly reading: SkillService

  constructor(models: Pick<Models, 'skills'>, reading: SkillService) {
    this.models = models
    this.reading = reading
  }

  /** @throws Invalid naming the skill that has the name or an alias already */
  async create(person: SignedInPerson, typed: SkillForm): Promise<Skill> {
    refuseOthers(person)
    const form = withoutRepetition(typed)
    await this.refuseClash(form)
    return this.keep(newId(), form)
  }

  /** @returns the skill of this id, which is made unless it is there */
  async keep(_id: string, form: SkillContent): Promise<Skill> {
    const known = await this.models.skills.findOne({ _id }).asSystem('what was begun is finished').lean<Skill>()
    if (known !== null) return known
    const { name, aliases, group, description } = form
    return withFreeSlug(name, _id, async slug => {
      const skill: Skill = { _id, slug, name, aliases, group, description, firstWords: firstWordsOf(form), readers }
      await this.models.skills.insertMany([skill], { lean: true })
      return skill
    })
  }

  /** Of a merged one, that of what it was merged into. */
  async currentId(_id: string): Promise<string> {
    const skill = await this.models.skills.findOne({ _id }).asSystem('what was begun is finished').lean<Skill>()
    return skill?.mergedInto ?? _id
  }

  /** A further name for a skill that is there. */
  async addAlias(_id: string, alias: string): Promise<void> {
    const skill = await this.models.skills.findOne({ _id }).asSystem('what was begun is finished').lean<Skill>()
    if (skill === null || namesOf(skill).some(known => spellingOf(known) === spellingOf(alias))) return
    await this.models.skills.updateOne({ _id }, { $addToSet: { aliases: alias, firstWords: { $each: plainWords(alias).slice(0, 1) } } })
  }

  /** @throws Conflict when somebody else changed or merged it since the form was opened */
  async change(person: SignedInPerson, slug: string, { opened, ...typed }: SkillForm): Promise<Skill> {
    refuseOthers(person)
    const form = withoutRepetition(typed)
    const skill = await this.reading.bySlug(person, slug)
    if (skill.slug !== slug) throw new Conflict(`This skill has been merged into ${skill.name}. Change that one instead.`)
    if (opened !== '' && opened !== skillVersionOf(skill)) throw changedMeanwhile()
    await this.refuseClash(form, skill._id)
    const { name, aliases, group, description } = skill
    const asRead = { _id: skill._id, name, aliases, group, description, mergedInto: { $exists: false }, merging: { $exists: false } }
    const { matchedCount } = await this.models.skills.updateOne(asRead, { $set: { ...form, firstWords: firstWordsOf(form) } })
    if (matchedCount === 0) throw changedMeanwhile()
    return this.reading.bySlug(person, slug)
  }

  /** Names of a merged skill belong to what it was merged into. @throws Invalid naming the skill that has the name or an alias already */
  async refuseClash(form: Pick<SkillForm, 'name' | 'aliases'>, ownId?: string): Promise<void> {
    const owners = await this.ownersOf(namesOf(form))
    const clash = (name: string) => {
      const owner = owners.get(spellingOf(name))
      return owner?._id === ownId ? undefined : owner?.name
    }
    const ofName = clash(form.name)
    if (ofName !== undefined)
      throw new Invalid({ name: `“${form.name}” is in the vocabulary already, as the skill ${ofName} or an alias of it` })
    const alias = form.aliases.find(name => clash(name) !== undefined)
    if (alias !== undefined) throw new Invalid({ aliases: `“${alias}” belongs to the skill ${clash(alias)} already` })
  }

  /** The skills that names belong to, by the spelling of the name. */
  private async ownersOf(names: readonly string[]): Promise<Map<string, Skill>> {
    const reason = 'names are unique over the whole vocabulary'
    const firstWords = names.flatMap(name => plainWords(name).slice(0, 1))
    const candidates = await this.models.skills
      .find({ firstWords: { $in: firstWords } })
      .asSystem(reason)
      .lean<Skill[]>()
    const targets = await this.models.skills
      .find({ _id: { $in: candidates.flatMap(({ mergedInto }) => mergedInto ?? []) } })
      .asSystem(reason)
      .lean<Skill[]>()
    const owner = (skill: Skill) => targets.find(({ _id }) => _id === skill.mergedInto) ?? skill
    return new Map(candidates.flatMap(skill => namesOf(skill).map(name => [spellingOf(name), owner(skill)] as const)))
  }
}

const changedMeanwhile = () =>
  new Conflict(
    'Somebody else changed this skill while you had it open. What you typed is still below: compare it with the skill and save again.',
  )

export function withoutRepetition<F extends Pick<Skill, 'name' | 'aliases'>>(form: F): F {
  const spellings = namesOf(form).map(spellingOf)
  return { ...form, aliases: form.aliases.filter((alias, at) => spellings.indexOf(spellingOf(alias)) === at + 1) }
}

export function refuseOthers(person: SignedInPerson): void {
  if (!may(person, { verb: 'keep skills' })) throw new Forbidden('Only administrators of the partnership change the skills vocabulary.')
}
