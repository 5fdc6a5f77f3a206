import type { AccountService } from '../accounts/accountService.ts'
import type { Clock } from '../clock.ts'
import type { Comments } from '../comments/comments.ts'
import type { Models } from '../models.ts'
import type { Following } from '../notifications/following.ts'
import type { Notifications } from '../notifications/notifications.ts'
import type { OrganisationService } from '../organisations/organisationService.ts'
import type { SettingsService } from '../partnership/settings/settingsService.ts'
import type { Leavers } from '../people/leavers.ts'
import type { PersonService } from '../people/personService.ts'
import type { SearchService } from '../search/searchService.ts'
import { Answers } from './answers/answers.ts'
import { DueRequests } from './matching/dueRequests.ts'
import { Matching } from './matching/matching.ts'
import { OpenMatters } from './matching/openMatters.ts'
import { RequestInvitations } from './matching/requestInvitations.ts'
import { RequestLeavers } from './matching/requestLeavers.ts'
import { RiseDays } from './matching/riseDays.ts'
import { Outcomes } from './outcomes/outcomes.ts'
import { RequestNews } from './requests/requestNews.ts'
import type { RequestService } from './requests/requestService.ts'
import { RequestSteps } from './requests/requestSteps.ts'
import { RequestWriting } from './requests/requestWriting.ts'

interface Collaborators {
  requests: RequestService
  accounts: AccountService
  people: PersonService
  leavers: Leavers
  organisations: OrganisationService
  settings: SettingsService
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
  outcomes: Outcomes
  dueRequests: DueRequests
  requestLeavers: RequestLeavers
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
    outcomes: new Outcomes(models, { ...collaborators, requestNews }),
    dueRequests: new DueRequests(models, {
      ...collaborators,
      requestNews,
      requestSteps,
      matching,
      riseDays: new RiseDays(collaborators.settings),
    }),
    requestLeavers: new RequestLeavers(models, { ...collaborators, requestSteps }),
    answers: new Answers(models, { ...collaborators, requestNews, requestSteps }),
  }
}
