import type { SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import { presentAbsence } from './absencePresenter.ts'
import type { Person } from './personModel.ts'
import { photoHref } from './personPresenter.ts'
import { versionOf } from './profileChange.ts'
import { aboutSection, contactSection, nameSection, type ProfileSection, requestsSection } from './profileSections.ts'

type Typed = Record<string, unknown>

const longestExcerpt = 140

/** What views/people/section prints. */
export function presentSection(section: ProfileSection, person: Person, typed?: Typed, errors: Problems = {}) {
  const values: Typed = typed ?? { ...person }
  return {
    ...frame(section, person, typed, errors),
    controls: section.controls.map(({ component, name, options }) => ({
      component,
      options: { ...options, name, value: values[name], errorMessage: errors[name] },
    })),
  }
}

export async function presentTeams(
  person: Person,
  keeper: SignedInPerson,
  { teams, teamMemberships }: Services,
  typed?: Typed,
  errors: Problems = {},
) {
  await teamMemberships.keepable(keeper, person.slug)
  const all = await teams.ofOrganisation(keeper, person.organisationId)
  const chosen = typed === undefined ? all.filter(({ _id }) => person.teamIds.includes(_id)).map(({ slug }) => slug) : [typed.teams].flat()
  const items = all.map(({ slug, name }) => ({ value: slug, text: name, checked: chosen.includes(slug) }))
  const legend = { text: `Teams of ${person.name}`, classes: 'govuk-visually-hidden' }
  const checkboxes = { name: 'teams', fieldset: { legend }, items, errorMessage: errors.teams }
  return {
    ...frame({ name: 'teams', title: 'Teams', fields: ['teamIds'] }, person, typed, errors),
    intro: 'Members of a team read what is kept to it, and change what it owns.',
    controls: items.length === 0 ? [] : [{ component: 'checkboxes', options: checkboxes }],
    ...(items.length === 0 ? { empty: 'Your organisation has no teams yet. They are added on its page.' } : {}),
  }
}

function frame(section: Pick<ProfileSection, 'name' | 'title' | 'fields'>, person: Person, typed: Typed | undefined, errors: Problems) {
  return {
    title: `${section.title} of ${person.name}`,
    action: `/people/${person.slug}/edit/${section.name}`,
    profileHref: `/people/${person.slug}`,
    opened: String(typed?.opened ?? versionOf(person, section.fields)),
    errors,
  }
}

/** What views/people/edit prints: each part of the profile as it is, with the way to its form. */
export async function presentSections(person: Person, editor: SignedInPerson, services: Services) {
  const { organisationId } = person
  const keepsTeams = may(editor, { verb: 'edit team', record: { organisationId } })
  const givesRoles = may(editor, { verb: 'suspend', record: person })
  const teams = [...(await services.search.namer(editor)('team', person.teamIds)).values()]
  const absence = await presentAbsence(person, editor, services)
  const contact = [person.email, person.phone, person.workingPattern].filter(text => text !== undefined)
  const profileHref = `/people/${person.slug}`
  const form = (name: string) => `${profileHref}/edit/${name}`
  return {
    title: `Edit the profile of ${person.name}`,
    profileHref,
    name: person.name,
    photo: photoHref(person, 'large'),
    rows: [
      row('Photo', person.photo === undefined ? 'Initials' : 'A photo', form('photo')),
      row(nameSection.title, [person.name, person.role].filter(Boolean).join(', '), form(nameSection.name)),
      row(aboutSection.title, excerpt(person.about), form(aboutSection.name)),
      row(contactSection.title, contact.join(', '), form(contactSection.name)),
      row('Teams', teams.map(({ label }) => label).join(', '), keepsTeams ? form('teams') : undefined),
      row('Skills', counted(person.skills.length), `${profileHref}/skills`),
      row(requestsSection.title, takesText(person), form(requestsSection.name)),
      row('Absence', absence?.text ?? '', `${profileHref}/absence`),
      ...(givesRoles ? [row('Roles', person.roles.join(', '), `/admin/people/${person.slug}`)] : []),
    ],
  }
}

const row = (title: string, text: string, href: string | undefined) => ({
  key: { text: title },
  value: text === '' ? { text: 'Nothing yet', classes: 'muted' } : { text },
  ...(href === undefined ? {} : { actions: { items: [{ href, text: 'Change', visuallyHiddenText: title.toLowerCase() }] } }),
})

const takesText = ({ requestLimit }: Person) =>
  requestLimit === 0 ? 'Does not wish to be asked' : requestLimit === undefined ? 'As many as is usual' : `At most ${requestLimit} at once`

const counted = (skills: number) => (skills === 0 ? '' : skills === 1 ? '1 skill' : `${skills} skills`)

const excerpt = (text: string) => {
  const letters = [...text.replace(/\s+/g, ' ').trim()]
  if (letters.length <= longestExcerpt) return letters.join('')
  const whole = letters.slice(0, longestExcerpt).join('').replace(/ \S*$/, '')
  return `${whole}…`
}
