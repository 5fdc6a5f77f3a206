import type { SignedInPerson } from '../../access/accessTokens.ts'
import { timeOrDate } from '../../http/dates.ts'
import type { Services } from '../../services.ts'
import type { Article } from '../articles/articleModel.ts'
import { typedIn } from './workingTexts.ts'

type Typed = Record<string, unknown>
interface Shown {
  typed: Typed
  article?: Article
  isContinued?: boolean
}

/**
 * What the form of an article begins with, and what its page says of text that was not saved: somebody's own, to be continued or discarded, and
 * that others are editing.
 */
export async function withWorkingText({ typed, article, isContinued }: Shown, person: SignedInPerson, services: Services) {
  const [own, editing] = await Promise.all([services.workingTexts.of(person, article), presentEditing(article, person, services)])
  // Boxes that are not ticked are not sent.
  const unsaved = own === undefined ? undefined : { chosenOrganisations: [], ...typedIn(own) }
  if (own === undefined || unsaved === undefined || isSame(unsaved, typed)) return { typed, working: presentWorking(article, { editing }) }
  if (isContinued) return { typed: { ...typed, ...unsaved }, working: presentWorking(article, { editing }) }
  return { typed, working: presentWorking(article, { editing, offered: timeOrDate(own.keptAt, services.clock.now()) }) }
}

interface Working {
  editing?: string[]
  offered?: string
  /** Older text was offered and neither continued nor discarded: nothing is written over it, and saving does not erase it. */
  isUndecided?: boolean
}

/** Of a form that is shown again with what was typed: it is kept on. */
export const presentWorking = (
  article: Article | undefined,
  { editing = [], offered, isUndecided = offered !== undefined }: Working = {},
) => {
  const path = article === undefined ? '/knowledge/new' : `/knowledge/${article.slug}`
  const form = article === undefined ? path : `${path}/edit`
  return {
    editing,
    isUndecided,
    keepAction: isUndecided ? undefined : `${path}/working-text`,
    offered:
      offered === undefined
        ? undefined
        : { at: offered, href: `${form}?working-text=continue`, discardAction: `${path}/working-text/discard` },
  }
}

/** "Ann Lee is editing this since 10:02." */
async function presentEditing(article: Article | undefined, person: SignedInPerson, { workingTexts, bylines, clock }: Services) {
  const others = article === undefined ? [] : await workingTexts.othersEditing(person, article)
  if (others.length === 0) return []
  const names = await bylines.of(
    others.map(({ personId }) => personId),
    person,
  )
  return others.flatMap(({ personId, since }) => {
    const name = names.get(personId)?.name
    return name === undefined ? [] : [`${name} is editing this since ${timeOrDate(since, clock.now())}.`]
  })
}

/** Saved in the meantime, or typed back to what it was. */
const isSame = (unsaved: Typed, typed: Typed) =>
  Object.entries(unsaved).every(([name, value]) => uncounted.includes(name) || asText(value) === asText(typed[name]))

const uncounted = ['revision', 'opened', 'summary']
const asText = (value: unknown) => [value].flat().filter(Boolean).join('\n').replace(/\r\n?/g, '\n').trimEnd()
