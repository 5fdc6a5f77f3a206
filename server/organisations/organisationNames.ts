import type { NameDirectory, NamedRecord } from '../search/searchType.ts'
import type { OrganisationService } from './organisationService.ts'
import type { TeamService } from './teamService.ts'

/** Words that many names have: they name no organisation by themselves. */
const generic = new Set(
  'and authority borough city constabulary council county district fire for foundation group health ict informatics it local metropolitan nhs of office partnership police rescue service services shared the trust university'.split(
    ' ',
  ),
)

const asNamed = ({ _id, slug, name }: { _id: string; slug: string; name: string }): NamedRecord => ({ id: _id, slug, label: name })

/** An organisation is meant when all words that tell it from others stand in the question. */
export const organisationNames = (organisations: OrganisationService): NameDirectory => ({
  field: 'organisation',
  title: 'Organisation',
  bySlugs: async (slugs, reader) => (await organisations.named({ slugs }, reader)).map(asNamed),
  byIds: async (ids, reader) => (await organisations.named({ ids }, reader)).map(asNamed),
  labels: async reader => (await organisations.list(reader)).map(({ name }) => name),
  recognise: async (words, reader) => {
    const asked = new Set(words)
    const meant = (await organisations.list(reader)).filter(({ nameWords }) => {
      const telling = nameWords.filter(word => !generic.has(word))
      return telling.length > 0 ? telling.every(word => asked.has(word)) : nameWords.every(word => asked.has(word))
    })
    return meant.map(organisation => ({ ...asNamed(organisation), certainty: 1 }))
  },
})

export const teamNames = (teams: TeamService): NameDirectory => ({
  field: 'team',
  title: 'Team',
  bySlugs: async (slugs, reader) => (await teams.named({ slugs }, reader)).map(asNamed),
  byIds: async (ids, reader) => (await teams.named({ ids }, reader)).map(asNamed),
})
