import { z } from 'zod'
import { line, optionalLine, paragraphs, severalIds } from '../../http/formFields.ts'
import { isLocalDate } from '../../people/absence.ts'
import { levels } from '../../skills/levels.ts'
import { requestVisibilities } from './requestModel.ts'
import { requestTypes } from './requestStates.ts'

export const longestText = 20_000

const optionalDay = optionalLine(10).refine(day => day === undefined || isLocalDate(day), 'Enter the day as 2026-05-03')

/** A request as somebody writes it: other records are named, not chosen by id. */
export const requestForm = z
  .object({
    type: z.enum(requestTypes, 'Choose what you need'),
    title: line('Enter what you need in one line'),
    text: paragraphs(longestText).refine(text => text.trim() !== '', 'Say what you need, and what you tried'),
    /** Names or aliases, separated by commas. */
    skills: optionalLine(2_000),
    /** The least that is needed, of each of them. */
    level: z
      .enum(['', ...levels], 'Choose one from the list')
      .default('')
      .transform(level => (level === '' ? undefined : level)),
    effort: optionalLine(100),
    from: optionalDay,
    until: optionalDay,
    place: optionalLine(100),
    inReturn: optionalLine(200),
    visibility: z.enum(requestVisibilities, 'Choose who may read it'),
    /** Slugs. */
    chosenOrganisations: severalIds,
    /** The revision that was opened; compared when saving. */
    revision: z.coerce.number().int().min(0).default(0),
    /** The slug of the partnership day on which it came up. */
    day: z.string().max(300).default(''),
    /** Pressed to look at what may help already. */
    look: z.string().optional(),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
    path: ['until'],
    message: 'The last day must not be before the first',
  })
  .refine(({ type, skills }) => type === 'question' || skills !== undefined, {
    path: ['skills'],
    message: 'Name at least one skill, so that those who have it are found',
  })

export type RequestForm = z.infer<typeof requestForm>
