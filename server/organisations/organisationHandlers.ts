import type { Request, Response } from 'express'
import { may } from '../access/may.ts'
import { personOf, slugOfRequest } from '../http/guards.ts'
import { pageNumber, pagination } from '../http/pages.ts'
import type { Problems } from '../http/validated.ts'
import { presentFollowButton } from '../notifications/followingPresenter.ts'
import { presentPersonRows } from '../people/personPresenter.ts'
import type { Services } from '../services.ts'
import { presentCalled } from './contacts/contactPresenter.ts'
import type { OrganisationForm } from './organisationForms.ts'
import { organisationTypeTexts, presentOrganisationForm } from './organisationPresenter.ts'

const pageSize = 20

export const organisationHandlers = ({ organisations, teams, people, search, feedAddresses, contacts, following }: Services) => ({
  async list(req: Request, res: Response) {
    const person = personOf(req)
    const rows = (await organisations.list(person)).map(({ name, slug, type, status }) => ({
      name,
      href: `/organisations/${slug}`,
      type: organisationTypeTexts[type],
      hasLeft: status === 'left',
    }))
    res.page('organisations/list', { title: 'Organisations', rows, mayKeep: may(person, { verb: 'keep organisations' }) })
  },

  async show(req: Request, res: Response) {
    const reader = personOf(req)
    const organisation = await organisations.bySlug(reader, slugOfRequest(req))
    const page = pageNumber(req.query.page)
    const listed = await people.list(reader, { organisationId: organisation._id }, { from: (page - 1) * pageSize, size: pageSize })
    const href = `/organisations/${organisation.slug}`
    const [called] = await contacts.called(reader, [{ kind: 'organisation', record: organisation }])
    res.page('organisations/organisation', {
      whoToCall: called && presentCalled(called, reader),
      title: organisation.name,
      type: organisationTypeTexts[organisation.type],
      hasLeft: organisation.status === 'left',
      domains: organisation.domains,
      teams: (await teams.ofOrganisation(reader, organisation._id)).map(({ name, slug, description }) => ({
        name,
        href: `/teams/${slug}`,
        description,
      })),
      total: listed.total,
      people: await presentPersonRows(listed.people, search.namer(reader)),
      pagination: pagination(page, Math.ceil(listed.total / pageSize), number => `${href}?page=${number}`),
      searchHref: `/search?type=article&organisation=${organisation.slug}`,
      follow: await presentFollowButton(following, reader, 'organisation', organisation),
      feedHref: await feedAddresses.addressOf(reader, href),
      ...(may(reader, { verb: 'keep organisations' }) ? { editHref: `${href}/edit` } : {}),
      ...(may(reader, { verb: 'edit team', record: { organisationId: organisation._id } }) ? { newTeamHref: `${href}/teams/new` } : {}),
    })
  },

  startNew(_req: Request, res: Response) {
    res.page('organisations/form', presentOrganisationForm({}))
  },

  async create(req: Request, res: Response, form: OrganisationForm) {
    const { slug } = await organisations.create(personOf(req), form)
    res.say('The organisation is added.')
    res.redirect(303, `/organisations/${slug}`)
  },

  newAgain(_req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
    res.page('organisations/form', presentOrganisationForm(typed, errors))
  },

  async edit(req: Request, res: Response) {
    const organisation = await organisations.bySlug(personOf(req), slugOfRequest(req))
    res.page('organisations/form', presentOrganisationForm({ ...organisation, domains: organisation.domains.join(', ') }, {}, organisation))
  },

  async save(req: Request, res: Response, form: OrganisationForm) {
    const { slug } = await organisations.change(personOf(req), slugOfRequest(req), form)
    res.say('The organisation is saved.')
    res.redirect(303, `/organisations/${slug}`)
  },

  async editAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
    res.page('organisations/form', presentOrganisationForm(typed, errors, await organisations.bySlug(personOf(req), slugOfRequest(req))))
  },
})
