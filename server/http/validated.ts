import type { Request, RequestHandler, Response } from 'express'
import type { ZodType } from 'zod'
import { Conflict, Invalid } from '../failures.ts'

export type Problems = Readonly<Record<string, string>>
type FormHandler<F> = (req: Request, res: Response, form: F) => void | Promise<void>
type Again = (req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) => void | Promise<void>

/**
 * Runs `handler` with the typed form; when the form or the service refuses it (Invalid), `again` shows the page once more with what was typed
 * and one message per field, as 422; a Conflict the same, as 409.
 */
export function validated<F>(form: ZodType<F>, handler: FormHandler<F>, again: Again): RequestHandler {
  return async (req, res) => {
    const typed = (req.body ?? {}) as Record<string, unknown>
    try {
      await handler(req, res, parseForm(form, typed))
    } catch (error) {
      if (error instanceof Conflict) await again(req, res.status(409), typed, { form: error.message })
      else if (error instanceof Invalid) await again(req, res.status(422), typed, error.problems)
      else throw error
    }
  }
}

/** @throws Invalid with the first message of each field */
export function parseForm<F>(form: ZodType<F>, typed: unknown): F {
  const read = form.safeParse(typed)
  if (read.success) return read.data
  const problems: Record<string, string> = {}
  for (const issue of read.error.issues) problems[String(issue.path[0] ?? 'form')] ??= issue.message
  throw new Invalid(problems)
}
