import { z } from 'zod'
import { paragraphs } from '../../http/formFields.ts'
import { matters, outcomes } from './profileReportModel.ts'

const trimmed = paragraphs(1_000).transform(text => text.trim())

export const reportForm = z
  .object({ matter: z.enum(matters, 'Choose what is wrong'), words: trimmed })
  .refine(({ matter, words }) => matter === 'left' || words !== '', { path: ['words'], message: 'Say what is wrong' })
export type ReportForm = z.infer<typeof reportForm>

export const settleForm = z
  .object({ outcome: z.enum(outcomes, 'Choose what came of it'), note: trimmed })
  .refine(({ outcome, note }) => outcome === 'nothing' || note !== '', { path: ['note'], message: 'Say what was done' })
export type SettleForm = z.infer<typeof settleForm>
