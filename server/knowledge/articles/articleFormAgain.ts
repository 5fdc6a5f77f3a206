import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'
import { previewed, type WrittenAgain, withLink } from '../writing/writingAgain.ts'
import { ofChosenKind, presentArticleForm } from './articleFormPresenter.ts'
import type { Article } from './articleModel.ts'

type Typed = Record<string, unknown>

/** The form once more, as one of its buttons asks for it, with everything typed still there. */
export async function presentFormAgain(typed: Typed, person: SignedInPerson, services: Services, article?: Article) {
  const { errors = {}, typed: now, linkChoices = [], preview } = await asked(typed, person, services, article)
  const form = await presentArticleForm({ typed: now, errors, ...(article === undefined ? {} : { article }) }, person, services)
  return { ...form, writing: { ...form.writing, linkChoices, ...(preview === undefined ? {} : { preview }) } }
}

async function asked(typed: Typed, person: SignedInPerson, services: Services, article?: Article): Promise<WrittenAgain> {
  if (typed.show === 'preview') return previewed(typed, person, services, article)
  if (typed.show === 'link' || typed.link !== undefined) return withLink(typed, person, services)
  return { typed: ofChosenKind(typed) }
}
