import type { SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import { roles } from '../access/roles.ts'
import type { Problems } from '../http/validated.ts'
import { presentArticleRows } from '../knowledge/articles/articleRows.ts'
import type { Services } from '../services.ts'
import { levels } from '../skills/levels.ts'
import { presentAbsence } from './absencePresenter.ts'
import type { Person } from './personModel.ts'
import { presentDeclaredSkill } from './personPresenter.ts'
import { versionOf } from './personService.ts'

type Typed = Record<string, unknown>

const articlesShown = 10

/** Everything that views/people/person prints. */
export async function presentProfile(person: Person, reader: SignedInPerson, services: Services) {
  const { search, articles } = services
  const named = search.namer(reader)
  const [organisations, teams, skills, written] = await Promise.all([
    named('organisation', [person.organisationId]),
    named('team', person.teamIds),
    named(
      'skill',
      person.skills.map(({ skillId }) => skillId),
    ),
    articles.list(reader, { authorId: person._id }, { from: 0, size: articlesShown }),
  ])
  const organisation = organisations.get(person.organisationId)
  const href = `/people/${person.slug}`
  return {
    title: person.name,
    role: person.role,
    organisation: organisation === undefined ? undefined : { text: organisation.label, href: `/organisations/${organisation.slug}` },
    teams: [...teams.values()].map(({ label, slug }) => ({ text: label, href: `/teams/${slug}` })),
    about: person.about.split(/\n{2,}/).filter(text => text !== ''),
    email: person.email,
    phone: person.phone === undefined ? undefined : { text: person.phone, href: `tel:${person.phone.replace(/[^\d+]/g, '')}` },
    workingPattern: person.workingPattern,
    absence: await presentAbsence(person, reader, services),
    skills: person.skills
      .toSorted((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level))
      .map(skill => presentDeclaredSkill(skill, skills)),
    written: await presentArticleRows(
      written.articles.map(record => ({ record, highlights: {} })),
      named,
    ),
    writtenTotal: written.total,
    writtenHref: `/search?type=article&author=${person.slug}&sort=date`,
    ...(may(reader, { verb: 'edit profile', record: person })
      ? { editHref: `${href}/edit`, skillsHref: `${href}/skills`, absenceHref: `${href}/absence` }
      : {}),
  }
}

export async function presentProfileForm(
  person: Person,
  editor: SignedInPerson,
  { teams }: Services,
  typed?: Typed,
  errors: Problems = {},
) {
  const { organisationId } = person
  const keepsTeams = may(editor, { verb: 'edit team', record: { organisationId } })
  const all = keepsTeams ? await teams.ofOrganisation(editor, organisationId) : []
  const chosen = typed === undefined ? all.filter(({ _id }) => person.teamIds.includes(_id)).map(({ slug }) => slug) : [typed.teams].flat()
  const givable = roles.filter(role => role !== 'member' && may(editor, { verb: 'give role', record: { role, organisationId } }))
  return {
    title: `Edit the profile of ${person.name}`,
    typed: typed ?? { ...person },
    errors,
    opened: String(typed?.opened ?? versionOf(person)),
    action: `/people/${person.slug}`,
    teams: all.map(({ slug, name }) => ({ value: slug, text: name, checked: chosen.includes(slug) })),
    roles: givable.map(role => ({ value: role, text: role[0]?.toUpperCase() + role.slice(1), checked: person.roles.includes(role) })),
  }
}
