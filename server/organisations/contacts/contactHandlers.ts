import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { Subject } from './callMatches.ts'
import type { Contact } from './contact.ts'
import type { ContactForm } from './contactForms.ts'
import { contactLine, hrefOf, presentContactForm, presentContactPage } from './contactPresenter.ts'
import { organisationIdOf } from './contactService.ts'

const mostSuggested = 300

export const contactHandlers = ({ contacts, people }: Services) => {
  async function all(req: Request, res: Response) {
    const reader = personOf(req)
    const called = await contacts.called(reader, await contacts.subjects(reader))
    res.page('organisations/contacts/list', presentContactPage(called, reader))
  }

  const formOf = (kind: Subject['kind']) => {
    async function show(req: Request, res: Response, typed?: Record<string, unknown>, errors: Problems = {}) {
      const reader = personOf(req)
      const subject = await contacts.keepable(reader, kind, slugOfRequest(req))
      const nameOf = await contacts.nameOf(reader, subject)
      const { people: colleagues } = await people.list(
        reader,
        { organisationId: organisationIdOf(subject) },
        { from: 0, size: mostSuggested },
      )
      const lineOf = contactLine((contact: Contact) => nameOf(contact))
      const names = [...new Set(colleagues.map(({ name }) => name))]
      res.page('organisations/contacts/form', presentContactForm(subject, lineOf, names, typed, errors))
    }

    return {
      edit: (req: Request, res: Response) => show(req, res),
      editAgain: show,
      async save(req: Request, res: Response, { steps, opened }: ContactForm) {
        await contacts.keep(personOf(req), kind, slugOfRequest(req), steps, opened)
        res.say('Who to call is saved.')
        res.redirect(303, hrefOf(await contacts.subject(personOf(req), kind, slugOfRequest(req))))
      },
    }
  }

  return { all, organisation: formOf('organisation'), team: formOf('team') }
}
