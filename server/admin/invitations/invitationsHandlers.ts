import type { Request, Response } from 'express'
import type { InvitedOne } from '../../accounts/invitations.ts'
import { dateAndTime } from '../../http/dates.ts'
import { personOf } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { csvLine } from '../../tables/csvLine.ts'
import type { InvitationsForm } from './invitationsForm.ts'

const mostShown = 100

export const invitationsHandlers = ({ accountAdministration, invitations, mailedLinks, outbox, search, config }: Services) => {
  async function choose(req: Request, res: Response, typed: Record<string, unknown> = {}, errors: Problems = {}) {
    const found = await accountAdministration.withoutAccount(personOf(req), mostShown)
    const organisations = await search.namer(personOf(req))(
      'organisation',
      found.map(({ organisationId }) => organisationId),
    )
    const chosen = [typed.people].flat()
    const people = found.map(({ name, slug, email, organisationId }) => ({
      ...{ name, slug, email, organisation: organisations.get(organisationId)?.label ?? '', checked: chosen.includes(slug) },
    }))
    res.page('admin/invitations', {
      title: 'Invite several people',
      people,
      isCut: found.length === mostShown,
      mailIsOn: outbox.isOn,
      errors,
    })
  }

  async function mail(req: Request, res: Response, people: readonly string[]) {
    const { invited, refused } = await mailedLinks.inviteMany(personOf(req), people)
    res.page('admin/invitationLinks', { title: 'Invitations on their way', invited, refused, areMailed: true })
  }

  return {
    start: (req: Request, res: Response) => choose(req, res),
    startAgain: choose,

    /** Shown in the answer itself, not after a redirect: nothing but this page, or this file, ever holds the links. */
    async invite(req: Request, res: Response, { people, as }: InvitationsForm) {
      if (as === 'mail' && outbox.isOn) return mail(req, res, people)
      const site = config.PUBLIC_URL ?? `${req.protocol}://${req.get('Host')}`
      const outcome = await invitations.inviteMany(personOf(req), people)
      const invited = outcome.invited.map(({ name, email, link }: InvitedOne) => ({
        ...{ name, email, address: `${site}/links/${link.token}`, until: dateAndTime(link.expiresAt) },
      }))
      res.set('Cache-Control', 'no-store')
      if (as === 'page')
        return res.page('admin/invitationLinks', { title: 'Invitations to pass on', invited, refused: outcome.refused, areMailed: false })
      const lines = [
        ['name', 'email', 'link', 'works until', 'not invited because'],
        ...invited.map(({ name, email, address, until }) => [name, email, address, until, '']),
        ...outcome.refused.map(({ name, reason }) => [name, '', '', '', reason]),
      ]
      res
        .attachment('invitations.csv')
        .type('text/csv')
        .send(`\ufeff${lines.map(csvLine).join('')}`)
    },
  }
}
