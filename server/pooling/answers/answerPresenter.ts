import type { SignedInPerson } from '../../access/accessTokens.ts'
import { markdownToHtml } from '../../documents/markdown.ts'
import { dateAndTime } from '../../http/dates.ts'
import type { Services } from '../../services.ts'
import { newId } from '../../storage/newId.ts'
import type { HelpRequest } from '../requests/requestModel.ts'
import { mayTake } from '../requests/requestSteps.ts'
import { type Answer, mayAnswer, mayRemove } from './answers.ts'

/** What views/pooling/answers/answers prints: the accepted one first, then the others as they came. @param typed  when it was refused */
export async function presentAnswers(
  request: HelpRequest,
  person: SignedInPerson,
  { answers, bylines }: Pick<Services, 'answers' | 'bylines'>,
  typed: Record<string, unknown> = {},
) {
  const all = await answers.of(request)
  const names = await bylines.of(
    all.map(({ byId }) => byId),
    person,
  )
  const isAccepted = ({ _id }: Answer) => _id === request.acceptedAnswerId
  const mayAccept = request.type === 'question' && mayTake(person, 'accept answer', request)
  const action = (answer: Answer) => `/requests/${request.slug}/answers/${answer._id}`
  const present = (answer: Answer) => ({
    id: `answer-${answer._id}`,
    by: names.get(answer.byId) ?? { name: 'somebody who is not here any more' },
    at: dateAndTime(answer.at),
    html: markdownToHtml(answer.text, answer._id),
    isAccepted: isAccepted(answer),
    ...(mayAccept && !isAccepted(answer) ? { acceptAction: `${action(answer)}/accept` } : {}),
    ...(mayRemove(person, answer) && !isAccepted(answer) ? { deleteAction: `${action(answer)}/delete` } : {}),
  })
  const isQuestion = request.type === 'question'
  return {
    heading: isQuestion ? 'Answers' : 'Replies',
    label: isQuestion ? 'Your answer' : 'Your reply',
    button: isQuestion ? 'Answer' : 'Reply',
    count: all.length,
    rows: [...all.filter(isAccepted), ...all.filter(answer => !isAccepted(answer))].map(present),
    ...(mayAnswer(request) ? { action: `/requests/${request.slug}/answers` } : {}),
    formId: typeof typed.id === 'string' ? typed.id : newId(),
    typed: typeof typed.answer === 'string' ? typed.answer : '',
  }
}
