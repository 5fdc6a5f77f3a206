import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../http/guards.ts'
import { pageNumber, pagination } from '../http/pages.ts'
import { presentFollowButton } from '../notifications/followingPresenter.ts'
import type { Services } from '../services.ts'
import { presentPersonRows } from './personPresenter.ts'
import { presentProfile } from './profilePresenter.ts'
import { presentReportLink } from './reports/reportPresenter.ts'

const pageSize = 20

export const personHandlers = (services: Services) => {
  const { people, organisations, search, following, profileReports } = services

  return {
    async list(req: Request, res: Response) {
      const reader = personOf(req)
      const asked = typeof req.query.organisation === 'string' ? req.query.organisation : ''
      const organisation = asked === '' ? undefined : (await organisations.named({ slugs: [asked] }, reader))[0]
      const page = pageNumber(req.query.page)
      const filter = organisation === undefined ? {} : { organisationId: organisation._id }
      const listed = await people.list(reader, filter, { from: (page - 1) * pageSize, size: pageSize })
      const address = (number: number) =>
        `/people?${new URLSearchParams({ ...(organisation ? { organisation: organisation.slug } : {}), page: String(number) })}`
      res.page('people/list', {
        title: organisation === undefined ? 'People' : `People of ${organisation.name}`,
        total: listed.total,
        people: await presentPersonRows(listed.people, search.namer(reader)),
        organisations: (await organisations.list(reader)).map(({ slug, name }) => ({ value: slug, text: name, selected: slug === asked })),
        pagination: pagination(page, Math.ceil(listed.total / pageSize), address),
      })
    },

    async show(req: Request, res: Response) {
      const reader = personOf(req)
      const person = await people.bySlug(reader, slugOfRequest(req))
      const follow = person._id === reader.id ? undefined : await presentFollowButton(following, reader, 'person', person)
      const report = await presentReportLink(profileReports, reader, person)
      res.page('people/person', { ...(await presentProfile(person, reader, services)), follow, report })
    },
  }
}
