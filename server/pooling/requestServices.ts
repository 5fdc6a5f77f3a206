import type { AccountService } from '../accounts/accountService.ts'
import type { Clock } from '../clock.ts'
import type { Comments } from '../comments/comments.ts'
import type { Models } from '../models.ts'
import type { Following } from '../notifications/following.ts'
import type { Notifications } from '../notifications/notifications.ts'
import type { PersonService } from '../people/personService.ts'
import type { SearchService } from '../search/searchService.ts'
import { Answers } from './answers/answers.ts'
import { Matching } from './matching/matching.ts'
import { OpenMatters } from './matching/openMatters.ts'
import { RequestInvitations } from './matching/requestInvitations.ts'
import { RequestNews } from './requests/requestNews.ts'
import type { RequestService } from './requests/requestService.ts'
import { RequestSteps } from './requests/requestSteps.ts'
import { RequestWriting } from './requests/requestWriting.ts'

interface Collaborators {
  requests: RequestService
  accounts: AccountService
  people: PersonService
  comments: Comments
  following: Following
  notifications: Notifications
  search: SearchService
  clock: Clock
  narrowed(type: string, id: string): Promise<void>
}

export interface RequestServices {
  requestNews: RequestNews
  requestSteps: RequestSteps
  requestWriting: RequestWriting
  answers: Answers
  matching: Matching
  requestInvitations: RequestInvitations
}

/** What needs to know who follows and what a search finds, which is made from what the features declare. */
export function requestServices(models: Pick<Models, 'requests'>, collaborators: Collaborators): RequestServices {
  const requestNews = new RequestNews(collaborators)
  const requestSteps = new RequestSteps(models, { ...collaborators, requestNews })
  const matching = new Matching({ ...collaborators, openMatters: new OpenMatters(models) })
  return {
    requestNews,
    requestSteps,
    requestWriting: new RequestWriting(models, { ...collaborators, requestNews }),
    matching,
    requestInvitations: new RequestInvitations(models, { ...collaborators, requestNews, requestSteps, matching }),
    answers: new Answers(models, { ...collaborators, requestNews, requestSteps }),
  }
}
