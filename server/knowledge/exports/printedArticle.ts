import type { SignedInPerson } from '../../access/accessTokens.ts'
import { type Block, markdownBlocks } from '../../documents/markdownBlocks.ts'
import type { PrintedDocument } from '../../documents/printedDocument.ts'
import { longDate } from '../../http/dates.ts'
import type { Services } from '../../services.ts'
import type { Article } from '../articles/articleModel.ts'
import { presentFields } from '../kinds/fieldPresenter.ts'
import { kindName, kindOf } from '../kinds/kinds.ts'
import { stateName } from '../reviews/articleStates.ts'

type Directories = Pick<Services, 'bylines' | 'search'>

/** An article for paper: whose it is, how old, and how far it may travel stand above its text. @param site  without a slash at the end */
export async function printedArticle(
  article: Article,
  person: SignedInPerson,
  { bylines, search }: Directories,
  site: string,
): Promise<PrintedDocument> {
  const named = search.namer(person)
  const { owner, authorIds, organisationId } = article
  const [people, teams, organisations] = await Promise.all([
    bylines.of([...authorIds, ...(owner.personId === undefined ? [] : [owner.personId])], person),
    named('team', owner.teamId === undefined ? [] : [owner.teamId]),
    named('organisation', [organisationId]),
  ])
  const facts = [
    ['Kind', kindName(article.kind)],
    ['Marking', article.marking ?? 'OFFICIAL'],
    ['Owner', teams.get(owner.teamId ?? '')?.label ?? people.get(owner.personId ?? '')?.name],
    ['Organisation', organisations.get(organisationId)?.label],
    ['Authors', authorIds.flatMap(id => people.get(id)?.name ?? []).join(', ')],
    ['State', stateName(article.state)],
    ['Revision', `${article.revision}, ${longDate(article.updatedAt)}`],
    ['Next review', article.reviewDueAt === undefined ? undefined : longDate(article.reviewDueAt)],
    ['Address', `${site}/knowledge/${article.slug}`],
  ]
  return {
    title: article.title,
    marking: article.marking ?? 'OFFICIAL',
    facts: facts.flatMap(([label = '', text]) => (text ? [{ label, text }] : [])),
    blocks: [...fieldBlocks(article), ...markdownBlocks(article.text, site)],
  }
}

function fieldBlocks({ kind, fields = [] }: Article): Block[] {
  const rows = presentFields(kindOf(kind), fields).map(({ label, lines }) => [
    [{ text: label, bold: true as const }],
    [{ text: lines.join('\n') }],
  ])
  return rows.length === 0 ? [] : [{ type: 'table', rows: [[[{ text: 'In short' }], [{ text: '' }]], ...rows] }]
}
