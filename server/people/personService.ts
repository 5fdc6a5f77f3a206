import type { PipelineStage } from 'mongoose'
import { administratorsToken, ownAdministratorsToken, partnershipToken, type Reader, type SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import type { Role } from '../access/roles.ts'
import type { Clock } from '../clock.ts'
import { Conflict, Forbidden, NotFound } from '../failures.ts'
import type { Models } from '../models.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import { newId } from '../storage/newId.ts'
import { withFreeSlug } from '../storage/takenSlug.ts'
import { blankProfile } from './blankProfile.ts'
import type { Person } from './personModel.ts'
import { nameWords } from './personNames.ts'
import { type Changeable, changedMeanwhile, changeOf, versionOf } from './profileChange.ts'

export type NewPerson = Pick<Person, 'name' | 'organisationId'> & Partial<Omit<Person, 'slug' | 'nameWords' | 'readers'>>
const mostTries = 10
/** Fewer rounds to the database than its own batches of 101 take. */
const mostInBatch = 2_000

/** Those of an organisation, a team or a skill, those with all of the words in their name. */
export interface PeopleWanted {
  organisationId?: string
  teamId?: string
  skillId?: string
  nameWords?: readonly string[]
  status?: Person['status']
}

/** Profiles: active ones are read by everybody in the partnership, and changed by their person and the administrators of the organisation. */
export class PersonService {
  private readonly people: Models['people']
  private readonly write: IndexedWrite<Person>

  constructor(models: Pick<Models, 'people'>, { clock }: { clock: Clock }) {
    this.people = models.people
    this.write = new IndexedWrite(models.people, 'name', clock)
  }

  /** For signing in and administration. */
  async byId(id: string): Promise<Person | undefined> {
    return (await this.people.findOne({ _id: id }).asSystem('who signs in is found by the account').lean<Person>()) ?? undefined
  }

  /** For signing in, as `byId`: the stage by which an aggregation has beside each of its documents the people whose id stands in a field. */
  joined(idField: string, as: string): PipelineStage.Lookup {
    return { $lookup: { from: this.people.collection.collectionName, localField: idField, foreignField: '_id', as } }
  }

  /** @throws NotFound: hidden and missing look the same */
  async bySlug(reader: Reader, slug: string): Promise<Person> {
    const person = await this.people.findOne({ slug }).readableBy(reader).lean<Person>()
    if (person === null) throw new NotFound('There is no such person here, or they have left. Search for the name or a skill.')
    return person
  }

  async list(reader: Reader, filter: PeopleWanted, page: { from: number; size: number }) {
    const wanted = {
      ...(filter.organisationId === undefined ? {} : { organisationId: filter.organisationId }),
      ...(filter.teamId === undefined ? {} : { teamIds: filter.teamId }),
      ...(filter.skillId === undefined ? {} : { 'skills.skillId': filter.skillId }),
      ...(filter.nameWords === undefined || filter.nameWords.length === 0 ? {} : { nameWords: { $all: [...filter.nameWords] } }),
      ...(filter.status === undefined ? {} : { status: filter.status }),
    }
    const [people, total] = await Promise.all([
      this.people.find(wanted).readableBy(reader).sort({ name: 1, _id: 1 }).skip(page.from).limit(page.size).lean<Person[]>(),
      this.people.countDocuments(wanted).readableBy(reader),
    ])
    return { people, total }
  }

  /** Those of the ids or slugs, or those with one of the words in their name, that the reader may know of. */
  async named(
    which: { ids: readonly string[] } | { sourceIds: readonly string[] } | { slugs: readonly string[] } | { words: readonly string[] },
    reader: Reader,
  ): Promise<Person[]> {
    if ('words' in which)
      return this.people
        .find({ nameWords: { $in: [...which.words] } })
        .readableBy(reader)
        .limit(200)
        .lean<Person[]>()
    if ('sourceIds' in which)
      return this.people
        .find({ sourceId: { $in: [...which.sourceIds] } })
        .readableBy(reader)
        .lean<Person[]>()
    const filter = 'ids' in which ? { _id: { $in: [...which.ids] } } : { slug: { $in: [...which.slugs] } }
    return this.people.find(filter).readableBy(reader).lean<Person[]>()
  }

  /** Those of exactly this name, or the one of this address: names alone do not tell everybody apart. */
  async called(name: string, reader: Reader): Promise<Person[]> {
    const words = nameWords(name)
    if (words.length === 0) return []
    const alike = await this.people
      .find({ $or: [{ slug: name }, { nameWords: { $all: words } }] })
      .readableBy(reader)
      .limit(200)
      .lean<Person[]>()
    const addressed = alike.filter(({ slug }) => slug === name)
    return addressed.length > 0 ? addressed : alike.filter(person => person.nameWords.join(' ') === words.join(' '))
  }

  /** All who declare a skill at all, with as much of each as counting them needs. */
  async declaring(reader: Reader): Promise<Pick<Person, '_id' | 'organisationId' | 'skills' | 'absence'>[]> {
    return this.people
      .find({ 'skills.0': { $exists: true } })
      .readableBy(reader)
      .select({ organisationId: 1, skills: 1, absence: 1 })
      .batchSize(mostInBatch)
      .lean<Person[]>()
  }

  /** Of those whom the reader may see, by their ids. */
  async organisationsOf(ids: readonly string[], reader: Reader): Promise<ReadonlyMap<string, string>> {
    const found = await this.people
      .find({ _id: { $in: [...new Set(ids)] } })
      .readableBy(reader)
      .select({ organisationId: 1 })
      .batchSize(mostInBatch)
      .lean<Pick<Person, '_id' | 'organisationId'>[]>()
    return new Map(found.map(({ _id, organisationId }) => [_id, organisationId]))
  }

  /** Who keeps the account of this person: administrators of the partnership, and for whoever is none, of their organisation. */
  async accountKeepers({ organisationId, roles }: Pick<Person, 'organisationId' | 'roles'>): Promise<string[]> {
    const ofPartnership = { roles: 'partnership administrator' as const }
    const ofOrganisation = { roles: 'organisation administrator' as const, organisationId }
    const keepers = roles.includes('partnership administrator') ? [ofPartnership] : [ofPartnership, ofOrganisation]
    const found = this.people.find({ status: 'active', $or: keepers }).asSystem('they are told of what they are to look after')
    return (await found.select({ _id: 1 }).lean<Person[]>()).map(({ _id }) => _id)
  }

  /** Those who have a role at present. */
  async idsWithRole(role: Role): Promise<string[]> {
    const found = this.people.find({ roles: role, status: 'active' }).asSystem('whoever has a role is told of what it is for')
    return (await found.select({ _id: 1 }).lean<Pick<Person, '_id'>[]>()).map(({ _id }) => _id)
  }

  /** Those who are in a team at present. */
  async idsInTeam(teamId: string): Promise<string[]> {
    const found = this.people.find({ teamIds: teamId, status: 'active' }).asSystem('everybody in a team is told what concerns it')
    return (await found.select({ _id: 1 }).lean<Pick<Person, '_id'>[]>()).map(({ _id }) => _id)
  }

  async create({ _id = newId(), ...person }: NewPerson): Promise<Person> {
    const readers = person.status === 'left' ? [] : blankProfile.readers
    const profile = { ...blankProfile, readers, ...person }
    return withFreeSlug(person.name, _id, slug => this.write.create({ _id, slug, nameWords: nameWords(person.name), ...profile }))
  }

  /**
   * Changes a part of a profile, by its person or an administrator of the organisation. What others change of the rest meanwhile stays.
   * @param opened  what the form was opened with, see `versionOf`; left out, nothing is compared
   * @throws Conflict when somebody else changed these fields in between to something else
   */
  async change(editor: SignedInPerson, slug: string, fields: Changeable, opened?: string): Promise<Person> {
    const names = Object.keys(fields) as (keyof Changeable)[]
    for (let tries = 0; tries < mostTries; tries++) {
      const person = await this.editable(editor, slug)
      if (opened !== undefined && opened !== versionOf(person, names)) {
        if (versionOf(fields, names) === versionOf(person, names)) return person
        throw changedMeanwhile()
      }
      const changed = await this.write.update({ _id: person._id, rev: person.rev }, changeOf(fields))
      if (changed !== null) return changed
    }
    throw new Conflict('This profile is being changed by others just now. Try again in a moment.')
  }

  /**
   * Roles that the editor may not take stay.
   * @throws Forbidden when the editor may not give a role that would be new
   */
  async giveRoles(editor: SignedInPerson, slug: string, roles: readonly Role[]): Promise<Person> {
    const person = await this.editable(editor, slug)
    const mayGive = (role: Role) => may(editor, { verb: 'give role', record: { role, organisationId: person.organisationId } })
    const wanted = [...new Set<Role>(['member', ...roles, ...person.roles.filter(role => !mayGive(role))])]
    if (!mayGive('member') || !wanted.every(role => person.roles.includes(role) || mayGive(role)))
      throw new Forbidden('You cannot give or take these roles.')
    if (editor.id === person._id && person.roles.some(role => role.endsWith('administrator') && !wanted.includes(role)))
      throw new Conflict('You cannot take your own role as an administrator away. Ask another administrator.')
    return this.change(editor, slug, { roles: wanted }, versionOf(person, ['roles']))
  }

  /** Somebody suspended is found by those who can let them in again, and by nobody else. */
  async suspend({ _id, organisationId }: Person): Promise<void> {
    const readers = [administratorsToken, ownAdministratorsToken(organisationId)]
    await this.write.update({ _id, status: 'active' }, { $set: { readers } })
  }

  async resume({ _id }: Person): Promise<void> {
    await this.write.update({ _id, status: 'active' }, { $set: { readers: [partnershipToken] } })
  }

  /** @throws NotFound, Forbidden */
  async editable(editor: SignedInPerson, slug: string): Promise<Person> {
    const person = await this.bySlug(editor, slug)
    if (!may(editor, { verb: 'edit profile', record: person }))
      throw new Forbidden('Only the person and the administrators of their organisation change a profile.')
    return person
  }
}
