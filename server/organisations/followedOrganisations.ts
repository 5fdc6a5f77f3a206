import type { Followable } from '../notifications/followable.ts'
import type { OrganisationService } from './organisationService.ts'
import type { TeamService } from './teamService.ts'

interface Named {
  _id: string
  slug: string
  name: string
}

const asSubject =
  (place: string) =>
  ({ _id: id, slug, name }: Named) => ({ id, slug, name, href: `/${place}/${slug}` })
const organisationSubject = asSubject('organisations')
const teamSubject = asSubject('teams')

export const followedOrganisations = (organisations: OrganisationService): Followable => ({
  kind: 'organisation',
  heading: 'Organisations',
  bySlug: async (reader, slug) => organisationSubject(await organisations.bySlug(reader, slug)),
  byIds: async (reader, ids) => new Map((await organisations.named({ ids }, reader)).map(found => [found._id, organisationSubject(found)])),
})

export const followedTeams = (teams: TeamService): Followable => ({
  kind: 'team',
  heading: 'Teams',
  bySlug: async (reader, slug) => teamSubject(await teams.bySlug(reader, slug)),
  byIds: async (reader, ids) => new Map((await teams.named({ ids }, reader)).map(found => [found._id, teamSubject(found)])),
})
