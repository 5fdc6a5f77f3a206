import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'
import type { Day, Registration } from '../dayModel.ts'
import { waitingFor, withPlace } from '../dayNews.ts'
import type { Need } from './needModel.ts'

/** Everything that views/days/attendance prints, for those who run the day; what people need is for its hosts alone. */
export async function presentAttendance(day: Day, person: SignedInPerson, { needs, bylines, search }: Services) {
  const isHost = day.hostIds.includes(person.id)
  const ids = [...day.registrations.map(({ personId }) => personId), ...day.declinedIds]
  const [needed, names, organisations] = await Promise.all([
    isHost ? needs.ofDay(day) : new Map<string, Need>(),
    bylines.of(ids, person),
    search.namer(person)(
      'organisation',
      day.registrations.map(({ organisationId }) => organisationId),
    ),
  ])
  const nameOf = (personId: string) => {
    const byline = names.get(personId)
    return byline === undefined || byline.hasLeft ? { name: 'Somebody who left' } : { name: byline.name, href: byline.href }
  }
  const row = ({ personId, organisationId }: Registration) => ({
    ...nameOf(personId),
    organisation: organisations.get(organisationId)?.label ?? '',
    access: needed.get(personId)?.access ?? '',
    diet: needed.get(personId)?.diet ?? '',
  })
  return {
    title: `Who comes to “${day.title}”`,
    href: `/days/${day.slug}`,
    dayTitle: day.title,
    isHost,
    coming: withPlace(day).map(row),
    waiting: waitingFor(day).map(row),
    declined: day.declinedIds.map(nameOf),
  }
}
