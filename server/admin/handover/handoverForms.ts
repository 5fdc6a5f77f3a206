import { z } from 'zod'
import { optionalLine } from '../../http/formFields.ts'

/** What is answered for a kind: who receives them, or that nobody does yet. */
export interface Answer {
  receiver?: string
  isNobody: boolean
}

export const nobodyField = (kind: string) => `${kind}Nobody`

export function handoverForm(kinds: readonly string[]) {
  const fields = kinds.flatMap(kind => [
    [kind, optionalLine()] as const,
    [nobodyField(kind), z.literal('yes', 'Choose only from the page').optional()] as const,
  ])
  return z
    .object({ leaves: z.enum(['yes', 'no']).catch('no'), opened: z.string().max(100).catch(''), ...Object.fromEntries(fields) })
    .transform(({ leaves, opened, ...typed }) => ({
      leaves: leaves === 'yes',
      opened,
      answers: new Map(kinds.map(kind => [kind, answerOf(typed as Record<string, string | undefined>, kind)])),
    }))
}
export type HandoverForm = z.infer<ReturnType<typeof handoverForm>>

function answerOf(typed: Record<string, string | undefined>, kind: string): Answer {
  const receiver = typed[kind]
  return { ...(receiver === undefined ? {} : { receiver }), isNobody: typed[nobodyField(kind)] === 'yes' }
}
