import type { Followable } from '../notifications/followable.ts'
import type { Day } from './dayModel.ts'
import type { DayService } from './dayService.ts'

const asSubject = ({ _id: id, slug, title }: Day) => ({ id, slug, name: title, href: `/days/${slug}` })

export const followedDays = (days: DayService): Followable => ({
  kind: 'day',
  heading: 'Partnership days',
  bySlug: async (reader, slug) => asSubject(await days.readable(reader, slug)),
  byIds: async (reader, ids) => new Map((await days.among(reader, ids)).map(day => [day._id, asSubject(day)])),
})
