import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'
import { presentMeeting } from '../merging/meetingPresenter.ts'
import type { Opened } from '../revisions/revisions.ts'
import { presentArticleForm, typedArticle } from './articleFormPresenter.ts'
import type { Article } from './articleModel.ts'

type Form = Awaited<ReturnType<typeof presentArticleForm>>
type Field = NonNullable<Form['fields'][keyof Form['fields']]> | Form['kindFields'][number]['options']

/** The form once more with both texts brought together, and above it what else was saved: saving again must lose nobody's change unseen. */
export async function presentArticleConflict(
  { typed, article }: { typed: Record<string, unknown>; article: Article },
  person: SignedInPerson,
  services: Services,
) {
  const opened = await services.revisions.openedBy(article, person)
  const met = await presentMeeting({ typed, article, opened }, person, services)
  const [form, saved] = await Promise.all([
    presentArticleForm({ typed: { ...typed, text: met.text }, errors: met.errors, article }, person, services),
    savedForm(article, opened, person, services),
  ])
  const { revision, opened: nowOpened } = saved
  return {
    ...form,
    revision,
    opened: nowOpened,
    comparison: met.comparison,
    savedMeanwhile: differences(otherFields(saved), otherFields(form)),
  }
}

async function savedForm(article: Article, opened: Opened, person: SignedInPerson, services: Services): Promise<Form> {
  const kept = await typedArticle(article, services.search.namer(person), opened)
  return presentArticleForm({ typed: kept, article }, person, services)
}

const otherFields = ({ fields: { summary: _said, text: _met, ...fields }, kindFields }: Form): Field[] => [
  ...Object.values(fields).filter(field => field !== undefined),
  ...kindFields.map(({ options }) => options),
]

function differences(saved: readonly Field[], typed: readonly Field[]): { label: string; text: string }[] {
  const typedIn = new Map(typed.map(field => [field.name, printed(field)]))
  return saved
    .filter(field => printed(field) !== (typedIn.get(field.name) ?? ''))
    .map(field => ({ label: labelOf(field), text: printed(field) || 'Nothing' }))
}

const labelOf = (field: Field) => ('label' in field ? field.label.text : field.fieldset.legend.text)

function printed(field: Field): string {
  if (!('items' in field)) return ('value' in field && typeof field.value === 'string' ? field.value : '').replace(/\r\n?/g, '\n').trimEnd()
  const items: { text: string; selected?: boolean; checked?: boolean }[] = field.items
  return items
    .filter(({ selected, checked }) => selected || checked)
    .map(({ text }) => text)
    .join(', ')
}
