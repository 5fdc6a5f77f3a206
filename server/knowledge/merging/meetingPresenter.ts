import type { SignedInPerson } from '../../access/accessTokens.ts'
import { timeOrDate } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { Article } from '../articles/articleModel.ts'
import { type ComparedRow, compareTexts } from '../revisions/comparison.ts'
import type { Revision } from '../revisions/revisionModel.ts'
import type { Opened } from '../revisions/revisions.ts'
import { isSettled, marksProblem, mergedText } from './conflictMarks.ts'
import { mergeTexts } from './threeWayMerge.ts'

interface Meeting {
  text: string
  errors: Problems
  /** Both texts side by side; undefined when they are the same. */
  comparison: { before: { heading: string }; after: { heading: string }; rows: (ComparedRow | { skipped: number })[] } | undefined
}

interface Given {
  /** With `opened`, the revision that the writer began with. */
  typed: Record<string, unknown>
  article: Article
  opened: Opened
}

/** What somebody typed, brought together with what was saved while they wrote. */
export async function presentMeeting({ typed, article, opened }: Given, person: SignedInPerson, services: Services): Promise<Meeting> {
  const { kept, waiting } = opened
  const mine = asKept(typed.text)
  const { text: theirs } = waiting ?? article
  const base = await services.revisions.writtenAs(article, String(typed.opened ?? ''))
  if (kept !== undefined && base?._id === kept._id) return { text: mine, errors: { form: otherwiseChanged }, comparison: undefined }
  const saved = await savedBy(kept, article, person, services)
  if (mine === theirs) return { text: mine, errors: { form: sameText(saved) }, comparison: undefined }
  const passages = mergeTexts(base?.text, mine, theirs)
  const text = mergedText(passages, saved)
  const comparison = { before: { heading: saved }, after: { heading: 'What you typed' }, rows: compareTexts(theirs, mine) }
  if (isSettled(passages)) return { text, errors: { form: together(saved) }, comparison }
  return { text, errors: { form: apart(saved), text: marksProblem(text) ?? '' }, comparison }
}

const asKept = (typed: unknown) => (typeof typed === 'string' ? typed : '').replace(/\r\n?/g, '\n').trimEnd()

/** "Ann Lee saved at 10:14" */
async function savedBy(
  kept: Revision | undefined,
  article: Article,
  person: SignedInPerson,
  { bylines, clock }: Services,
): Promise<string> {
  const savedById = kept?.savedById ?? ''
  const name = (await bylines.of([savedById], person)).get(savedById)?.name ?? 'Somebody'
  const at = timeOrDate(kept?.savedAt ?? article.updatedAt, clock.now())
  return `${name} saved ${/^\d\d:/.test(at) ? 'at' : 'on'} ${at}`
}

const otherwiseChanged =
  'This article was changed while you were writing, but not its text. What you typed is in the form, and what is otherwise now stands above it: look and save again.'
const sameText = (saved: string) =>
  `${saved}, while you were writing, the same text as yours. What else differs stands above the form: look and save again.`
const together = (saved: string) => `${saved}, while you were writing. Both texts are together in the form: look and save again.`
const apart = (saved: string) =>
  `${saved}, while you were writing. Both texts are together in the form. Where they do not go together both passages stand between marks: keep what is right of both, and save again.`
