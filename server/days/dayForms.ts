import { z } from 'zod'
import { line, optionalLine, paragraphs, severalIds } from '../http/formFields.ts'
import { isLocalDate } from '../people/absence.ts'
import { dayVisibilities } from './dayModel.ts'

const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)

/** "9:30" is taken for "09:30". */
export const timeOfDay = (missing: string) =>
  line(missing, 10)
    .transform(text => text.replace(/^(\d):/, '0$1:').replace('.', ':'))
    .refine(isTime, 'Enter a time such as 09:30')

export const webAddress = optionalLine(500).refine(
  text => text === undefined || /^https:\/\/[^\s/]+\.[^\s]+$/.test(text),
  'Enter an address that begins with https://',
)

export const mostPlaces = 1_000

const places = optionalLine(10)
  .refine(text => text === undefined || /^\d+$/.test(text), 'Enter how many places there are as a number, or leave it empty')
  .transform(text => (text === undefined ? undefined : Number(text)))
  .refine(count => count === undefined || count > 0, 'A day needs at least one place: leave it empty when as many may come as like')
  .refine(count => count === undefined || count <= mostPlaces, `A day has at most ${mostPlaces.toLocaleString('en-GB')} places`)

/** A day as somebody plans it: people are named, not chosen by id. */
export const dayForm = z.object({
  title: line('Enter a title'),
  purpose: paragraphs(5_000),
  date: line('Enter the date', 20).refine(isLocalDate, 'Enter the date as day, month and year'),
  start: timeOfDay('Enter when it begins'),
  end: timeOfDay('Enter when it ends'),
  venue: optionalLine(),
  access: optionalLine(500),
  map: webAddress,
  call: webAddress,
  /** Names, separated by commas. */
  hosts: optionalLine(2_000),
  capacity: places,
  visibility: z.enum(dayVisibilities, 'Choose who may read it'),
  /** Slugs. */
  chosenOrganisations: severalIds,
  /** The slug of the day before it in its series. */
  after: z.string().max(100).default(''),
  /** What was opened; compared when saving. */
  revision: z.coerce.number().int().min(0).default(0),
})

export type DayForm = z.infer<typeof dayForm>
