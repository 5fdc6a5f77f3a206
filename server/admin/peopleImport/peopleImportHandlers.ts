import type { Request, Response } from 'express'
import { Invalid } from '../../failures.ts'
import { fileOf } from '../../files/uploadedFile.ts'
import { personOf } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { csvLine } from '../../tables/csvLine.ts'
import type { ConfirmForm, UploadForm } from './peopleImportForms.ts'
import { peopleImportPage, presentImport, presentStart } from './peopleImportPresenter.ts'

const idOf = (req: Request) => String(req.params.id)
const fileName = (name: string) => [...name.replace(/\p{Cc}/gu, '')].slice(0, 100).join('')

export const peopleImportHandlers = (services: Services) => {
  const { peopleImports } = services

  async function start(req: Request, res: Response, typed: Record<string, unknown> = {}, errors: Problems = {}) {
    res.page('admin/peopleImport', { ...(await presentStart(typed, personOf(req), services)), errors })
  }

  async function show(req: Request, res: Response, errors: Problems = {}) {
    const upload = await peopleImports.find(personOf(req), idOf(req))
    res.page('admin/peopleImportPreview', { ...(await presentImport(upload, personOf(req), services)), errors })
  }

  return {
    start: (req: Request, res: Response) => start(req, res),
    startAgain: start,

    async upload(req: Request, res: Response, { absentLeave, organisationId }: UploadForm) {
      const file = fileOf(req, res, 'file')
      if (!/\.csv$/i.test(file.originalname)) throw new Invalid({ file: 'The name of the file must end in .csv. Save it as CSV first.' })
      const leaversOf = absentLeave === undefined ? undefined : organisationId || undefined
      if (absentLeave !== undefined && leaversOf === undefined) throw new Invalid({ organisationId: 'Choose whose people may leave' })
      const sent = { file: fileName(file.originalname), bytes: file.buffer, ...(leaversOf === undefined ? {} : { leaversOf }) }
      const { _id } = await peopleImports.keep(personOf(req), sent)
      res.redirect(303, `${peopleImportPage}/${_id}`)
    },

    show: (req: Request, res: Response) => show(req, res),
    showAgain: (req: Request, res: Response, _typed: Record<string, unknown>, errors: Problems) => show(req, res, errors),

    async confirm(req: Request, res: Response, { seen }: ConfirmForm) {
      const { _id } = await peopleImports.confirm(personOf(req), idOf(req), seen)
      res.redirect(303, `${peopleImportPage}/${_id}`)
    },

    async cancel(req: Request, res: Response) {
      await peopleImports.cancel(personOf(req), idOf(req))
      res.say('The file is put away. Nothing of it was saved.')
      res.redirect(303, peopleImportPage)
    },

    async refused(req: Request, res: Response) {
      const upload = await peopleImports.find(personOf(req), idOf(req))
      const refusals = upload.refusals ?? (await peopleImports.plan(personOf(req), upload)).refusals
      const lines = refusals.map(({ line, id, reason }) => csvLine([line, id, reason]))
      res.set('Cache-Control', 'private, no-store').attachment('refused-rows.csv').type('text/csv')
      res.send(`\ufeff${[csvLine(['line', 'id', 'reason']), ...lines].join('')}`)
    },
  }
}
