import type { SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import { mailHref, telHref } from '../http/callLinks.ts'
import { presentArticleRows } from '../knowledge/articles/articleRows.ts'
import type { Services } from '../services.ts'
import { presentAbsence } from './absencePresenter.ts'
import type { Person } from './personModel.ts'
import { badgesOf, photoHref } from './personPresenter.ts'
import { presentSkills, writtenBy } from './skillReasons.ts'

const articlesShown = 10

/** Everything that views/people/person prints. */
export async function presentProfile(person: Person, reader: SignedInPerson, services: Services) {
  const { search, articles, contactPlaces, clock } = services
  const named = search.namer(reader)
  const [organisations, teams, skills, written, places, absence] = await Promise.all([
    named('organisation', [person.organisationId]),
    named('team', person.teamIds),
    presentSkills(person, reader, services),
    articles.list(reader, { authorId: person._id }, { from: 0, size: articlesShown }),
    contactPlaces.of(person, reader),
    presentAbsence(person, reader, services),
  ])
  const organisation = organisations.get(person.organisationId)
  return {
    title: person.name,
    photo: photoHref(person, 'large'),
    role: person.role,
    organisation: organisation === undefined ? undefined : { text: organisation.label, href: `/organisations/${organisation.slug}` },
    badges: [...(absence?.isNow ? [{ text: 'away', kind: 'attention' as const }] : []), ...badgesOf(person)],
    teams: [...teams.values()].map(({ label, slug }) => ({ text: label, href: `/teams/${slug}` })),
    about: person.about.split(/\n{2,}/).filter(text => text !== ''),
    email: person.email === undefined ? undefined : { kind: 'mail', label: 'E-mail', text: person.email, href: mailHref(person.email) },
    phone: person.phone === undefined ? undefined : { kind: 'phone', label: 'Call', text: person.phone, href: telHref(person.phone) },
    workingPattern: person.workingPattern,
    absence,
    places,
    ...skills,
    written: await presentArticleRows(
      written.articles.map(record => ({ record, highlights: {} })),
      named,
      { now: clock.now() },
    ),
    writtenTotal: written.total,
    writtenHref: writtenBy(person),
    deeds: isLentTo(reader, person) ? [{ text: 'Ask for a loan', href: `/loans/new?person=${person.slug}` }] : [],
    forms: presentForms(person, reader),
  }
}

const isLentTo = ({ organisationId }: SignedInPerson, person: Person): boolean =>
  person.organisationId !== organisationId && person.skills.some(({ willing }) => willing.includes('lend'))

/** Where the reader may change what: nowhere, unless the profile is theirs or they keep it. */
function presentForms(person: Person, reader: SignedInPerson): Record<string, string> {
  if (!may(reader, { verb: 'edit profile', record: person })) return {}
  const href = `/people/${person.slug}`
  const own = ['about', 'contact', 'photo'].map(name => [name, `${href}/edit/${name}`])
  const kept = may(reader, { verb: 'edit team', record: person }) ? [['teams', `${href}/edit/teams`]] : []
  return { all: `${href}/edit`, skills: `${href}/skills`, absence: `${href}/absence`, ...Object.fromEntries([...own, ...kept]) }
}
