import type { Request, Response } from 'express'
import type { Services } from '../../services.ts'

const deadlineMs = 2_000

/** For whatever watches the process. Without the search engine Skillpool goes on, so that alone does not make it unready. */
export const healthHandlers = ({ storage, engine, log }: Services) => {
  const answers = async (part: string, question: () => Promise<unknown>) => {
    try {
      await withinDeadline(question())
      return true
    } catch (error) {
      log.warn({ err: error, part }, 'a part does not answer')
      return false
    }
  }

  return {
    live(_req: Request, res: Response) {
      res.set('Cache-Control', 'no-store').json({ status: 'live' })
    },

    async ready(_req: Request, res: Response) {
      const [database, search] = await Promise.all([
        answers('database', async () => storage.connection.db?.command({ ping: 1 })),
        answers('search', () => engine.describe()),
      ])
      const parts = { database: database ? 'answers' : 'does not answer', search: search ? 'answers' : 'does not answer' }
      res
        .status(database ? 200 : 503)
        .set('Cache-Control', 'no-store')
        .json({ status: database ? 'ready' : 'not ready', ...parts })
    },
  }
}

async function withinDeadline(work: Promise<unknown>): Promise<void> {
  let late: NodeJS.Timeout | undefined
  const deadline = new Promise((_resolve, reject) => {
    late = setTimeout(() => reject(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs)
  })
  try {
    await Promise.race([work, deadline])
  } finally {
    clearTimeout(late)
  }
}
