import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Visibility } from '../../access/readers.ts'
import type { Problems } from '../../http/validated.ts'
import type { Namer } from '../../search/searchType.ts'
import type { Services } from '../../services.ts'
import { kinds } from '../kinds/kinds.ts'
import type { Article } from './articleModel.ts'

type Typed = Record<string, unknown>

export const newArticle: Typed = { kind: 'how-to', visibility: 'partnership', owner: 'me', revision: 0 }

const audiences: Record<Visibility, { text: string; hint: string }> = {
  partnership: { text: 'Everybody in the partnership', hint: 'All organisations' },
  organisation: { text: 'Your organisation', hint: 'Nobody else finds it' },
  chosen: { text: 'Your organisation and those chosen below', hint: 'Nobody else finds it' },
  team: { text: 'The team that owns it', hint: 'Choose the team as owner' },
}

/** A kept article as it would have been typed. */
export async function typedArticle(article: Article, named: Namer): Promise<Typed> {
  const [people, skills, organisations, teams] = await Promise.all([
    named('author', article.authorIds.slice(1)),
    named('skill', article.skillIds),
    named('organisation', article.chosenOrganisationIds),
    named('team', article.owner.teamId === undefined ? [] : [article.owner.teamId]),
  ])
  const { title, kind, text, visibility, revision } = article
  const owner = article.owner.teamId === undefined ? 'me' : (teams.get(article.owner.teamId)?.slug ?? 'me')
  const labels = (names: ReadonlyMap<string, { label: string }>) => [...names.values()].map(({ label }) => label).join(', ')
  const chosenOrganisations = [...organisations.values()].map(({ slug }) => slug)
  return { title, kind, text, visibility, revision, owner, coAuthors: labels(people), skills: labels(skills), chosenOrganisations }
}

/** Everything that views/knowledge/form prints, with what was typed still there. */
export async function presentArticleForm(
  { typed, errors = {}, article }: { typed: Typed; errors?: Problems; article?: Article },
  person: SignedInPerson,
  services: Services,
) {
  const teams = await services.search.namer(person)('team', [...person.teamIds, ...(article?.owner.teamId ? [article.owner.teamId] : [])])
  const organisations = (await services.organisations.list(person)).filter(({ _id }) => _id !== person.organisationId)
  const chosen = [typed.chosenOrganisations].flat()
  const personsOffered = await personsOfferedAsOwner(article, person, services)
  const error = (field: string) => (errors[field] === undefined ? {} : { errorMessage: { text: errors[field] } })
  const value = (field: string) => (typeof typed[field] === 'string' ? { value: typed[field] } : {})
  return {
    title: article === undefined ? 'Write an article' : `Edit “${article.title}”`,
    errors,
    action: article === undefined ? '/knowledge' : `/knowledge/${article.slug}`,
    cancelHref: article === undefined ? '/knowledge' : `/knowledge/${article.slug}`,
    revision: String(typed.revision ?? article?.revision ?? 0),
    isDraft: article === undefined || article.state === 'draft',
    fields: {
      title: { id: 'title', name: 'title', label: { text: 'Title' }, ...value('title'), ...error('title') },
      kind: choice(
        'kind',
        'Kind of article',
        Object.entries(kinds).map(([id, text]) => ({ value: id, text })),
        typed.kind,
        error('kind'),
      ),
      text: {
        id: 'text',
        name: 'text',
        rows: 20,
        label: { text: 'Text' },
        hint: { text: 'Markdown: # heading, **bold**, - list, | table |' },
        ...value('text'),
        ...error('text'),
      },
      skills: {
        id: 'skills',
        name: 'skills',
        label: { text: 'Skills it is about' },
        hint: { text: 'Names from the skills vocabulary, separated by commas' },
        attributes: { 'data-combobox': '/skills/suggestions', 'data-combobox-separator': ',' },
        ...value('skills'),
        ...error('skills'),
      },
      coAuthors: {
        id: 'coAuthors',
        name: 'coAuthors',
        label: { text: 'Written with' },
        hint: { text: 'Names of colleagues, separated by commas. They can change it too.' },
        ...value('coAuthors'),
        ...error('coAuthors'),
      },
      owner: choice(
        'owner',
        'Who owns it',
        [...personsOffered, ...[...teams.values()].map(({ slug, label }) => ({ value: slug, text: label }))],
        typed.owner,
        error('owner'),
      ),
      visibility: radios(
        'visibility',
        'Who may read it, once published',
        Object.entries(audiences)
          .filter(([id]) => id !== 'chosen' || organisations.length > 0)
          .map(([id, { text, hint }]) => ({ value: id, text, hint: { text: hint } })),
        typed.visibility,
        error('visibility'),
      ),
      chosenOrganisations: {
        name: 'chosenOrganisations',
        idPrefix: 'chosenOrganisations',
        classes: 'govuk-checkboxes--small',
        fieldset: { legend: { text: 'Chosen organisations' } },
        items: organisations.map(({ slug, name }) => ({ value: slug, text: name, checked: chosen.includes(slug) })),
        ...error('chosenOrganisations'),
      },
    },
  }
}

async function personsOfferedAsOwner(article: Article | undefined, person: SignedInPerson, { bylines }: Services): Promise<Choice[]> {
  const firstAuthor = { value: 'me', text: 'The first author' }
  const you = { value: '@writer', text: 'You' }
  const ownerId = article?.owner.personId ?? article?.authorIds[0]
  const owner = ownerId === undefined ? undefined : (await bylines.of([ownerId], person)).get(ownerId)
  if (owner === undefined) return [firstAuthor]
  if (owner.hasLeft)
    return article?.owner.teamId === undefined ? [{ value: 'me', text: `Nobody at present: ${owner.name} has left` }, you] : [you]
  return [ownerId === article?.authorIds[0] ? firstAuthor : { value: 'me', text: owner.name }]
}

interface Choice {
  value: string
  text: string
}

const choice = (name: string, label: string, items: Choice[], typed: unknown, error: object) => ({
  id: name,
  name,
  label: { text: label },
  items: items.map(item => ({ ...item, selected: item.value === typed })),
  ...error,
})

const radios = (name: string, legend: string, items: Choice[], typed: unknown, error: object) => ({
  name,
  idPrefix: name,
  fieldset: { legend: { text: legend } },
  items: items.map(item => ({ ...item, checked: item.value === typed })),
  ...error,
})
