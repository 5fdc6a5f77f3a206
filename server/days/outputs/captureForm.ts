import { z } from 'zod'
import { line } from '../../http/formFields.ts'

export const capturedKinds = ['priority', 'decision', 'action', 'question', 'offer'] as const
export type CapturedKind = (typeof capturedKinds)[number]

const prefix = new RegExp(`^\\s*(${capturedKinds.join('|')})\\s*:`, 'i')

/** "action: ask for prices" is an action, whatever was chosen. */
export const captureForm = z.preprocess(
  typed => {
    const fields = typed as Record<string, unknown>
    const named = typeof fields.line === 'string' ? prefix.exec(fields.line) : null
    if (named === null) return fields
    return { line: String(fields.line).slice(named[0].length), captured: named[1]?.toLowerCase() }
  },
  z
    .object({ captured: z.enum(capturedKinds, 'Choose what it is'), line: line('Enter one line') })
    .transform(({ captured, line: said }) => ({ kind: captured, line: said })),
)
export type CaptureForm = z.infer<typeof captureForm>
