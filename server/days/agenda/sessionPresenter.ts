import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { Day, Session } from '../dayModel.ts'
import { timesText } from '../dayTimes.ts'

type Typed = Record<string, unknown>

/** A kept session as it would have been typed. */
export async function typedSession(
  session: Session,
  person: SignedInPerson,
  { bylines, search, collectedArticles }: Services,
): Promise<Typed> {
  const [names, skills, articles] = await Promise.all([
    bylines.of(session.speakerIds, person),
    search.namer(person)('skill', session.skillIds),
    collectedArticles.named(person, session.reading),
  ])
  const { title, about = '', track = '', start, end } = session
  return {
    ...{ title, about, track, start, end },
    speakers: session.speakerIds.flatMap(id => names.get(id)?.name ?? []).join(', '),
    skills: session.skillIds.flatMap(id => skills.get(id)?.label ?? []).join(', '),
    reading: articles.map(({ slug }) => `/knowledge/${slug}`).join('\n'),
  }
}

/** Everything that views/days/session prints, with what was typed still there. */
export function presentSessionForm(day: Day, { typed, errors = {}, session }: { typed: Typed; errors?: Problems; session?: Session }) {
  const text = (field: string) => (typeof typed[field] === 'string' ? typed[field] : '')
  const action = `/days/${day.slug}/sessions${session === undefined ? '' : `/${session.id}`}`
  return {
    title: session === undefined ? 'Add a session' : `Edit “${session.title}”`,
    errors,
    action,
    ...(session === undefined ? {} : { removeAction: `${action}/delete` }),
    dayTitle: day.title,
    dayHref: `/days/${day.slug}`,
    times: timesText(day),
    typed: Object.fromEntries(
      ['title', 'about', 'track', 'start', 'end', 'speakers', 'skills', 'reading'].map(field => [field, text(field)]),
    ),
  }
}

/** The agenda as views/days/day prints it: a row for each session, in the order of their times. */
export async function presentAgenda(
  day: Day,
  person: SignedInPerson,
  { bylines, search, collectedArticles }: Services,
  mayChange: boolean,
) {
  const { sessions } = day
  const [names, skills, articles] = await Promise.all([
    bylines.of(
      sessions.flatMap(({ speakerIds }) => speakerIds),
      person,
    ),
    search.namer(person)(
      'skill',
      sessions.flatMap(({ skillIds }) => skillIds),
    ),
    collectedArticles.named(
      person,
      sessions.flatMap(({ reading }) => reading),
    ),
  ])
  return sessions.map(session => ({
    id: `session-${session.id}`,
    title: session.title,
    times: timesText(session),
    ...(session.track === undefined ? {} : { track: session.track }),
    ...(session.about === undefined ? {} : { about: session.about }),
    speakers: session.speakerIds.flatMap(id => {
      const byline = names.get(id)
      return byline === undefined || byline.hasLeft
        ? []
        : [{ text: byline.name, ...(byline.href === undefined ? {} : { href: byline.href }) }]
    }),
    reading: session.reading.flatMap(id => {
      const article = articles.find(one => one._id === id)
      return article === undefined ? [] : [{ text: article.title, href: `/knowledge/${article.slug}` }]
    }),
    skills: session.skillIds.flatMap(id => {
      const skill = skills.get(id)
      return skill === undefined ? [] : [{ text: skill.label, href: `/skills/${skill.slug}` }]
    }),
    ...(mayChange ? { editHref: `/days/${day.slug}/sessions/${session.id}/edit` } : {}),
  }))
}
