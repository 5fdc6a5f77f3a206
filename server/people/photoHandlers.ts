import type { Request, Response } from 'express'
import { sendFile } from '../files/sendFile.ts'
import { fileOf } from '../files/uploadedFile.ts'
import { personOf, slugOfRequest } from '../http/guards.ts'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import { photoHref } from './personPresenter.ts'
import { versionOf } from './profileChange.ts'

export const photoField = 'photo'

export const photoHandlers = ({ people, photos, files }: Services) => {
  async function show(req: Request, res: Response, errors: Problems = {}) {
    const person = await people.editable(personOf(req), slugOfRequest(req))
    const { slug, name } = person
    res.page('people/photo', {
      title: `Photo of ${name}`,
      name,
      photo: photoHref(person, 'large'),
      opened: versionOf(person, ['photo']),
      action: `/people/${slug}/edit/photo`,
      profileHref: `/people/${slug}`,
      errors,
    })
  }

  return {
    edit: (req: Request, res: Response) => show(req, res),
    editAgain: (req: Request, res: Response, _typed: Record<string, unknown>, errors: Problems) => show(req, res, errors),

    async show(req: Request, res: Response) {
      const size = req.query.size === 'small' ? 'small' : 'large'
      await sendFile(req, res, files, await photos.shown(personOf(req), slugOfRequest(req), size))
    },

    async change(req: Request, res: Response, { opened }: { opened: string }) {
      await photos.change(personOf(req), slugOfRequest(req), fileOf(req, res, photoField).buffer, opened)
      res.say('The photo is saved.')
      res.redirect(303, `/people/${slugOfRequest(req)}`)
    },

    async remove(req: Request, res: Response, { opened }: { opened: string }) {
      await photos.remove(personOf(req), slugOfRequest(req), opened)
      res.say('The photo is removed. Initials take its place.')
      res.redirect(303, `/people/${slugOfRequest(req)}`)
    },
  }
}
