import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import { type Day, type DayVisibility, dayVisibilities } from './dayModel.ts'

type Typed = Record<string, unknown>

export const newDay = (): Typed => ({ start: '10:00', end: '15:30', visibility: 'partnership', revision: 0 })

/** A copy of the day before it, for another date. */
export const nextDay = (typed: Typed, { slug }: Pick<Day, 'slug'>): Typed => ({ ...typed, date: '', revision: 0, after: slug })

/** A kept day as it would have been typed. */
export async function typedDay(day: Day, person: SignedInPerson, { bylines, search }: Services): Promise<Typed> {
  const [names, organisations] = await Promise.all([
    bylines.of(day.hostIds, person),
    search.namer(person)('organisation', day.chosenOrganisationIds),
  ])
  const { title, purpose, date, start, end, venue, callUrl, capacity, visibility, revision } = day
  return {
    ...{ title, purpose, date, start, end, visibility, revision },
    ...{ venue: venue?.name ?? '', access: venue?.access ?? '', map: venue?.mapUrl ?? '', call: callUrl ?? '' },
    capacity: capacity === undefined ? '' : String(capacity),
    hosts: day.hostIds.flatMap(id => names.get(id)?.name ?? []).join(', '),
    chosenOrganisations: [...organisations.values()].map(({ slug }) => slug),
  }
}

const audiences: Record<DayVisibility, string> = {
  partnership: 'Everybody in the partnership',
  organisation: 'Your organisation',
  chosen: 'Your organisation and those chosen below',
}
const fields = ['title', 'purpose', 'date', 'start', 'end', 'venue', 'access', 'map', 'call', 'hosts', 'capacity', 'after']

/** Everything that views/days/form prints, with what was typed still there. */
export async function presentDayForm(
  { typed, errors = {}, day }: { typed: Typed; errors?: Problems; day?: Day },
  person: SignedInPerson,
  services: Services,
) {
  const own = day?.organisationId ?? person.organisationId
  const organisations = (await services.organisations.list(person)).filter(({ _id }) => _id !== own)
  const chosen = [typed.chosenOrganisations].flat()
  const href = day === undefined ? '/days' : `/days/${day.slug}`
  return {
    title: day === undefined ? 'Plan a day' : `Edit “${day.title}”`,
    errors,
    action: href,
    cancelHref: href,
    isPublished: day?.state === 'published',
    revision: String(typed.revision ?? day?.revision ?? 0),
    typed: Object.fromEntries(fields.map(field => [field, typeof typed[field] === 'string' ? typed[field] : ''])),
    visibilities: dayVisibilities
      .filter(id => id !== 'chosen' || organisations.length > 0)
      .map(value => ({ value, text: audiences[value], checked: typed.visibility === value })),
    organisations: organisations.map(({ slug, name }) => ({ value: slug, text: name, checked: chosen.includes(slug) })),
  }
}
