import type { Request, Response } from 'express'
import type { SignedInPerson } from '../access/accessTokens.ts'
import { Invalid } from '../failures.ts'
import { personOf, slugOfRequest } from '../http/guards.ts'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import type { Absence } from './absence.ts'
import type { AbsenceForm } from './absenceForms.ts'
import { coverOf } from './absencePresenter.ts'
import { versionOf } from './profileChange.ts'

const mostSuggested = 300

export const absenceHandlers = ({ people }: Services) => {
  async function coverNamed(editor: SignedInPerson, name: string, own: { _id: string }): Promise<string> {
    const [found, ...others] = await people.called(name, editor)
    if (found === undefined) throw new Invalid({ cover: `There is no “${name}” here. Type the name as on the profile` })
    if (others.length > 0)
      throw new Invalid({ cover: `${others.length + 1} people are called “${name}”. Type the end of the profile's address instead` })
    if (found._id === own._id) throw new Invalid({ cover: 'Nobody covers for themselves. Name somebody else' })
    return found._id
  }

  /** The cover as it would be typed. */
  async function coverText(editor: SignedInPerson, { absence }: { absence?: Absence }): Promise<string> {
    const cover = absence && (await coverOf(absence, editor, people))
    if (cover === undefined) return ''
    return (await people.called(cover.name, editor)).length > 1 ? cover.slug : cover.name
  }

  async function show(req: Request, res: Response, typed?: Record<string, unknown>, errors: Problems = {}) {
    const editor = personOf(req)
    const person = await people.editable(editor, slugOfRequest(req))
    const { organisationId, absence } = person
    const colleagues = await people.list(editor, { organisationId }, { from: 0, size: mostSuggested })
    res.page('people/absence', {
      title: `Absence of ${person.name}`,
      action: `/people/${person.slug}/absence`,
      cancelHref: `/people/${person.slug}`,
      typed: typed ?? { ...absence, cover: await coverText(editor, person) },
      opened: String((errors.form === undefined ? typed?.opened : undefined) ?? versionOf(person, ['absence'])),
      errors,
      colleagues: [...new Set(colleagues.people.map(({ name }) => name))].filter(name => name !== person.name),
    })
  }

  return {
    edit: (req: Request, res: Response) => show(req, res),
    editAgain: show,

    async save(req: Request, res: Response, { from, until, cover, note, opened }: AbsenceForm) {
      const editor = personOf(req)
      const person = await people.editable(editor, slugOfRequest(req))
      const coverId = cover === undefined ? undefined : await coverNamed(editor, cover, person)
      const told = { ...(coverId === undefined ? {} : { coverId }), ...(note === undefined ? {} : { note }) }
      const absence = from === undefined || until === undefined ? undefined : { from, until, ...told }
      await people.change(editor, person.slug, { absence }, opened)
      res.say(absence === undefined ? 'No absence is kept.' : 'The absence is saved.')
      res.redirect(303, `/people/${person.slug}`)
    },
  }
}
