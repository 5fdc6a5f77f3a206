import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { markdownToHtml, type ReadMarkdown, readMarkdown } from '../../documents/markdown.ts'
import { longDate } from '../../http/dates.ts'
import { pagination } from '../../http/pages.ts'
import type { Services } from '../../services.ts'
import { isSensitive } from '../articles/articleMarking.ts'
import type { Article } from '../articles/articleModel.ts'
import { audienceText } from '../articles/audience.ts'
import { shownPictures } from '../attachments/shownPictures.ts'
import { presentFields } from '../kinds/fieldPresenter.ts'
import { kindName, kindOf } from '../kinds/kinds.ts'
import { badgesOf } from '../reviews/reviewBadges.ts'
import type { Collection } from './collectionModel.ts'
import { presentCollectionRows } from './collectionSearchDocument.ts'
import { deeperHtml } from './deeperHtml.ts'

export const collectionHref = ({ slug }: Pick<Collection, 'slug'>) => `/knowledge/collections/${slug}`
const counted = (articles: number) => `${articles.toLocaleString('en-GB')} ${articles === 1 ? 'article' : 'articles'}`

interface Listed {
  collections: Collection[]
  total: number
  page: number
  pageSize: number
}

export async function presentCollectionList({ collections, total, page, pageSize }: Listed, person: SignedInPerson, services: Services) {
  const ids = collections.flatMap(({ articleIds }) => articleIds)
  const seen = new Set((await services.collectedArticles.named(person, ids)).map(({ _id }) => _id))
  const rows = await presentCollectionRows(
    collections.map(record => ({ record, highlights: {} })),
    services.search.namer(person),
  )
  return {
    title: 'Collections',
    rows: rows.map(({ facts, ...row }, place) => ({
      ...row,
      facts: [counted(collections[place]?.articleIds.filter(id => seen.has(id)).length ?? 0), ...facts.slice(1)],
    })),
    pagination: pagination(page, Math.ceil(total / pageSize), number => `/knowledge/collections${number > 1 ? `?page=${number}` : ''}`),
  }
}

/** Everything that views/knowledge/collections/collection prints. */
export async function presentCollection(collection: Collection, person: SignedInPerson, services: Services) {
  const articles = await services.collectedArticles.named(person, collection.articleIds)
  const href = collectionHref(collection)
  const mayChange = may(person, { verb: 'write collection', record: collection })
  return {
    ...(await presentHead(collection, person, services)),
    articles: articles.map(article => ({
      title: article.title,
      href: `/knowledge/${article.slug}`,
      kind: kindName(article.kind),
      badges: badgesOf(article as Article, services.clock.now()),
    })),
    wholeHref: `${href}/whole`,
    zipHref: `${href}/collection.zip`,
    ...(mayChange ? { editHref: `${href}/edit`, deleteAction: `${href}/delete` } : {}),
  }
}

/** Everything that views/knowledge/collections/whole prints: all articles that the person may read, below the headings of the collection. */
export async function presentWholeCollection(collection: Collection, person: SignedInPerson, services: Services) {
  const articles = await services.collectedArticles.whole(person, collection.articleIds)
  const organisations = await services.search.namer(person)(
    'organisation',
    articles.map(({ organisationId }) => organisationId),
  )
  const texts = await drawnBelow(articles, person, services)
  return {
    ...(await presentHead(collection, person, services)),
    href: collectionHref(collection),
    marking: articles.some(isSensitive) ? 'OFFICIAL-SENSITIVE' : 'OFFICIAL',
    articles: articles.map((article, place) => ({
      id: `article-${place + 1}`,
      title: article.title,
      href: `/knowledge/${article.slug}`,
      marking: article.marking ?? 'OFFICIAL',
      facts: [kindName(article.kind), organisations.get(article.organisationId)?.label, `updated ${longDate(article.updatedAt)}`].filter(
        Boolean,
      ),
      badges: badgesOf(article, services.clock.now()),
      fields: presentFields(kindOf(article.kind), article.fields ?? []),
      html: texts[place] ?? '',
    })),
  }
}

/** The texts of several articles on one page, each with its pictures, and with its links as the reader may follow them. */
async function drawnBelow(
  articles: readonly Article[],
  person: SignedInPerson,
  { linkedRecords, attachments }: Services,
): Promise<string[]> {
  const read = articles.map(({ text }, place) => readMarkdown(text, `article-${place + 1}`))
  const titles = await linkedRecords.titles([...new Set(read.flatMap(({ links }) => links))], person)
  return Promise.all(
    articles.map(async (article, place) => {
      const text = read[place] as ReadMarkdown
      const pictures = text.hasPictures ? await shownPictures(article, attachments) : undefined
      return deeperHtml(text.draw(titles, pictures).html)
    }),
  )
}

async function presentHead(collection: Collection, person: SignedInPerson, { search, bylines }: Services) {
  const named = search.namer(person)
  const { owner, organisationId, chosenOrganisationIds } = collection
  const [organisations, teams, people] = await Promise.all([
    named('organisation', [organisationId, ...chosenOrganisationIds]),
    named('team', owner.teamId === undefined ? [] : [owner.teamId]),
    bylines.of(owner.personId === undefined ? [] : [owner.personId], person),
  ])
  const team = teams.get(owner.teamId ?? '')
  const byline = people.get(owner.personId ?? '')
  return {
    title: collection.title,
    summaryHtml: markdownToHtml(collection.summary),
    organisation: organisations.get(organisationId)?.label,
    owner:
      team !== undefined
        ? { text: team.label, href: `/teams/${team.slug}` }
        : byline === undefined || byline.hasLeft
          ? { text: 'Nobody at present' }
          : { text: byline.name, ...(byline.href === undefined ? {} : { href: byline.href }) },
    updated: longDate(collection.updatedAt),
    audience: audienceText(collection, organisations),
  }
}
