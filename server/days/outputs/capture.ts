import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { Invalid } from '../../failures.ts'
import { parseForm } from '../../http/validated.ts'
import { offerContent } from '../../pooling/offers/offerContent.ts'
import { offerForm } from '../../pooling/offers/offerForms.ts'
import { beginsOn } from '../../pooling/raisedOn.ts'
import { requestContent } from '../../pooling/requests/requestContent.ts'
import { requestForm } from '../../pooling/requests/requestForms.ts'
import type { Services } from '../../services.ts'
import type { Day } from '../dayModel.ts'
import { type CapturedKind, type CaptureForm, capturedKinds } from './captureForm.ts'

/** What somebody may write down on the page of a day. */
export function kindsFor(person: SignedInPerson, day: Day): CapturedKind[] {
  const mayRun = may(person, { verb: 'run day', record: day })
  return capturedKinds.filter(kind => {
    if (kind === 'question' || kind === 'offer') return day.state === 'published'
    return mayRun && (kind !== 'priority' || day.vote === undefined)
  })
}

/** Keeps one line as what it is. @throws Invalid for a kind that this person may not write down on this day */
export async function capture(person: SignedInPerson, day: Day, { kind, line: title }: CaptureForm, services: Services): Promise<void> {
  if (!kindsFor(person, day).includes(kind)) throw new Invalid({ line: `You cannot write down a ${kind} on this day` })
  const { outputs, requestWriting, offers } = services
  const undated = { due: undefined, owner: undefined, priorityId: undefined }
  const keep: Record<CapturedKind, () => Promise<unknown>> = {
    priority: () => outputs.addPriority(person, day.slug, title),
    decision: () => outputs.addDecision(person, day.slug, { title, why: '', reviewOn: undefined }),
    action: () => outputs.addAction(person, day.slug, { title, ...undated }),
    question: async () => {
      const form = { type: 'question', title, text: title, ...(await beginsOn(day.slug, services, person)) }
      return requestWriting.ask(person, await requestContent(parseForm(requestForm, form), services, person))
    },
    offer: async () => {
      const form = { kind: 'advice', title, ...(await beginsOn(day.slug, services, person)) }
      return offers.create(person, await offerContent(parseForm(offerForm, form), services, person))
    },
  }
  try {
    await keep[kind]()
  } catch (error) {
    if (error instanceof Invalid) throw new Invalid({ line: Object.values(error.problems)[0] ?? 'This line cannot be kept' })
    throw error
  }
}
