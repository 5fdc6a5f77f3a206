import { partnershipToken, type Reader, type SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import { Forbidden, NotFound } from '../failures.ts'
import { NamedRecords } from '../imports/namedRecords.ts'
import type { Models } from '../models.ts'
import { newId } from '../storage/newId.ts'
import { withFreeSlug } from '../storage/takenSlug.ts'
import { plainWords } from '../storage/titleWords.ts'
import type { OrganisationForm } from './organisationForms.ts'
import type { Organisation } from './organisationModel.ts'

const readers = [partnershipToken]

/** Organisations of the partnership: everybody reads them, administrators of the partnership keep them. */
export class OrganisationService {
  private readonly organisations: Models['organisations']

  constructor(models: Pick<Models, 'organisations'>) {
    this.organisations = models.organisations
  }

  async list(reader: Reader): Promise<Organisation[]> {
    return this.organisations.find({}).readableBy(reader).sort({ name: 1 }).lean<Organisation[]>()
  }

  /** @throws NotFound */
  async bySlug(reader: Reader, slug: string): Promise<Organisation> {
    const organisation = await this.organisations.findOne({ slug }).readableBy(reader).lean<Organisation>()
    if (organisation === null) throw new NotFound('There is no such organisation. Look for it among all organisations.')
    return organisation
  }

  /** Those of the ids or slugs that the reader may know of. */
  async named(which: { ids: readonly string[] } | { slugs: readonly string[] }, reader: Reader): Promise<Organisation[]> {
    const filter = 'ids' in which ? { _id: { $in: [...which.ids] } } : { slug: { $in: [...which.slugs] } }
    return this.organisations.find(filter).readableBy(reader).lean<Organisation[]>()
  }

  async create(person: SignedInPerson, form: OrganisationForm): Promise<Organisation> {
    refuseOthers(person)
    return this.found(form)
  }

  /** All of them, for rows that name one. */
  forImport(): Promise<NamedRecords<Organisation>> {
    return NamedRecords.load<Organisation>('organisation', this.organisations)
  }

  /** Without a person: for the first run and the import. */
  async found({ _id = newId(), ...form }: OrganisationForm & { _id?: string }): Promise<Organisation> {
    return withFreeSlug(form.name, _id, async slug => {
      const organisation: Organisation = { _id, slug, ...form, nameWords: plainWords(form.name), readers }
      await this.organisations.insertMany([organisation], { lean: true })
      return organisation
    })
  }

  async change(person: SignedInPerson, slug: string, form: OrganisationForm): Promise<Organisation> {
    refuseOthers(person)
    const { _id } = await this.bySlug(person, slug)
    await this.organisations.updateOne({ _id }, { $set: { ...form, nameWords: plainWords(form.name) } })
    return this.bySlug(person, slug)
  }
}

function refuseOthers(person: SignedInPerson): void {
  if (!may(person, { verb: 'keep organisations' })) throw new Forbidden('Only administrators of the partnership change organisations.')
}
