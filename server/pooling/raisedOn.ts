import type { Reader, SignedInPerson } from '../access/accessTokens.ts'
import type { Day } from '../days/dayModel.ts'
import type { Services } from '../services.ts'

/** What came up on a partnership day. */
export interface RaisedOn {
  dayId?: string
}

/** The day that a form came from, for what is kept. Says so in `problems` when it is not there any more; the form has no day then. */
export async function raisedOn(
  { day: slug }: { day: string },
  { days }: Pick<Services, 'days'>,
  writer: SignedInPerson,
  problems: Record<string, string>,
): Promise<RaisedOn> {
  if (slug === '') return {}
  const day = await days.called(writer, slug)
  if (day === undefined)
    problems.form =
      'The day on which this came up is not there any more, or not shared with you now. Send it again to keep this without the day'
  return day === undefined ? {} : { dayId: day._id }
}

/** For a form that begins on the page of a day: what is asked or offered there is for no more people than the day is. */
export async function beginsOn(slug: unknown, { days }: Pick<Services, 'days'>, writer: SignedInPerson): Promise<Record<string, string>> {
  const day = typeof slug === 'string' && slug !== '' ? await days.called(writer, slug) : undefined
  if (day === undefined) return {}
  return { day: day.slug, visibility: day.visibility === 'partnership' ? 'partnership' : 'organisation' }
}

/** The day as a form that came from it names it. */
export async function dayOfForm(slug: unknown, { days }: Pick<Services, 'days'>, writer: SignedInPerson) {
  const day = typeof slug === 'string' && slug !== '' ? await days.called(writer, slug) : undefined
  return day === undefined ? {} : { day: { slug: day.slug, text: day.title } }
}

/** The day on which a record came up, for readers of the day. */
export async function presentRaisedOn({ dayId }: RaisedOn, { days }: Pick<Services, 'days'>, reader: Reader): Promise<Link[]> {
  return dayId === undefined ? [] : (await days.among(reader, [dayId])).map(linkOf)
}

interface Link {
  text: string
  href: string
}

const linkOf = ({ title, slug }: Day): Link => ({ text: title, href: `/days/${slug}` })
