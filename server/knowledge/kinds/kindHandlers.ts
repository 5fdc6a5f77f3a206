import type { Request, Response } from 'express'
import { NotFound } from '../../failures.ts'
import { personOf } from '../../http/guards.ts'
import { pageNumber } from '../../http/pages.ts'
import { siteAddress } from '../../http/siteAddress.ts'
import { presentFollowButton } from '../../notifications/followingPresenter.ts'
import type { Services } from '../../services.ts'
import { stateOfId } from '../reviews/articleStates.ts'
import type { Kind } from './kind.ts'
import { kinds } from './kinds.ts'
import { kindTable, presentKindTable, sortsOf } from './kindTablePresenter.ts'
import type { Comparison } from './kindTables.ts'

export const kindHandlers = (services: Services) => {
  const { config, kindTables, following } = services

  return {
    async compare(req: Request, res: Response) {
      const asked = comparisonOf(req)
      const person = personOf(req)
      const compared = await kindTables.compared(person, asked)
      const table = await presentKindTable({ asked, compared, page: pageNumber(req.query.page) }, person, services)
      res.page('knowledge/kind', { ...table, follow: await presentFollowButton(following, person, 'kind', subjectOf(asked.kind)) })
    },

    async download(req: Request, res: Response) {
      const asked = comparisonOf(req)
      const compared = await kindTables.compared(personOf(req), asked)
      const csv = await kindTable({ asked, compared, site: siteAddress(config, req) }, personOf(req), services)
      res.set('Cache-Control', 'private, no-store').attachment(`${asked.kind.id}.csv`).type('text/csv').send(csv)
    },
  }
}

const subjectOf = ({ id, plural }: Kind) => ({ _id: id, slug: id, name: plural })

function comparisonOf({ params, query }: Request): Comparison {
  const kind = kinds.find(({ id }) => id === params.kind)
  if (kind === undefined) throw new NotFound('There is no such kind of article. The list of knowledge has all kinds.')
  const state = stateOfId(query.state)
  const sort = sortsOf(kind).find(({ value }) => value === query.sort)?.value ?? 'title'
  return { kind, sort, isDescending: query.order === 'down', ...(state === undefined ? {} : { states: [state] }) }
}
