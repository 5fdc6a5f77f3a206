import { z } from 'zod'
import { line, optionalLine } from '../../http/formFields.ts'
import { isLocalDate } from '../../people/absence.ts'
import { mostDots } from './votes.ts'

const day = optionalLine(20).refine(text => text === undefined || isLocalDate(text), 'Enter the date as day, month and year')

export const priorityForm = z.object({ priority: line('Enter the priority') })
export const decisionForm = z.object({ decision: line('Enter what was decided'), why: optionalLine(1_000), reviewOn: day })
export const actionForm = z.object({
  action: line('Enter what is to be done'),
  /** A name. */
  owner: optionalLine(),
  due: day,
  /** A priority's id. */
  serves: z.string().max(50).default(''),
})
export const openVoteForm = z.object({
  dots: z.coerce
    .number('Enter how many dots each has as a number')
    .int('Enter a whole number')
    .min(1, 'Each needs at least one dot')
    .max(mostDots, `Each has at most ${mostDots} dots`),
})

const prefix = 'dots:'
export const dotsField = (priorityId: string) => `${prefix}${priorityId}`

/** The fields of dots are named after their priorities; an empty one is none. */
export const ballotForm = z
  .record(z.string(), z.unknown())
  .transform(typed => Object.entries(typed).filter(([name]) => name.startsWith(prefix)))
  .refine(fields => fields.every(([, count]) => typeof count === 'string' && /^\d{0,2}$/.test(count.trim())), {
    path: ['form'],
    message: 'Enter your dots as whole numbers',
  })
  .transform(fields => new Map(fields.map(([name, count]) => [name.slice(prefix.length), Number(count)])))

export type PriorityForm = z.infer<typeof priorityForm>
export type DecisionForm = z.infer<typeof decisionForm>
export type ActionForm = z.infer<typeof actionForm>
export type OpenVoteForm = z.infer<typeof openVoteForm>
export type BallotForm = z.infer<typeof ballotForm>
