import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import type { Article } from '../articles/articleModel.ts'
import { setAsideStates } from '../reviews/articleStates.ts'
import { endOf } from './fieldPresenter.ts'
import type { FieldValue, Kind } from './kind.ts'
import { kindOf } from './kinds.ts'

/** The newest of a kind; whoever has more of one searches. */
export const mostCompared = 1_000

export interface Comparison {
  kind: Kind
  /** Left out, all but those that are set aside. */
  states?: readonly Article['state'][]
  /** "title", "updated", "review", or a field's name. */
  sort: string
  isDescending: boolean
}

type Compared = Omit<Article, 'text'>

/** Articles of one kind beside each other, in the order of what its fields say. */
export class KindTables {
  private readonly articles: Models['articles']
  private readonly clock: Clock

  constructor(models: Pick<Models, 'articles'>, clock: Clock) {
    this.articles = models.articles
    this.clock = clock
  }

  async compared(reader: SignedInPerson, { kind, states, sort, isDescending }: Comparison): Promise<Compared[]> {
    const found = await this.ofKind(reader, kind.id, states)
    const way = isDescending ? -1 : 1
    return found.sort((a, b) => inOrder(sortedBy(a, sort), sortedBy(b, sort), way) || a.title.localeCompare(b.title, 'en-GB'))
  }

  /** What ends next comes first, then what has no end, then what has ended. */
  async endingSoonFirst(
    reader: SignedInPerson,
    { kind, states }: { kind: string; states?: readonly Article['state'][] },
    { from, size }: { from: number; size: number },
  ): Promise<{ articles: Article[]; total: number }> {
    const now = this.clock.now()
    const found = await this.ofKind(reader, kind, states)
    const ends = new Map(found.map(article => [article._id, endOf(kindOf(kind), article.fields ?? [])]))
    const rank = ({ _id }: Compared) => {
      const end = ends.get(_id)
      return end === undefined ? 1 : end >= now ? 0 : 2
    }
    const sooner = (a: Compared, b: Compared) => (ends.get(a._id)?.getTime() ?? 0) - (ends.get(b._id)?.getTime() ?? 0)
    const sorted = found.sort((a, b) => rank(a) - rank(b) || (rank(a) === 2 ? -1 : 1) * sooner(a, b))
    return { articles: sorted.slice(from, from + size) as Article[], total: found.length }
  }

  private ofKind(reader: SignedInPerson, kind: string, states?: readonly Article['state'][]): Promise<Compared[]> {
    const state = states === undefined ? { $nin: [...setAsideStates] } : { $in: [...states] }
    const found = this.articles.find({ kind, state }).readableBy(reader).select({ text: 0, titleWords: 0, revisionIds: 0 })
    return found.sort({ updatedAt: -1 }).limit(mostCompared).lean<Compared[]>()
  }
}

type Value = string | number | undefined

/** Without a value last, whichever way. */
function inOrder(a: Value, b: Value, way: 1 | -1): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return way * (a - b)
  return way * String(a).localeCompare(String(b), 'en-GB', { numeric: true })
}

function sortedBy(article: Compared, sort: string): Value {
  if (sort === 'title') return article.title
  if (sort === 'updated') return article.updatedAt.getTime()
  if (sort === 'review') return article.reviewDueAt?.getTime()
  return comparable(article.fields?.find(({ name }) => name === sort))
}

const comparable = (value: FieldValue | undefined): Value => value?.date?.getTime() ?? value?.text ?? value?.number
