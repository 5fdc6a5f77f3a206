import type { Reader } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'
import type { Article } from '../articles/articleModel.ts'
import type { Collection } from '../collections/collectionModel.ts'
import type { NamesInFiles } from './articleFile.ts'

type Directories = Pick<Services, 'bylines' | 'organisations' | 'teams' | 'skills'>
type Named = Partial<Pick<Article, 'authorIds' | 'thankedIds' | 'skillIds'>> &
  Pick<Article | Collection, 'organisationId' | 'chosenOrganisationIds' | 'owner'>

/** What is named in some articles or collections, as far as their reader may know of it. @param savedByIds  who saved their revisions */
export async function namesInFiles(
  records: readonly Named[],
  savedByIds: readonly string[],
  reader: Reader,
  { bylines, organisations, teams, skills }: Directories,
): Promise<NamesInFiles> {
  const peopleIds = records.flatMap(({ authorIds = [], thankedIds = [], owner }) => [...authorIds, ...thankedIds, owner.personId ?? ''])
  const organisationIds = records.flatMap(({ organisationId, chosenOrganisationIds }) => [organisationId, ...chosenOrganisationIds])
  const [people, foundOrganisations, foundTeams, foundSkills] = await Promise.all([
    bylines.of([...peopleIds, ...savedByIds], reader),
    organisations.named({ ids: organisationIds }, reader),
    teams.named({ ids: records.flatMap(({ owner }) => owner.teamId ?? []) }, reader),
    skills.named({ ids: records.flatMap(({ skillIds = [] }) => skillIds) }, reader),
  ])
  return {
    people: new Map([...people].map(([id, { name }]) => [id, name])),
    organisations: new Map(foundOrganisations.map(({ _id, slug }) => [_id, slug])),
    teams: new Map(foundTeams.map(({ _id, slug }) => [_id, slug])),
    skills: new Map(foundSkills.map(({ _id, name }) => [_id, name])),
  }
}
