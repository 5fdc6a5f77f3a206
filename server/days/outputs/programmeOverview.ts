import type { SignedInPerson } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import { presentActionRows } from '../../programme/programmePresenter.ts'
import type { Services } from '../../services.ts'
import { presentPriorities } from './outputPresenter.ts'

/** Everything that views/programme/programme prints: what each day put first, and what became of it. */
export async function presentProgramme(person: SignedInPerson, services: Services) {
  const days = await services.days.withPriorities(person)
  const [actions, decisions] = await Promise.all([services.actions.list(person, { state: 'all' }), services.decisions.list(person)])
  const rows = new Map((await presentActionRows(actions, person, services)).map((row, place) => [actions[place]?._id ?? '', row]))
  const rowsOf = (dayId: string, priorityId?: string) =>
    actions.flatMap(({ _id, source }) => (source.dayId === dayId && source.priorityId === priorityId ? (rows.get(_id) ?? []) : []))
  return {
    title: 'Programme',
    days: await Promise.all(
      days.map(async day => ({
        title: day.title,
        href: `/days/${day.slug}`,
        date: longDate(day.startsAt),
        priorities: (await presentPriorities(day, person, services)).map(priority => ({
          ...priority,
          actions: rowsOf(day._id, priority.id),
        })),
        decisions: decisions
          .filter(({ source }) => source.dayId === day._id)
          .map(({ title, slug }) => ({ text: title, href: `/programme/decisions/${slug}` })),
        others: rowsOf(day._id),
      })),
    ),
  }
}
