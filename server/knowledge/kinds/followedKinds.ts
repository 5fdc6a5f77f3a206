import { NotFound } from '../../failures.ts'
import type { Followable } from '../../notifications/followable.ts'
import type { Kind } from './kind.ts'
import { kinds } from './kinds.ts'

const asSubject = ({ id, plural: name }: Kind) => ({ id, slug: id, name, href: `/knowledge/kinds/${id}` })

export const followedKinds: Followable = {
  kind: 'kind',
  heading: 'Kinds of article',
  async bySlug(_reader, slug) {
    const kind = kinds.find(({ id }) => id === slug)
    if (kind === undefined) throw new NotFound('There is no such kind of article. The list of knowledge has all kinds.')
    return asSubject(kind)
  },
  byIds: async (_reader, ids) => new Map(kinds.filter(({ id }) => ids.includes(id)).map(kind => [kind.id, asSubject(kind)])),
}
