import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { markdownToHtml } from '../../documents/markdown.ts'
import { dateAndTime, longDate } from '../../http/dates.ts'
import { pagination } from '../../http/pages.ts'
import type { Byline } from '../../people/bylines.ts'
import type { NamedRecord } from '../../search/searchType.ts'
import type { Services } from '../../services.ts'
import { kinds } from '../kinds/kinds.ts'
import type { Article, Revision } from './articleModel.ts'
import { presentArticleRows } from './articleRows.ts'

const linked = (path: string, name: NamedRecord | undefined) =>
  name === undefined ? [] : [{ href: `/${path}/${name.slug}`, text: name.label }]

/** Who wrote something stands under it; the name leads to the profile of who is still here. */
const credited = ({ name, href }: Byline) => ({ text: name, ...(href === undefined ? {} : { href }) })

/** Everything that views/knowledge/article prints. */
export async function presentArticle(article: Article, person: SignedInPerson, { search, bylines, related: relatedRecords }: Services) {
  const named = search.namer(person)
  const [authors, organisations, { skills, related }, teams] = await Promise.all([
    bylines.of([...article.authorIds, ...(article.owner.personId ? [article.owner.personId] : [])], person),
    named('organisation', [article.organisationId, ...article.chosenOrganisationIds]),
    skillsAndRelated(article, person, { search, related: relatedRecords }),
    named('team', article.owner.teamId === undefined ? [] : [article.owner.teamId]),
  ])
  return {
    title: article.title,
    kind: kinds[article.kind],
    isDraft: article.state === 'draft',
    html: markdownToHtml(article.text),
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
    revision: article.revision,
    historyHref: `/knowledge/${article.slug}/history`,
    ...(may(person, { verb: 'write article', record: article })
      ? { editHref: `/knowledge/${article.slug}/edit`, deleteAction: `/knowledge/${article.slug}/delete` }
      : {}),
  }
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
  if (article.state === 'draft') return 'Draft: seen by its authors, its team and the editors of its organisation'
  const own = organisations.get(article.organisationId)?.label ?? 'its organisation'
  switch (article.visibility) {
    case 'partnership':
      return 'Everybody in the partnership'
    case 'organisation':
      return `Only ${own}`
    case 'chosen':
      return [own, ...article.chosenOrganisationIds.map(id => organisations.get(id)?.label)].filter(Boolean).join(', ')
    case 'team':
      return 'The team that owns it'
  }
}

interface Listed {
  articles: Article[]
  total: number
  page: number
  pageSize: number
  kind: string | undefined
}

export async function presentArticleList({ articles, total, page, pageSize, kind }: Listed, person: SignedInPerson, { search }: Services) {
  const address = (number: number) =>
    `/knowledge?${new URLSearchParams({ ...(kind === undefined ? {} : { kind }), ...(number > 1 ? { page: String(number) } : {}) })}`
  return {
    title: 'Knowledge',
    total,
    rows: await presentArticleRows(
      articles.map(record => ({ record, highlights: {} })),
      search.namer(person),
    ),
    kinds: [
      { href: '/knowledge', text: 'All kinds', current: kind === undefined },
      ...Object.entries(kinds).map(([id, text]) => ({ href: `/knowledge?kind=${id}`, text, current: id === kind })),
    ],
    pagination: pagination(page, Math.ceil(total / pageSize), address),
  }
}

export async function presentHistory(
  { article, revisions }: { article: Article; revisions: Revision[] },
  person: SignedInPerson,
  { bylines }: Services,
) {
  const people = await bylines.of(
    revisions.map(({ savedById }) => savedById),
    person,
  )
  return {
    title: `History of “${article.title}”`,
    articleTitle: article.title,
    articleHref: `/knowledge/${article.slug}`,
    revisions: revisions.map(({ revision, savedAt, savedById, title, text }) => ({
      revision,
      saved: dateAndTime(savedAt),
      by: people.get(savedById)?.name ?? 'an import',
      title,
      text,
    })),
  }
}
