import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { longDate } from '../../http/dates.ts'
import { pagination } from '../../http/pages.ts'
import type { Byline } from '../../people/bylines.ts'
import type { NamedRecord } from '../../search/searchType.ts'
import type { Services } from '../../services.ts'
import { shownPictures } from '../attachments/shownPictures.ts'
import { presentFields } from '../kinds/fieldPresenter.ts'
import { kindName, kindNames, kindOf } from '../kinds/kinds.ts'
import { articleStates, setAsideStates, stateId, stateName, unpublishedStates } from '../reviews/articleStates.ts'
import { badgesOf } from '../reviews/reviewBadges.ts'
import { isConcerned } from '../reviews/reviewPresenter.ts'
import { mayTake } from '../reviews/transitions.ts'
import { drawnText } from '../writing/drawnText.ts'
import type { Article } from './articleModel.ts'
import { presentArticleRows } from './articleRows.ts'
import { audienceText } from './audience.ts'

const savedAs = [
  { ending: 'md', text: 'Markdown' },
  { ending: 'pdf', text: 'PDF' },
  { ending: 'docx', text: 'Word' },
]

const linked = (path: string, name: NamedRecord | undefined) =>
  name === undefined ? [] : [{ href: `/${path}/${name.slug}`, text: name.label }]

/** Who wrote something stands under it; the name leads to the profile of who is still here. */
const credited = ({ name, href }: Byline) => ({ text: name, ...(href === undefined ? {} : { href }) })

/** Everything that views/knowledge/article prints. */
export async function presentArticle(article: Article, person: SignedInPerson, services: Services) {
  const { search, bylines, related: relatedRecords, reviews, linkedRecords, attachments, clock } = services
  const named = search.namer(person)
  const concerned = [
    ...article.authorIds,
    ...(article.thankedIds ?? []),
    article.owner.personId,
    article.reviewed?.byId,
    article.approverId,
  ]
  const [authors, organisations, { skills, related }, teams, supersedes, replacement, drawn, linking] = await Promise.all([
    bylines.of(
      concerned.filter(id => id !== undefined),
      person,
    ),
    named('organisation', [article.organisationId, ...article.chosenOrganisationIds]),
    skillsAndRelated(article, person, { search, related: relatedRecords }),
    named('team', article.owner.teamId === undefined ? [] : [article.owner.teamId]),
    reviews.supersededBy(article, person),
    reviews.replacement(article, person),
    drawnText(article.text, person, services, () => shownPictures(article, attachments)),
    linkedRecords.linkingTo(article, person),
  ])
  const reviewer = authors.get(article.reviewed?.byId ?? '')?.name
  return {
    title: article.title,
    kind: kindName(article.kind),
    kindHref: `/knowledge/kinds/${article.kind}`,
    fields: presentFields(kindOf(article.kind), article.fields ?? []),
    marking: article.marking ?? 'OFFICIAL',
    badges: badgesOf(article, clock.now(), reviewer),
    thanked: (article.thankedIds ?? []).flatMap(id => authors.get(id) ?? []).map(credited),
    reviewDue: article.reviewDueAt === undefined ? undefined : longDate(article.reviewDueAt),
    approver: article.approverId === undefined ? undefined : authors.get(article.approverId)?.name,
    supersedes: supersedes.map(({ title, slug }) => ({ text: title, href: `/knowledge/${slug}` })),
    replacement: replacement === undefined ? undefined : { text: replacement.title, href: `/knowledge/${replacement.slug}` },
    notice: noticeOf(article, person),
    ...(isConcerned(article, person) ? { reviewHref: `/knowledge/${article.slug}/review` } : {}),
    ...(mayTake(person, 'still right', article) ? { stillRightAction: `/knowledge/${article.slug}/review/still-right` } : {}),
    ...drawn,
    linkedFrom: linking.map(({ title, slug }) => ({ text: title, href: `/knowledge/${slug}` })),
    authors: article.authorIds.flatMap(id => authors.get(id) ?? []).map(credited),
    organisation: linked('organisations', organisations.get(article.organisationId))[0],
    owner:
      article.owner.teamId === undefined
        ? ownerCredited(authors.get(article.owner.personId ?? ''))
        : linked('teams', teams.get(article.owner.teamId))[0],
    skills: article.skillIds.flatMap(id => linked('skills', skills.get(id))),
    related,
    updated: longDate(article.updatedAt),
    audience: audienceOf(article, organisations),
    saves: Math.max(1, article.revisionIds.length),
    historyHref: `/knowledge/${article.slug}/history`,
    saveAs: savedAs.map(({ ending, text }) => ({ href: `/knowledge/${article.slug}/article.${ending}`, text })),
    ...(may(person, { verb: 'write article', record: article })
      ? {
          ...(isSetAside(article) ? {} : { editHref: `/knowledge/${article.slug}/edit` }),
          deleteAction: `/knowledge/${article.slug}/delete`,
        }
      : {}),
  }
}

const isSetAside = ({ state }: Article) => setAsideStates.includes(state)

/** What stands above an article for those whose turn it is, or who have to know. */
function noticeOf(article: Article, person: SignedInPerson): string | undefined {
  const isChange = article.approval?.revisionId !== undefined
  if (may(person, { verb: 'approve article', record: article }))
    return isChange ? 'A change to this article waits for you to approve it.' : 'This article waits for you to approve it.'
  if (!may(person, { verb: 'write article', record: article })) return undefined
  if (article.approval !== undefined) return isChange ? 'A change to this article waits for approval.' : 'It waits for approval.'
  const last = article.changes?.at(-1)
  if (last?.step === 'refuse' || last?.step === 'refuse change') return `It was sent back: ${last.reason}`
  return undefined
}

async function skillsAndRelated(article: Article, person: SignedInPerson, { search, related }: Pick<Services, 'search' | 'related'>) {
  const skills = await search.namer(person)('skill', article.skillIds)
  const { _id: id, title, authorIds: contributorIds } = article
  const subject = { id, type: 'article', title, skills: [...skills.values()], contributorIds }
  return { skills, related: await related.to(subject, person) }
}

function ownerCredited(owner: Byline | undefined) {
  if (owner === undefined) return undefined
  return owner.hasLeft ? { text: `Nobody at present: ${owner.name} has left` } : credited(owner)
}

function audienceOf(article: Article, organisations: ReadonlyMap<string, NamedRecord>): string {
  if (unpublishedStates.includes(article.state))
    return article.state === 'draft'
      ? 'Draft: seen by its authors, its team and the editors of its organisation'
      : 'In approval: seen by its authors, its team, the editors of its organisation and who approves it'
  return audienceText(article, organisations)
}

/** What is said of an article that was just saved. */
export function savedText({ state, approval }: Article): string {
  if (approval?.revisionId !== undefined) return 'The change waits for approval. What was published stays until then.'
  if (state === 'in approval') return 'The article is sent for approval. It is published when its approver agrees.'
  return state === 'draft' ? 'The draft is saved. Only its authors, its team and your editors see it.' : 'The article is published.'
}

interface Listed {
  articles: Article[]
  total: number
  page: number
  pageSize: number
  kind: string | undefined
  state: Article['state'] | undefined
}

export async function presentArticleList(
  { articles, total, page, pageSize, kind, state }: Listed,
  person: SignedInPerson,
  { search, clock }: Services,
) {
  const address = (given: { kind?: string | undefined; state?: Article['state'] | undefined; page?: number }) => {
    const { kind: ofKind, state: inState, page: number = 1 } = { kind, state, ...given }
    const query = new URLSearchParams({
      ...(ofKind === undefined ? {} : { kind: ofKind }),
      ...(inState === undefined ? {} : { state: stateId(inState) }),
      ...(number > 1 ? { page: String(number) } : {}),
    })
    return query.size === 0 ? '/knowledge' : `/knowledge?${query}`
  }
  return {
    title: 'Knowledge',
    mayImport: may(person, { verb: 'import articles' }),
    total,
    rows: await presentArticleRows(
      articles.map(record => ({ record, highlights: {} })),
      search.namer(person),
      { now: clock.now() },
    ),
    kinds: [
      { href: address({ kind: undefined }), text: 'All kinds', current: kind === undefined },
      ...Object.entries(kindNames).map(([id, text]) => ({ href: address({ kind: id }), text, current: id === kind })),
    ],
    states: [
      { href: address({ state: undefined }), text: 'All but archived and superseded', current: state === undefined },
      ...articleStates.map(of => ({ href: address({ state: of }), text: stateName(of), current: of === state })),
    ],
    compare:
      kind === undefined || kindOf(kind).fields.length === 0
        ? undefined
        : { href: `/knowledge/kinds/${kind}`, text: `Compare ${kindOf(kind).plural.toLowerCase()}` },
    newHref: kind === undefined ? '/knowledge/new' : `/knowledge/new?kind=${encodeURIComponent(kind)}`,
    pagination: pagination(page, Math.ceil(total / pageSize), number => address({ page: number })),
  }
}
