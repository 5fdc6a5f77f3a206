import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import type { Article } from '../articles/articleModel.ts'
import type { WorkingText } from './workingTextModel.ts'

/** Whoever pauses for longer has stopped editing. */
const editingMs = 10 * 60_000
export const keptDays = 30

type Typed = Record<string, unknown>
/** Undefined for a new article. Whoever asks has loaded it for the person, who may change it. */
type Of = Pick<Article, '_id'> | undefined

/** What people typed and did not save: one for each person and article, and one for a new article. */
export class WorkingTexts {
  private readonly texts: Models['workingTexts']
  private readonly clock: Clock

  constructor(models: Pick<Models, 'workingTexts'>, clock: Clock) {
    this.texts = models.workingTexts
    this.clock = clock
  }

  async of(person: SignedInPerson, article: Of): Promise<WorkingText | undefined> {
    return (await this.texts.findById(idOf(person, article)).lean<WorkingText>()) ?? undefined
  }

  async keep(person: SignedInPerson, article: Of, typed: Typed): Promise<WorkingText> {
    const before = await this.of(person, article)
    const keptAt = this.clock.now()
    const goesOn = before !== undefined && +keptAt - +before.keptAt < editingMs
    const kept = {
      personId: person.id,
      ...(article === undefined ? {} : { articleId: article._id }),
      typed: pairsOf(typed),
      since: goesOn ? before.since : keptAt,
      keptAt,
    }
    const _id = idOf(person, article)
    await this.texts.updateOne({ _id }, { $set: kept }, { upsert: true })
    return { _id, ...kept }
  }

  /** Also when it is saved as a revision. */
  async discard(person: SignedInPerson, article: Of): Promise<void> {
    await this.texts.deleteOne({ _id: idOf(person, article) })
  }

  /** Who else is editing an article now, for those who may change it: who and since when, never what. */
  async othersEditing(
    person: SignedInPerson,
    { _id: articleId }: Pick<Article, '_id'>,
  ): Promise<Pick<WorkingText, 'personId' | 'since'>[]> {
    const keptAt = { $gt: new Date(+this.clock.now() - editingMs) }
    return this.texts
      .find({ articleId, keptAt, personId: { $ne: person.id } })
      .sort({ since: 1 })
      .limit(5)
      .select({ personId: 1, since: 1 })
      .lean<Pick<WorkingText, '_id' | 'personId' | 'since'>[]>()
  }

  async forgetOf(articleId: string): Promise<void> {
    await this.texts.deleteMany({ articleId })
  }

  /** Of somebody who leaves. */
  async forget(personId: string): Promise<void> {
    await this.texts.deleteMany({ personId })
  }

  async forgetOld(): Promise<number> {
    const before = new Date(+this.clock.now() - keptDays * 86_400_000)
    return (await this.texts.deleteMany({ keptAt: { $lt: before } })).deletedCount
  }
}

/** As the form would send it. */
export function typedIn({ typed }: Pick<WorkingText, 'typed'>): Typed {
  const form: Record<string, string | string[]> = {}
  for (const { name, value } of typed) {
    const before = form[name]
    form[name] = before === undefined ? value : [before, value].flat()
  }
  return form
}

/** Whether the form says that older text is still to be decided on. */
export const isUndecided = (typed: Typed): boolean => typed.undecided === 'yes'

const idOf = ({ id }: SignedInPerson, article: Of) => `${id}:${article?._id ?? 'new'}`

/** The buttons are not part of it. */
const pairsOf = (typed: Typed) =>
  Object.entries(typed)
    .filter(([name]) => name !== 'then')
    .flatMap(([name, said]) => [said].flat().flatMap(value => (typeof value === 'string' ? [{ name, value }] : [])))
