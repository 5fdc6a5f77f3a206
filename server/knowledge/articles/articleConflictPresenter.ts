import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { presentArticleForm, typedArticle } from './articleFormPresenter.ts'
import type { Article } from './articleModel.ts'

type Fields = Awaited<ReturnType<typeof presentArticleForm>>['fields']
type Field = Fields[keyof Fields]

/** The form once more with what was typed, and beside it what is saved now: saving again must lose nobody's change unseen. */
export async function presentArticleConflict(
  { typed, errors, article }: { typed: Record<string, unknown>; errors: Problems; article: Article },
  person: SignedInPerson,
  services: Services,
) {
  const [form, saved] = await Promise.all([
    presentArticleForm({ typed, errors, article }, person, services),
    typedArticle(article, services.search.namer(person)).then(kept => presentArticleForm({ typed: kept, article }, person, services)),
  ])
  return { ...form, revision: saved.revision, savedMeanwhile: differences(saved.fields, form.fields) }
}

function differences(saved: Fields, typed: Fields): { label: string; text: string }[] {
  const names = Object.keys(saved) as (keyof Fields)[]
  return names
    .filter(name => printed(saved[name]) !== printed(typed[name]))
    .map(name => ({ label: labelOf(saved[name]), text: printed(saved[name]) || 'Nothing' }))
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
