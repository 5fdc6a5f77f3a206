import type { RequestHandler } from 'express'
import multer, { MulterError } from 'multer'

const megabyte = 1024 * 1024
const limits = { fileSize: 5 * megabyte, files: 1, fields: 10, fieldSize: 1_000, parts: 12, fieldNameSize: 100 }
const problems: Record<string, string> = {
  LIMIT_FILE_SIZE: 'The file is larger than 5 MB. Import it in parts, or on the machine with "npm run import".',
  LIMIT_UNEXPECTED_FILE: 'Choose one file, in this field',
}

/** One file in memory, as `req.file`; what is wrong with what was sent, as `res.locals.uploadProblem`. */
export function uploadedFile(field: string): RequestHandler {
  const receive = multer({ storage: multer.memoryStorage(), limits, defParamCharset: 'utf8' }).single(field)
  return (req, res, next) =>
    void receive(req, res, (error: unknown) => {
      if (error instanceof MulterError)
        res.locals.uploadProblem = problems[error.code] ?? 'The file could not be received. Send it once more.'
      else if (error !== undefined) return next(Object.assign(new Error('An upload could not be read', { cause: error }), { status: 400 }))
      next()
    })
}
