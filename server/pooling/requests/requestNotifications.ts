import type { JobServices } from '../../feature.ts'
import type { Notice, NotificationKind } from '../../notifications/notificationKind.ts'
import type { HelpRequest } from './requestModel.ts'
import { answeredKind, changedKind, invitedKind, risenKind } from './requestNews.ts'
import { type RequestStep, transitions } from './requestStates.ts'

type Needed = Pick<JobServices, 'requests' | 'bylines'>

export const requestNotifications = ({ requests, bylines }: Needed): NotificationKind[] => {
  const presentWith =
    (
      subject: string,
      wordsOf: (request: HelpRequest, notice: Notice, name: string) => string,
      isFor: IsFor = () => true,
    ): NotificationKind['present'] =>
    async (reader, notices) => {
      const ids = notices.map(({ subjectId }) => subjectId)
      const [found, names] = await Promise.all([
        requests.among(reader, ids),
        bylines.of(
          notices.flatMap(({ byId }) => byId ?? []),
          reader,
        ),
      ])
      const byId = new Map(found.map(request => [request._id, request]))
      return new Map(
        notices.flatMap(notice => {
          const request = byId.get(notice.subjectId)
          if (request === undefined || !isFor(request, reader.id)) return []
          const words = wordsOf(request, notice, names.get(notice.byId ?? '')?.name ?? 'Somebody')
          return [[notice._id, { words, href: `/requests/${request.slug}`, mail: { subject, words } }] as const]
        }),
      )
    }

  return [
    {
      id: invitedKind,
      title: 'You are invited to help with a request',
      usually: 'now',
      present: presentWith('You are invited to help', ({ title }) => `You are invited to help with “${title}”`, isInvited),
    },
    {
      id: answeredKind,
      title: 'Somebody answers a request that you asked, answered or follow',
      usually: 'daily',
      present: presentWith('A request is answered', ({ title }, _notice, name) => `${name} answered “${title}”`),
    },
    {
      id: changedKind,
      title: 'A request that you asked, help with or follow changes',
      usually: 'daily',
      present: presentWith('A request changed', ({ title }, { byId, facts }, name) =>
        changedWords(title, String(facts?.step), byId && name),
      ),
    },
    {
      id: risenKind,
      title: 'A request that you may be able to help with has no answer yet',
      usually: 'daily',
      present: presentWith('A request without an answer', ({ title }) => `“${title}” has no answer yet`),
    },
  ]
}

type IsFor = (request: HelpRequest, personId: string) => boolean

const isInvited: IsFor = ({ invitations }, personId) => invitations.some(invitation => invitation.personId === personId)

function changedWords(title: string, step: string, name: string | undefined): string {
  if (step === 'edit') return `${name ?? 'Somebody'} changed “${title}”`
  if (step === 'thank') return `“${title}”: ${name ?? 'Somebody'} said what came of it, and thanks you`
  const said = transitions[step as RequestStep]?.said ?? 'changed it'
  return `“${title}”: ${name ?? 'it'} ${said}`
}
