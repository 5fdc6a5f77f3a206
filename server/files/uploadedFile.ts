import type { Request, RequestHandler, Response } from 'express'
import multer, { MulterError } from 'multer'
import { Invalid } from '../failures.ts'

export const megabyte = 1024 * 1024
/** Of everything in a form but the size of its file. */
export const uploadLimits = { files: 1, fields: 10, fieldSize: 1_000, parts: 12, fieldNameSize: 100 }

/**
 * One file in memory, as `req.file`; what is wrong with what was sent, as `res.locals.uploadProblem`.
 * @param tooLarge  what is said of a larger file
 * @param most  in MB
 */
export function uploadedFile(field: string, tooLarge: string, most = 5): RequestHandler {
  const bounds = { ...uploadLimits, fileSize: most * megabyte }
  const receive = multer({ storage: multer.memoryStorage(), limits: bounds, defParamCharset: 'utf8' }).single(field)
  const problems: Record<string, string> = { LIMIT_FILE_SIZE: tooLarge, LIMIT_UNEXPECTED_FILE: 'Choose one file, in this field' }
  return (req, res, next) =>
    void receive(req, res, (error: unknown) => {
      if (error instanceof MulterError)
        res.locals.uploadProblem = problems[error.code] ?? 'The file could not be received. Send it once more.'
      else if (error !== undefined) return next(Object.assign(new Error('An upload could not be read', { cause: error }), { status: 400 }))
      next()
    })
}

/** @throws Invalid beside the field, when none was chosen or it could not be received */
export function fileOf(req: Request, res: Response, field: string): Express.Multer.File {
  const problem: unknown = res.locals.uploadProblem
  if (typeof problem === 'string') throw new Invalid({ [field]: problem })
  if (req.file === undefined) throw new Invalid({ [field]: 'Choose a file' })
  return req.file
}
