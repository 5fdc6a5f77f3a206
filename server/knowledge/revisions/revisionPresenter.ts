import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { dateAndTime } from '../../http/dates.ts'
import type { Services } from '../../services.ts'
import type { Article } from '../articles/articleModel.ts'
import { presentFields } from '../kinds/fieldPresenter.ts'
import { kindName, kindOf } from '../kinds/kinds.ts'
import { setAsideStates } from '../reviews/articleStates.ts'
import { compareTexts } from './comparison.ts'
import type { Revision } from './revisionModel.ts'

/** Everything that views/knowledge/history prints. */
export async function presentHistory(
  { article, revisions }: { article: Article; revisions: Revision[] },
  person: SignedInPerson,
  { bylines }: Pick<Services, 'bylines'>,
) {
  const people = await bylines.of(
    revisions.map(({ savedById }) => savedById),
    person,
  )
  const path = `/knowledge/${article.slug}/history`
  const restores = may(person, { verb: 'write article', record: article }) && !setAsideStates.includes(article.state)
  return {
    title: `History of “${article.title}”`,
    articleTitle: article.title,
    articleHref: `/knowledge/${article.slug}`,
    compareAction: revisions.length > 1 ? `${path}/compare` : undefined,
    choices: revisions.map(({ revision, savedAt }) => ({ value: String(revision), text: `Revision ${revision}, ${dateAndTime(savedAt)}` })),
    revisions: revisions.map(({ revision, savedAt, savedById, summary, title, text }, place) => ({
      revision,
      saved: dateAndTime(savedAt),
      by: people.get(savedById)?.name ?? 'an import',
      summary,
      title,
      text,
      ...(place + 1 < revisions.length ? { compareHref: `${path}/compare?from=${revisions[place + 1]?.revision}&to=${revision}` } : {}),
      ...(restores && place > 0 ? { restoreAction: `${path}/${revision}/restore` } : {}),
    })),
  }
}

/** Everything that views/knowledge/comparison prints. */
export async function presentComparison(
  { article, before, after }: { article: Article; before: Revision; after: Revision },
  person: SignedInPerson,
  { bylines }: Pick<Services, 'bylines'>,
) {
  const people = await bylines.of([before.savedById, after.savedById], person)
  const named = (revision: Revision) => ({
    heading:
      revision.revision === 0
        ? 'As it is published'
        : revision._id === article.approval?.revisionId
          ? 'What waits for approval'
          : `Revision ${revision.revision}`,
    saved: dateAndTime(revision.savedAt),
    by: people.get(revision.savedById)?.name ?? 'an import',
    summary: revision.summary,
  })
  return {
    title: `Comparison of “${article.title}”`,
    articleTitle: article.title,
    articleHref: `/knowledge/${article.slug}`,
    historyHref: `/knowledge/${article.slug}/history`,
    reviewHref: article.approval?.revisionId === after._id ? `/knowledge/${article.slug}/review` : undefined,
    before: named(before),
    after: named(after),
    rows: compareTexts(readAsText(before, article), readAsText(after, article)),
  }
}

/** The title, what the kind asks for, and the text: what was written. */
function readAsText({ title, text, kind = '', fields = [] }: Revision, article: Article): string {
  const ofKind = kindOf(kind === '' ? article.kind : kind)
  const lines = presentFields(ofKind, fields).flatMap(({ label, lines: said, isList }) =>
    isList ? [`${label}:`, ...said.map(line => `- ${line}`)] : [`${label}: ${said.join(' ')}`],
  )
  return [`# ${title}`, ...(kind === '' ? [] : [kindName(kind)]), ...lines, '', ...text.split('\n')].join('\n')
}
