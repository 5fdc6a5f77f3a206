import type { Request, Response } from 'express'
import type { IssuedLink } from '../../accounts/invitations.ts'
import { personOf } from '../../http/guards.ts'
import { pageNumber } from '../../http/pages.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { wantsMail } from '../wantsMail.ts'
import type { InvitationForm, OpenAccountForm, RolesForm } from './peopleForms.ts'
import { presentInvitation, presentLink, presentPeople, presentPerson } from './peoplePresenter.ts'

const pageSize = 50
const slugOfRequest = (req: Request) => String(req.params.slug)
const pageOf = (slug: string) => `/admin/people/${encodeURIComponent(slug)}`

export const peopleHandlers = (services: Services) => {
  const { accountAdministration, invitations, mailedLinks } = services

  async function show(req: Request, res: Response, errors: Problems = {}) {
    const found = await accountAdministration.find(personOf(req), slugOfRequest(req))
    res.page('admin/person', { ...(await presentPerson(found, personOf(req), services)), errors })
  }

  /** Shown in the answer itself, not after a redirect: nothing but this page ever holds the token. */
  function showLink(req: Request, res: Response, link: IssuedLink, name: string, slug: string) {
    const site = services.config.PUBLIC_URL ?? `${req.protocol}://${req.get('Host')}`
    res.page('admin/link', presentLink({ link, name, site, personHref: pageOf(slug) }))
  }

  /** To the person by mail where the form asks for that, or to the administrator, to pass on. */
  async function passOn(req: Request, res: Response, link: IssuedLink, { name, slug }: { name: string; slug: string }) {
    if (!wantsMail(req, services)) return showLink(req, res, link, name, slug)
    const { email = '' } = await mailedLinks.send(personOf(req), slug)
    res.say(`A link to choose a password is on its way to ${name}, at ${email}.`)
    res.redirect(303, pageOf(slug))
  }

  return {
    async list(req: Request, res: Response) {
      const named = typeof req.query.name === 'string' ? req.query.name : ''
      const page = pageNumber(req.query.page)
      const haveLeft = req.query.who === 'left'
      const found = await accountAdministration.list(personOf(req), { named, haveLeft }, { from: (page - 1) * pageSize, size: pageSize })
      res.page('admin/people', await presentPeople({ ...found, named, haveLeft, page, pageSize }, personOf(req), services))
    },

    async startInvitation(req: Request, res: Response) {
      res.page('admin/invitation', await presentInvitation({}, personOf(req), services))
    },

    async invite(req: Request, res: Response, form: InvitationForm) {
      const { slug, link } = await invitations.invite(personOf(req), form)
      await passOn(req, res, link, { name: form.name, slug })
    },

    async invitationAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      res.page('admin/invitation', { ...(await presentInvitation(typed, personOf(req), services)), errors })
    },

    show: (req: Request, res: Response) => show(req, res),
    showAgain: (req: Request, res: Response, _typed: Record<string, unknown>, errors: Problems) => show(req, res, errors),

    async openAccount(req: Request, res: Response, { email }: OpenAccountForm) {
      const { person, link } = await invitations.openAccount(personOf(req), slugOfRequest(req), email)
      await passOn(req, res, link, person.person)
    },

    async issueResetLink(req: Request, res: Response) {
      const { person, link } = await invitations.issueResetLink(personOf(req), slugOfRequest(req))
      await passOn(req, res, link, person.person)
    },

    async suspend(req: Request, res: Response) {
      const { person } = await accountAdministration.suspend(personOf(req), slugOfRequest(req))
      res.say(`${person.name} is suspended: signed out everywhere, and cannot sign in.`)
      res.redirect(303, pageOf(person.slug))
    },

    async resume(req: Request, res: Response) {
      const { person } = await accountAdministration.resume(personOf(req), slugOfRequest(req))
      res.say(`${person.name} can sign in again.`)
      res.redirect(303, pageOf(person.slug))
    },

    async letReturn(req: Request, res: Response) {
      const { person, link } = await invitations.letReturn(personOf(req), slugOfRequest(req))
      if (link !== undefined) return passOn(req, res, link, person.person)
      res.say(`${person.person.name} is here again, and has no account.`)
      res.redirect(303, pageOf(person.person.slug))
    },

    async giveRoles(req: Request, res: Response, { roles }: RolesForm) {
      const { person } = await accountAdministration.giveRoles(personOf(req), slugOfRequest(req), roles)
      res.say(`The roles of ${person.name} are changed.`)
      res.redirect(303, pageOf(person.slug))
    },
  }
}
