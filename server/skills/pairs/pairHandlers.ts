import type { Request, Response } from 'express'
import { z } from 'zod'
import { personOf } from '../../http/guards.ts'
import type { Services } from '../../services.ts'

const id = z.string().max(100).default('')
export const dismissForm = z.object({ one: id, other: id })

export const pairHandlers = ({ skillPairs }: Services) => ({
  async dismiss(req: Request, res: Response, { one, other }: z.infer<typeof dismissForm>) {
    const [first, second] = await skillPairs.dismiss(personOf(req), [one, other])
    res.say(`${first.name} and ${second.name} stay two skills, and are not shown here again.`)
    res.redirect(303, '/admin/skills')
  },
})
