import type { SignedInPerson } from '../../access/accessTokens.ts'
import { presentFollowButton } from '../../notifications/followingPresenter.ts'
import type { Services } from '../../services.ts'
import { presentAnswers } from '../answers/answerPresenter.ts'
import { presentMatching } from '../matching/matchingPresenter.ts'
import { presentOutcome } from '../outcomes/outcomePresenter.ts'
import type { HelpRequest } from './requestModel.ts'
import { presentRequest } from './requestPresenter.ts'

/** Everything that views/pooling/requests/request prints. @param typed  of an answer or an invitation that was refused */
export async function presentRequestPage(
  request: HelpRequest,
  person: SignedInPerson,
  services: Services,
  typed: Record<string, unknown> = {},
) {
  const { _id, slug, title } = request
  const [shown, answered, matching, outcome, follow] = await Promise.all([
    presentRequest(request, person, services),
    presentAnswers(request, person, services, typed),
    presentMatching(request, person, services, typed),
    presentOutcome(request, person, services, typed),
    presentFollowButton(services.following, person, 'request', { _id, slug, name: `“${title}”` }),
  ])
  return { ...shown, answered, matching, outcome, follow }
}
