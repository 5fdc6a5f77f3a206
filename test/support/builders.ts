import type { SignedInPerson } from '../../server/access/accessTokens.ts'
import { accessTokens, partnershipToken } from '../../server/access/accessTokens.ts'
import { readersOf } from '../../server/access/readers.ts'
import { type Day, readersOfDay } from '../../server/days/dayModel.ts'
import type { Article } from '../../server/knowledge/articles/articleModel.ts'
import { type Collection, readersOfCollection } from '../../server/knowledge/collections/collectionModel.ts'
import type { Organisation } from '../../server/organisations/organisationModel.ts'
import type { Team } from '../../server/organisations/teamModel.ts'
import { localDate } from '../../server/people/absence.ts'
import type { Person } from '../../server/people/personModel.ts'
import { dayAfter } from '../../server/pooling/loans/loanDays.ts'
import { type Loan, readersOfLoan } from '../../server/pooling/loans/loanModel.ts'
import type { LoanCost } from '../../server/pooling/loans/loanTermsModel.ts'
import { type Offer, readersOfOffer } from '../../server/pooling/offers/offerModel.ts'
import { type HelpRequest, readersOfRequest } from '../../server/pooling/requests/requestModel.ts'
import type { Skill } from '../../server/skills/skillModel.ts'
import { IndexedWrite } from '../../server/storage/indexedWrite.ts'
import { newId } from '../../server/storage/newId.ts'
import { slugOf, slugWithId } from '../../server/storage/slugs.ts'
import { plainWords } from '../../server/storage/titleWords.ts'
import { type TestSite, testPassword } from './testSite.ts'

const readers = [partnershipToken]
const unnamed = (what: string) => `${what} ${newId().slice(-6)}`

export async function anOrganisation({ services }: TestSite, given: Partial<Organisation> = {}): Promise<Organisation> {
  const _id = newId()
  const name = given.name ?? unnamed('Council')
  const organisation: Organisation = {
    _id,
    name,
    slug: slugWithId(name, _id),
    type: 'council',
    domains: [],
    status: 'active',
    nameWords: plainWords(name),
    readers,
    ...given,
  }
  await services.models.organisations.create([organisation])
  return organisation
}

export async function aTeam({ services }: TestSite, organisation: Organisation, given: Partial<Team> = {}): Promise<Team> {
  const _id = newId()
  const name = given.name ?? unnamed('Team')
  const team: Team = { _id, name, slug: slugWithId(name, _id), organisationId: organisation._id, description: '', readers, ...given }
  await services.models.teams.create([team])
  return team
}

export async function aSkill({ services }: TestSite, given: Partial<Skill> = {}): Promise<Skill> {
  const _id = newId()
  const name = given.name ?? unnamed('Skill')
  const firstWords = [name, ...(given.aliases ?? [])].flatMap(text => plainWords(text).slice(0, 1))
  const skill: Skill = {
    _id,
    name,
    slug: slugOf(name),
    aliases: [],
    group: 'Infrastructure',
    description: '',
    firstWords,
    readers,
    ...given,
  }
  await services.models.skills.create([skill])
  return skill
}

/** A profile with an account and the tests' password; its email is made from the name unless given. */
export async function aPerson(
  site: TestSite,
  given: Partial<Person> & { organisation?: Organisation } = {},
): Promise<Person & { email: string }> {
  const { organisation, ...fields } = given
  const _id = newId()
  const name = fields.name ?? unnamed('Person')
  const organisationId = organisation?._id ?? fields.organisationId ?? (await anOrganisation(site))._id
  const person = await new IndexedWrite<Person>(site.services.models.people, 'name', site.services.clock).create({
    _id,
    slug: slugWithId(name, _id),
    name,
    nameWords: plainWords(name),
    teamIds: [],
    role: 'Engineer',
    roles: ['member'],
    about: '',
    skills: [],
    status: 'active',
    readers,
    ...fields,
    organisationId,
  })
  const email = fields.email ?? `${slugWithId(name, _id)}@example.org`
  await site.services.accounts.open({ personId: _id, email, password: testPassword })
  return { ...person, email }
}

export async function anArticle({ services }: TestSite, author: Person, given: Partial<Article> = {}): Promise<Article> {
  const _id = newId()
  const title = given.title ?? unnamed('Article')
  const now = services.clock.now()
  const article = {
    _id,
    slug: slugWithId(title, _id),
    title,
    kind: 'how-to' as const,
    text: 'Some text.',
    organisationId: author.organisationId,
    owner: { personId: author._id },
    authorIds: [author._id],
    visibility: 'partnership' as const,
    chosenOrganisationIds: [],
    state: 'published' as const,
    skillIds: [],
    revision: 1,
    revisionIds: [],
    fields: [],
    marking: 'OFFICIAL' as const,
    changes: [],
    createdAt: now,
    updatedAt: now,
    ...(given.state === 'draft' ? {} : { publishedAt: given.updatedAt ?? now }),
    ...given,
  }
  return new IndexedWrite<Article>(services.models.articles, 'title', services.clock).create({
    ...article,
    readers: given.readers ?? readersOf(article),
  })
}

export async function aCollection({ services }: TestSite, owner: Person, given: Partial<Collection> = {}): Promise<Collection> {
  const _id = newId()
  const title = given.title ?? unnamed('Handbook')
  const now = services.clock.now()
  const collection = {
    _id,
    slug: slugWithId(title, _id),
    title,
    summary: '',
    organisationId: owner.organisationId,
    owner: { personId: owner._id },
    visibility: 'partnership' as const,
    chosenOrganisationIds: [],
    articleIds: [],
    revision: 1,
    createdAt: now,
    updatedAt: now,
    ...given,
  }
  return new IndexedWrite<Collection>(services.models.collections, 'title', services.clock).create({
    ...collection,
    readers: given.readers ?? readersOfCollection(collection),
  })
}

interface LoanGiven extends Partial<Loan> {
  cost?: Pick<LoanCost, 'rule' | 'detail'>
}

/** Asked for by somebody of the borrowing organisation, and free, unless said otherwise; its first day is today. */
export async function aLoan({ services }: TestSite, lent: Person, asker: Person, { cost, ...given }: LoanGiven = {}): Promise<Loan> {
  const now = services.clock.now()
  const concerned = {
    ...{ personId: lent._id, homeOrganisationId: lent.organisationId },
    ...{ borrowingOrganisationId: asker.organisationId, askedById: asker._id },
  }
  const loan: Loan = {
    ...{ _id: newId(), ...concerned, readers: readersOfLoan({ ...concerned, ...given }) },
    ...{ purpose: 'Some work.', amount: 2, unit: 'days', from: localDate(now), until: dayAfter(localDate(now), 4) },
    ...{ state: 'proposed', revision: 1, consents: [], createdAt: now, updatedAt: now },
    changes: [{ step: 'propose', to: 'proposed', byId: asker._id, role: 'asker', at: now }],
    ...given,
  }
  await services.models.loans.insertMany([loan], { lean: true })
  await services.loanTerms.setCost(loan, cost ?? { rule: 'free' })
  if (loan.state === 'ended') await services.ledger.write(loan, now)
  return loan
}

/** Published, in a week from the site's clock, 10:00 to 15:30 in winter. */
export async function aDay({ services }: TestSite, host: Person, given: Partial<Day> = {}): Promise<Day> {
  const _id = newId()
  const title = given.title ?? unnamed('Day')
  const now = services.clock.now()
  const date = given.date ?? new Date(now.getTime() + 7 * 86_400_000).toISOString().slice(0, 10)
  const day = {
    ...{ _id, slug: slugWithId(title, _id), title, purpose: '', date, start: '10:00', end: '15:30' },
    ...{ startsAt: new Date(`${date}T10:00:00Z`), endsAt: new Date(`${date}T15:30:00Z`) },
    ...{ organisationId: host.organisationId, hostIds: [host._id], visibility: 'partnership' as const, chosenOrganisationIds: [] },
    ...{ state: 'published' as const, changes: [], sessions: [], registrations: [], declinedIds: [], priorities: [] },
    ...{ revision: 1, createdAt: now, updatedAt: now },
    ...given,
  }
  return new IndexedWrite<Day>(services.models.days, 'title', services.clock).create({
    ...day,
    readers: given.readers ?? readersOfDay(day),
  })
}

export async function anOffer({ services }: TestSite, owner: Person, given: Partial<Offer> = {}): Promise<Offer> {
  const _id = newId()
  const title = given.title ?? unnamed('Offer')
  const now = services.clock.now()
  const offer = {
    ...{ _id, slug: slugWithId(title, _id), title, kind: 'advice' as const, text: '', skillIds: [] },
    ...{ organisationId: owner.organisationId, owner: { personId: owner._id } },
    ...{
      visibility: 'partnership' as const,
      chosenOrganisationIds: [],
      state: 'open' as const,
      revision: 1,
      createdAt: now,
      updatedAt: now,
    },
    ...given,
  }
  return new IndexedWrite<Offer>(services.models.offers, 'title', services.clock).create({ ...offer, readers: readersOfOffer(offer) })
}

/** The person as a request would see them. */
export function asReader({ _id: id, name, slug, organisationId, teamIds, roles }: Person): SignedInPerson {
  return { id, name, slug, organisationId, teamIds, roles, tokens: accessTokens({ id, organisationId, teamIds, roles }) }
}

export async function aRequest({ services }: TestSite, asker: Person, given: Partial<HelpRequest> = {}): Promise<HelpRequest> {
  const _id = newId()
  const title = given.title ?? unnamed('Request')
  const now = services.clock.now()
  const request = {
    _id,
    slug: slugWithId(title, _id),
    type: 'question' as const,
    title,
    text: 'Who knows?',
    askerId: asker._id,
    organisationId: asker.organisationId,
    visibility: 'partnership' as const,
    chosenOrganisationIds: [],
    skills: [],
    state: 'asked' as const,
    changes: [{ step: 'ask' as const, to: 'asked' as const, byId: asker._id, at: now }],
    revision: 1,
    invitations: [],
    contributorIds: [],
    askedAt: now,
    expiresAt: new Date(now.getTime() + 30 * 86_400_000),
    createdAt: now,
    updatedAt: now,
    ...given,
  }
  return new IndexedWrite<HelpRequest>(services.models.requests, 'title', services.clock).create({
    ...request,
    readers: given.readers ?? readersOfRequest(request),
  })
}
