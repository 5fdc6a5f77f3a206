import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { markings, type Visibility } from '../../access/readers.ts'
import type { Problems } from '../../http/validated.ts'
import type { Namer } from '../../search/searchType.ts'
import type { Services } from '../../services.ts'
import { formName, presentFieldForm } from '../kinds/fieldPresenter.ts'
import { typedFields } from '../kinds/fieldReading.ts'
import { isTemplate, kindNames, kindOf } from '../kinds/kinds.ts'
import { unpublishedStates } from '../reviews/articleStates.ts'
import { reviewIntervals } from '../reviews/reviewDates.ts'
import type { Opened } from '../revisions/revisions.ts'
import { presentWorking } from '../workingTexts/workingTextPresenter.ts'
import { isUndecided } from '../workingTexts/workingTexts.ts'
import { presentWriting } from '../writing/writingPresenter.ts'
import type { Article } from './articleModel.ts'
import { fieldsTyped } from './gatheredFields.ts'

type Typed = Record<string, unknown>

/** As it starts, with the template of its kind. */
export const newArticle = (kind: string): Typed => ({
  ...{ kind, text: kindOf(kind).template, visibility: 'partnership', owner: 'me', marking: 'OFFICIAL', revision: 0 },
})

/** The same with the kind that is chosen now: an untouched template becomes that of the kind. */
export const ofChosenKind = (typed: Typed): Typed =>
  typeof typed.kind === 'string' &&
  typeof typed.text === 'string' &&
  (typed.text.trim() === '' || isTemplate(typed.text.replace(/\r\n?/g, '\n')))
    ? { ...typed, text: kindOf(typed.kind).template }
    : typed

const audiences: Record<Visibility, { text: string; hint: string }> = {
  partnership: { text: 'Everybody in the partnership', hint: 'All organisations' },
  organisation: { text: 'Your organisation', hint: 'Nobody else finds it' },
  chosen: { text: 'Your organisation and those chosen below', hint: 'Nobody else finds it' },
  team: { text: 'The team that owns it', hint: 'Choose the team as owner' },
}

/** A kept article as it would have been typed; of one with a change that waits for approval, that change. */
export async function typedArticle(article: Article, named: Namer, { waiting, kept }: Opened): Promise<Typed> {
  const [people, thanked, approvers, skills, organisations, teams] = await Promise.all([
    named('author', article.authorIds.slice(1)),
    named('author', article.thankedIds ?? []),
    named('author', article.approverId === undefined ? [] : [article.approverId]),
    named('skill', article.skillIds),
    named('organisation', article.chosenOrganisationIds),
    named('team', article.owner.teamId === undefined ? [] : [article.owner.teamId]),
  ])
  const { visibility, revision, marking = 'OFFICIAL' } = article
  const { title, text, kind = article.kind, fields = [] } = waiting ?? article
  const owner = article.owner.teamId === undefined ? 'me' : (teams.get(article.owner.teamId)?.slug ?? 'me')
  const labels = (names: ReadonlyMap<string, { label: string }>) => [...names.values()].map(({ label }) => label).join(', ')
  const chosenOrganisations = [...organisations.values()].map(({ slug }) => slug)
  const ofKind = Object.entries(typedFields(kindOf(kind), fields)).map(([name, value]) => [formName(name), value])
  const colleagues = { coAuthors: labels(people), thanks: labels(thanked), approver: labels(approvers) }
  const settings = {
    visibility,
    marking,
    reviewMonths: String(article.reviewMonths ?? ''),
    owner,
    skills: labels(skills),
    chosenOrganisations,
  }
  return { title, kind, text, revision, opened: kept?._id ?? '', ...colleagues, ...settings, ...Object.fromEntries(ofKind) }
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
  const kind = kindOf(typeof typed.kind === 'string' ? typed.kind : '')
  const organisationId = article?.organisationId ?? person.organisationId
  const marks = may(person, { verb: 'mark as sensitive', record: { organisationId } })
  const error = (field: string) => (errors[field] === undefined ? {} : { errorMessage: { text: errors[field] } })
  const value = (field: string) => (typeof typed[field] === 'string' ? { value: typed[field] } : {})
  return {
    title: article === undefined ? 'Write an article' : `Edit “${article.title}”`,
    errors,
    action: article === undefined ? '/knowledge' : `/knowledge/${article.slug}`,
    cancelHref: article === undefined ? '/knowledge' : `/knowledge/${article.slug}`,
    revision: String(typed.revision ?? article?.revision ?? 0),
    opened: typeof typed.opened === 'string' ? typed.opened : '',
    working: presentWorking(article, { isUndecided: isUndecided(typed) }),
    isDraft: article === undefined || unpublishedStates.includes(article.state),
    publishText: kind.needsApproval ? 'Send for approval' : 'Publish',
    kindAction: article === undefined ? '/knowledge/new' : `/knowledge/${article.slug}/edit`,
    kindName: kind.name,
    kindFields: presentFieldForm(kind, fieldsTyped(typed), errors),
    writing: presentWriting(typed, errors, article?.slug),
    fields: {
      title: { id: 'title', name: 'title', label: { text: 'Title' }, ...value('title'), ...error('title') },
      kind: choice(
        'kind',
        'Kind of article',
        Object.entries(kindNames).map(([id, text]) => ({ value: id, text })),
        typed.kind,
        error('kind'),
      ),
      text: {
        id: 'text',
        name: 'text',
        rows: 20,
        label: { text: 'Text' },
        hint: {
          text: 'Markdown: # heading, **bold**, - list, - [ ] task, [^1] footnote, | table |, ```mermaid for a diagram, ![what it shows](rack.png) for a picture that is attached',
        },
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
      thanks: {
        id: 'thanks',
        name: 'thanks',
        label: { text: 'Thanks to' },
        hint: { text: 'Names of colleagues who helped and did not write, separated by commas' },
        ...value('thanks'),
        ...error('thanks'),
      },
      ...(article === undefined ? {} : { summary: changeSummary(value('summary'), error('summary')) }),
      ...(kind.needsApproval ? { approver: approverField(kind.name, value('approver'), error('approver')) } : {}),
      reviewMonths: choice(
        'reviewMonths',
        'How often it is reviewed',
        reviewChoices(kind.reviewMonths),
        typed.reviewMonths ?? '',
        error('reviewMonths'),
      ),
      ...(marks
        ? { marking: radios('marking', 'Marking', markingChoices, typed.marking ?? article?.marking ?? 'OFFICIAL', error('marking')) }
        : {}),
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

const changeSummary = (value: object, error: object) => ({
  ...{
    id: 'summary',
    name: 'summary',
    label: { text: 'What you changed' },
    hint: { text: 'A few words for the history' },
    ...value,
    ...error,
  },
})

const approverField = (kind: string, value: object, error: object) => ({
  id: 'approver',
  name: 'approver',
  label: { text: 'Who approves it' },
  hint: { text: `The name of a colleague. ${kind}: others read it, and changes to it, when this person agrees.` },
  ...value,
  ...error,
})

const everyMonths = (months: number) => (months === 1 ? 'Every month' : `Every ${months} months`)

const reviewChoices = (ofKind: number): Choice[] => [
  { value: '', text: `${everyMonths(ofKind)}, as its kind says` },
  ...reviewIntervals.map(months => ({ value: String(months), text: everyMonths(months) })),
]

const markingHints = {
  OFFICIAL: 'For everybody whom it is shared with',
  'OFFICIAL-SENSITIVE': 'For a team, the organisation or chosen organisations; never in mails or feeds',
}
const markingChoices = markings.map(marking => ({ value: marking, text: marking, hint: { text: markingHints[marking] } }))

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
