import type { Request, Response } from 'express'
import { Invalid } from '../../failures.ts'
import { fileOf } from '../../files/uploadedFile.ts'
import { personOf } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { shownName } from '../attachments/attachmentName.ts'
import type { PageImportForm } from './pageImportForms.ts'
import { presentPageImport, presentStart } from './pageImportPresenter.ts'
import { pagesField, requirePages } from './pageImports.ts'

export const mostMegabytes = 100
const page = '/knowledge/import'
const idOf = (req: Request) => String(req.params.id)

export const pageImportHandlers = (services: Services) => {
  const { pageImports, files, search } = services

  async function show(req: Request, res: Response, errors: Problems = {}) {
    const upload = await pageImports.find(personOf(req), idOf(req))
    res.page('knowledge/imports/import', { ...(await presentPageImport(upload, services)), errors })
  }

  async function start(req: Request, res: Response, typed: Record<string, unknown> = {}, errors: Problems = {}) {
    // What was received with a form that is refused is named by nothing.
    if (req.file?.filename !== undefined) await files.remove([req.file.filename])
    res.page('knowledge/imports/start', { ...(await presentStart(typed, personOf(req), services)), errors })
  }

  async function teamNamed(req: Request, owner: string): Promise<string | undefined> {
    if (owner === 'me') return undefined
    const own = await search.namer(personOf(req))('team', [...personOf(req).teamIds])
    const team = [...own.values()].find(({ slug }) => slug === owner)
    if (team === undefined) throw new Invalid({ owner: 'Choose one of the teams in the list' })
    return team.slug
  }

  return {
    start: (req: Request, res: Response) => start(req, res),
    startAgain: start,

    async upload(req: Request, res: Response, { source, visibility, state, owner }: PageImportForm) {
      const { filename: fileId, originalname } = fileOf(req, res, pagesField)
      const file = shownName(originalname).slice(0, 150)
      requirePages(file)
      const team = await teamNamed(req, owner)
      if (visibility === 'team' && team === undefined)
        throw new Invalid({ visibility: 'Only what a team owns can be kept to that team: choose the team as owner' })
      const named = source ?? file.replace(/\.[^.]*$/, '')
      const sent = { fileId, file, source: named, visibility, publish: state === 'published', ...(team === undefined ? {} : { team }) }
      const { _id } = await pageImports.keep(personOf(req), sent)
      res.redirect(303, `${page}/${_id}`)
    },

    show: (req: Request, res: Response) => show(req, res),
    showAgain: (req: Request, res: Response, _typed: Record<string, unknown>, errors: Problems) => show(req, res, errors),

    async confirm(req: Request, res: Response) {
      const { _id } = await pageImports.confirm(personOf(req), idOf(req))
      res.redirect(303, `${page}/${_id}`)
    },

    async cancel(req: Request, res: Response) {
      await pageImports.cancel(personOf(req), idOf(req))
      res.say('What you sent is put away.')
      res.redirect(303, page)
    },
  }
}
