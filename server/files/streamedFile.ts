import type { Request, RequestHandler, Response } from 'express'
import multer, { MulterError, type StorageEngine } from 'multer'
import type { AboutFile, FileStore } from './fileStore.ts'
import { megabyte, uploadLimits } from './uploadedFile.ts'

interface Streamed {
  files: FileStore
  /** What is kept of the file until it is known what it is. */
  about: (res: Response) => AboutFile
  /** What is said of a file that is larger, by the name that it was sent with. */
  tooLarge: (name: string) => string
  /** In MB. */
  most: number
}

/**
 * One file, on its way from the browser into the store without being in memory: `req.file.filename` is its id there. No record names it yet, so whatever
 * ends in between is swept. What is wrong with what was sent, as `res.locals.uploadProblem`.
 */
export function streamedFile(field: string, { files, about, tooLarge, most }: Streamed): RequestHandler {
  const limits = { ...uploadLimits, fileSize: most * megabyte }
  const receive = multer({ storage: intoStore(files, about), limits, defParamCharset: 'utf8' }).single(field)
  return (req, res, next) =>
    void receive(req, res, (error: unknown) => {
      if (error instanceof MulterError) res.locals.uploadProblem = problemOf(error, tooLarge(String(res.locals.uploadName ?? '')))
      else if (error !== undefined) return next(Object.assign(new Error('An upload could not be read', { cause: error }), { status: 400 }))
      next()
    })
}

function problemOf({ code }: MulterError, tooLarge: string): string {
  if (code === 'LIMIT_FILE_SIZE') return tooLarge
  return code === 'LIMIT_UNEXPECTED_FILE' || code === 'LIMIT_FILE_COUNT'
    ? 'Choose one file, in this field'
    : 'The file could not be received. Send it once more.'
}

const intoStore = (files: FileStore, about: Streamed['about']): StorageEngine => ({
  _handleFile(req: Request, file, done) {
    const res = req.res as Response
    res.locals.uploadName = file.originalname
    files.keep(file.stream, about(res)).then(
      id => done(null, { filename: id }),
      error => done(error),
    )
  },
  _removeFile(_req, { filename }, done) {
    const removed = filename === undefined ? Promise.resolve() : files.remove([filename])
    removed.then(() => done(null), done)
  },
})
