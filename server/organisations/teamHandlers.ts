import type { Request, Response } from 'express'
import { may } from '../access/may.ts'
import { Forbidden } from '../failures.ts'
import { personOf, slugOfRequest } from '../http/guards.ts'
import type { Problems } from '../http/validated.ts'
import { presentFollowButton } from '../notifications/followingPresenter.ts'
import { presentPersonRows } from '../people/personPresenter.ts'
import type { Services } from '../services.ts'
import { presentCalled } from './contacts/contactPresenter.ts'
import type { TeamForm } from './organisationForms.ts'

const mostMembersShown = 200

export const teamHandlers = ({ organisations, teams, people, search, contacts, following }: Services) => {
  function showForm(
    res: Response,
    form: { title: string; typed: Record<string, unknown>; errors?: Problems; action: string; cancelHref: string },
  ) {
    res.page('organisations/teamForm', { errors: {}, ...form })
  }

  async function newForm(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems = {}) {
    const organisation = await organisations.bySlug(personOf(req), slugOfRequest(req))
    refuseOthers(req, organisation._id)
    const href = `/organisations/${organisation.slug}`
    showForm(res, { title: `Add a team to ${organisation.name}`, typed, errors, action: `${href}/teams`, cancelHref: href })
  }

  async function editForm(req: Request, res: Response, given?: Record<string, unknown>, errors: Problems = {}) {
    const team = await teams.bySlug(personOf(req), slugOfRequest(req))
    refuseOthers(req, team.organisationId)
    const href = `/teams/${team.slug}`
    showForm(res, { title: `Edit ${team.name}`, typed: given ?? { ...team }, errors, action: href, cancelHref: href })
  }

  return {
    async show(req: Request, res: Response) {
      const reader = personOf(req)
      const team = await teams.bySlug(reader, slugOfRequest(req))
      const organisation = (await search.namer(reader)('organisation', [team.organisationId])).get(team.organisationId)
      const members = await people.list(reader, { teamId: team._id }, { from: 0, size: mostMembersShown })
      const [called] = await contacts.called(reader, [{ kind: 'team', record: team }])
      res.page('organisations/team', {
        whoToCall: called && presentCalled(called, reader),
        title: team.name,
        follow: await presentFollowButton(following, reader, 'team', team),
        description: team.description,
        organisation: { text: organisation?.label ?? '', href: `/organisations/${organisation?.slug ?? ''}` },
        people: await presentPersonRows(members.people, search.namer(reader)),
        ...(may(reader, { verb: 'edit team', record: team }) ? { editHref: `/teams/${team.slug}/edit` } : {}),
      })
    },

    startNew: (req: Request, res: Response) => newForm(req, res, {}),
    newAgain: newForm,
    edit: (req: Request, res: Response) => editForm(req, res),
    editAgain: editForm,

    async create(req: Request, res: Response, form: TeamForm) {
      const organisation = await organisations.bySlug(personOf(req), slugOfRequest(req))
      const { slug } = await teams.create(personOf(req), organisation._id, form)
      res.say('The team is added. Put its members into it by editing their profiles.')
      res.redirect(303, `/teams/${slug}`)
    },

    async save(req: Request, res: Response, form: TeamForm) {
      const { slug } = await teams.change(personOf(req), slugOfRequest(req), form)
      res.say('The team is saved.')
      res.redirect(303, `/teams/${slug}`)
    },
  }
}

function refuseOthers(req: Request, organisationId: string): void {
  if (!may(personOf(req), { verb: 'edit team', record: { organisationId } }))
    throw new Forbidden('Only administrators of the organisation change its teams.')
}
