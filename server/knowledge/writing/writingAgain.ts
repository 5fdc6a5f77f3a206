import type { SignedInPerson } from '../../access/accessTokens.ts'
import { longestMarkdown } from '../../documents/markdown.ts'
import { asLink, linkMarkdown, type RecordLink } from '../../documents/recordLinks.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { tooLong } from '../articles/articleForms.ts'
import type { Article } from '../articles/articleModel.ts'
import { shownPictures } from '../attachments/shownPictures.ts'
import { drawnText } from './drawnText.ts'
import { type LinkSuggestion, linksCalled } from './pickedLinks.ts'

type Typed = Record<string, unknown>

/** What the buttons beside a text made of it: the text with a link, records to choose from, or how it will look. */
export interface WrittenAgain {
  typed: Typed
  errors?: Problems
  /** Of which of them is meant? */
  linkChoices?: LinkSuggestion[]
  preview?: Awaited<ReturnType<typeof drawnText>>
}

const lineOf = (typed: Typed, field: string) => (typeof typed[field] === 'string' ? typed[field] : '')

/** Previews the text. */
export async function previewed(typed: Typed, person: SignedInPerson, services: Services, article?: Article): Promise<WrittenAgain> {
  const text = lineOf(typed, 'text')
  if (text.length > longestMarkdown) return { typed, errors: { text: tooLong(text.length) } }
  return { typed, preview: await previewOf(text, person, services, article) }
}

/** How a text will look, with the pictures of the article that it is of. */
export const previewOf = (text: string, person: SignedInPerson, services: Services, article?: Article) =>
  drawnText(text, person, services, article && (() => shownPictures(article, services.attachments)))

/** Adds a link to the record that is named, or asks which of several is meant. */
export async function withLink(typed: Typed, person: SignedInPerson, services: Services): Promise<WrittenAgain> {
  const chosen = asLink(lineOf(typed, 'link'))
  if (chosen !== undefined) return linkedTo(chosen, typed, person, services)
  const named = lineOf(typed, 'linkTo').trim()
  if (named === '') return { typed, errors: { linkTo: 'Enter the name of a person, skill, organisation or article' } }
  const found = await linksCalled(named, person, services)
  const [first] = found
  if (first === undefined) return { typed, errors: { linkTo: `There is nothing called “${named}” that you can link to` } }
  if (found.length > 1) return { typed, linkChoices: found }
  return { typed: withInserted(typed, first.insert) }
}

/** As it is called now, whatever the form says. */
async function linkedTo(link: RecordLink, typed: Typed, person: SignedInPerson, { linkedRecords }: Services): Promise<WrittenAgain> {
  const title = (await linkedRecords.titles([link], person)).get(link)
  if (title === undefined) return { typed, errors: { linkTo: 'This is not there any more: name another' } }
  return { typed: withInserted(typed, linkMarkdown(link, title)) }
}

/** Without scripts nobody knows where the cursor stood: it goes to the end. */
function withInserted(typed: Typed, insert: string): Typed {
  const text = lineOf(typed, 'text').trimEnd()
  return { ...typed, text: text === '' ? insert : `${text}\n\n${insert}`, linkTo: '' }
}
