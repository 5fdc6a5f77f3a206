import type { Followable } from '../../notifications/followable.ts'
import type { HelpRequest } from './requestModel.ts'
import type { RequestService } from './requestService.ts'

const asSubject = ({ _id: id, slug, title }: HelpRequest) => ({ id, slug, name: title, href: `/requests/${slug}` })

export const followedRequests = (requests: RequestService): Followable => ({
  kind: 'request',
  heading: 'Requests',
  bySlug: async (reader, slug) => asSubject(await requests.readable(reader, slug)),
  byIds: async (reader, ids) => new Map((await requests.among(reader, ids)).map(request => [request._id, asSubject(request)])),
})
