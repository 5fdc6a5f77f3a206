import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { presentArticleForm, typedArticle } from './articleFormPresenter.ts'
import type { Article } from './articleModel.ts'

type Form = Awaited<ReturnType<typeof presentArticleForm>>
type Field = NonNullable<Form['fields'][keyof Form['fields']]> | Form['kindFields'][number]['options']

/** The form once more with what was typed, and beside it what is saved now: saving again must lose nobody's change unseen. */
export async function presentArticleConflict(
  { typed, errors, article }: { typed: Record<string, unknown>; errors: Problems; article: Article },
  person: SignedInPerson,
  services: Services,
) {
  const [form, saved] = await Promise.all([
    presentArticleForm({ typed, errors, article }, person, services),
    savedForm(article, person, services),
  ])
  return { ...form, revision: saved.revision, savedMeanwhile: differences(allFields(saved), allFields(form)) }
}

async function savedForm(article: Article, person: SignedInPerson, services: Services): Promise<Form> {
  const waiting = await services.revisions.waiting(article, person)
  const kept = await typedArticle(article, services.search.namer(person), waiting)
  return presentArticleForm({ typed: kept, article }, person, services)
}

const allFields = ({ fields: { summary: _said, ...fields }, kindFields }: Form): Field[] => [
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
