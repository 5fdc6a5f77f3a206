import type { Reader } from '../access/accessTokens.ts'
import { NotFound } from '../failures.ts'
import { NamedRecords } from '../imports/namedRecords.ts'
import type { Models } from '../models.ts'
import { aWordBeginning } from '../search/suggestions/beginningWith.ts'
import { plainWords, spellingOf } from '../storage/titleWords.ts'
import { namesOf } from './similarNames.ts'
import type { Skill } from './skillModel.ts'

/** First words of the name and aliases: what a question is looked up by. */
export const firstWordsOf = ({ name, aliases }: Pick<Skill, 'name' | 'aliases'>): string[] => [
  ...new Set(namesOf({ name, aliases }).flatMap(text => plainWords(text).slice(0, 1))),
]

/** The controlled vocabulary, as everybody reads it. */
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

  /** Of a merged one, what it was merged into. @throws NotFound */
  async bySlug(reader: Reader, slug: string): Promise<Skill> {
    const found = await this.skills.find({ slug }).readableBy(reader).lean<Skill[]>()
    const [skill] = await this.current(found, reader)
    if (skill === undefined) throw new NotFound('There is no such skill in the vocabulary. Look for it among all skills.')
    return skill
  }

  /** Each as it is, a merged one as what it was merged into, none twice. */
  async current(skills: readonly Skill[], reader: Reader): Promise<Skill[]> {
    const merged = skills.flatMap(({ mergedInto }) => (mergedInto === undefined ? [] : [mergedInto]))
    const targets = merged.length === 0 ? [] : await this.named({ ids: merged }, reader)
    const standing = skills.map(skill => (skill.mergedInto === undefined ? skill : targets.find(({ _id }) => _id === skill.mergedInto)))
    return [...new Map(standing.flatMap(skill => (skill === undefined ? [] : [[skill._id, skill] as const]))).values()]
  }

  /** Those of the ids or slugs that the reader may know of. */
  async named(which: { ids: readonly string[] } | { slugs: readonly string[] }, reader: Reader): Promise<Skill[]> {
    const filter = 'ids' in which ? { _id: { $in: [...which.ids] } } : { slug: { $in: [...which.slugs] } }
    return this.skills.find(filter).readableBy(reader).lean<Skill[]>()
  }

  /** The ids of what was merged into a skill. */
  async mergedInto(skillId: string, reader: Reader): Promise<string[]> {
    const merged = await this.skills.find({ mergedInto: skillId }).readableBy(reader).select({ _id: 1 }).lean<Skill[]>()
    return merged.map(({ _id }) => _id)
  }

  /** Each of these ids, and of those that were merged into them, with the one that it stands for. */
  async standingFor(skillIds: readonly string[], reader: Reader): Promise<Map<string, string>> {
    const merged = await this.skills
      .find({ mergedInto: { $in: [...skillIds] } })
      .readableBy(reader)
      .select({ mergedInto: 1 })
      .lean<Skill[]>()
    return new Map([...skillIds.map(id => [id, id] as const), ...merged.map(({ _id, mergedInto = '' }) => [_id, mergedInto] as const)])
  }

  /** Those of which the name or an alias begins with one of the words. */
  async beginningWith(words: readonly string[], reader: Reader): Promise<Skill[]> {
    return this.skills
      .find({ firstWords: { $in: [...new Set(words)] } })
      .readableBy(reader)
      .limit(200)
      .lean<Skill[]>()
  }

  /** Those of which the name or an alias may begin so: by its first word, which may go on when it is the only one. */
  async begun(words: readonly string[], reader: Reader): Promise<Skill[]> {
    const [first = ''] = words
    return this.skills
      .find({ firstWords: words.length === 1 ? aWordBeginning(first) : first, mergedInto: { $exists: false } })
      .readableBy(reader)
      .limit(200)
      .lean<Skill[]>()
  }

  /** The skill of exactly this name or alias; of a merged one, what it was merged into. */
  async called(name: string, reader: Reader): Promise<Skill | undefined> {
    const candidates = await this.beginningWith(plainWords(name).slice(0, 1), reader)
    const found = candidates.find(skill => namesOf(skill).some(known => spellingOf(known) === spellingOf(name)))
    return found && (await this.current([found], reader))[0]
  }

  /** What somebody typed: one name, or several with commas between. */
  async typed(text: string, reader: Reader): Promise<{ known: Skill[]; unknown: string[] }> {
    const whole = await this.called(text, reader)
    if (whole !== undefined) return { known: [whole], unknown: [] }
    const names = [...new Map(namesIn(text).map(name => [spellingOf(name), name])).values()]
    const found = await Promise.all(names.map(name => this.called(name, reader)))
    const known = new Map(found.flatMap(skill => (skill === undefined ? [] : [[skill._id, skill] as const])))
    return { known: [...known.values()], unknown: names.filter((_, position) => found[position] === undefined) }
  }

  /** All of them, for rows that name one; a merged one is what it was merged into. */
  forImport(): Promise<NamedRecords<Skill>> {
    return NamedRecords.load<Skill>('skill', this.skills, ({ mergedInto }) => mergedInto)
  }

  /** The ids in their file of those that were merged into others. */
  async mergedSourceIds(): Promise<ReadonlySet<string>> {
    const merged = this.skills.find({ mergedInto: { $exists: true }, sourceId: { $exists: true } })
    return new Set(
      (await merged.asSystem('a file names skills by the ids it gave them').lean<Skill[]>()).flatMap(({ sourceId }) => sourceId ?? []),
    )
  }
}

const namesIn = (text: string) =>
  text
    .split(/[,;]/)
    .map(name => name.trim())
    .filter(name => name !== '')
