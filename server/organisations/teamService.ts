import { partnershipToken, type Reader, type SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import { Forbidden, NotFound } from '../failures.ts'
import { NamedRecords } from '../imports/namedRecords.ts'
import type { Models } from '../models.ts'
import { newId } from '../storage/newId.ts'
import { withFreeSlug } from '../storage/takenSlug.ts'
import type { TeamForm } from './organisationForms.ts'
import type { Team } from './teamModel.ts'

const readers = [partnershipToken]

/** Teams: everybody reads them, administrators of their organisation keep them. */
export class TeamService {
  private readonly teams: Models['teams']

  constructor(models: Pick<Models, 'teams'>) {
    this.teams = models.teams
  }

  async ofOrganisation(reader: Reader, organisationId: string): Promise<Team[]> {
    return this.teams.find({ organisationId }).readableBy(reader).sort({ name: 1 }).lean<Team[]>()
  }

  async list(reader: Reader): Promise<Team[]> {
    return this.teams.find({}).readableBy(reader).sort({ name: 1 }).lean<Team[]>()
  }

  /** @throws NotFound */
  async bySlug(reader: Reader, slug: string): Promise<Team> {
    const team = await this.teams.findOne({ slug }).readableBy(reader).lean<Team>()
    if (team === null) throw new NotFound('There is no such team. Look for it on the page of its organisation.')
    return team
  }

  /** Those of the ids or slugs that the reader may know of. */
  async named(which: { ids: readonly string[] } | { slugs: readonly string[] }, reader: Reader): Promise<Team[]> {
    const filter = 'ids' in which ? { _id: { $in: [...which.ids] } } : { slug: { $in: [...which.slugs] } }
    return this.teams.find(filter).readableBy(reader).lean<Team[]>()
  }

  async create(person: SignedInPerson, organisationId: string, form: TeamForm): Promise<Team> {
    refuseOthers(person, organisationId)
    return this.found(organisationId, form)
  }

  /** All of them, for rows that name one. */
  forImport(): Promise<NamedRecords<Team>> {
    return NamedRecords.load<Team>('team', this.teams)
  }

  /** Without a person: for the import. */
  async found(organisationId: string, form: TeamForm): Promise<Team> {
    const _id = newId()
    return withFreeSlug(form.name, _id, async slug => {
      const team: Team = { _id, slug, ...form, organisationId, readers }
      await this.teams.insertMany([team], { lean: true })
      return team
    })
  }

  async change(person: SignedInPerson, slug: string, form: TeamForm): Promise<Team> {
    const { _id, organisationId } = await this.bySlug(person, slug)
    refuseOthers(person, organisationId)
    await this.teams.updateOne({ _id }, { $set: form })
    return this.bySlug(person, slug)
  }
}

function refuseOthers(person: SignedInPerson, organisationId: string): void {
  if (!may(person, { verb: 'edit team', record: { organisationId } }))
    throw new Forbidden('Only administrators of the organisation change its teams.')
}
