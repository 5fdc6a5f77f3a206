import type { JobServices } from '../../feature.ts'
import type { JobType } from '../../jobs/jobType.ts'

type Needed = Pick<JobServices, 'requestInvitations' | 'dueRequests' | 'requestLeavers'>

/** What time does to requests: each once, however many processes run. */
export const requestsDue = ({ requestInvitations, dueRequests, requestLeavers }: Needed): JobType => ({
  name: 'requests-due',
  title: 'Ask the next for requests, let those without an answer rise, and end what has expired',
  schedule: { everyMinutes: 15 },
  onRequest: true,
  async run() {
    const left = await requestLeavers.passOn()
    const expired = await dueRequests.expire()
    const asked = await requestInvitations.passOverSilent()
    const risen = await dueRequests.rise()
    if (left + expired + asked + risen === 0) return undefined
    return `${risen} rose, the next asked for ${asked}, ${expired} expired, ${left} passed on for those who left`
  },
})
