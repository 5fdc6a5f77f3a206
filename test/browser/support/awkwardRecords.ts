import type { SignedInPerson } from '../../../server/access/accessTokens.ts'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { newId } from '../../../server/storage/newId.ts'
import { aCollection, aDay, aLoan, anArticle, anOffer, anOrganisation, aPerson, aRequest, asReader } from '../../support/builders.ts'
import { aPicture } from '../../support/pictures.ts'
import type { TestSite } from '../../support/testSite.ts'
import type { SmallPartnership } from './smallPartnership.ts'

const longWord = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'

const text = `See https://wiki.example/${'a-very-long-path-'.repeat(8)} first.

| System | Owner | Recovery time | Recovery point | Last tested | Contact |
|---|---|---|---|---|---|
| Revenues and benefits | Cheshire | 4 hours | 15 minutes | November | ${longWord}@example.org |

\`\`\`
restore --from /srv/backups/${'deep/'.repeat(20)} --to /srv/restored --verify --keep-permissions --verbose
\`\`\`

![A plan](https://elsewhere.example/plan.png)
`

/** What does not fit into a narrow window by itself. */
export async function awkwardRecords(site: TestSite, { vmware, priya }: SmallPartnership) {
  const organisation = await anOrganisation(site, { name: `${longWord} and Surrounding Districts Joint Fire Authority` })
  const person = await aPerson(site, {
    name: `Gwenllian ${longWord}`,
    organisation,
    role: `Head of ${longWord} infrastructure`,
    email: `gwenllian.${longWord.toLowerCase()}@example.org`,
    skills: [{ skillId: vmware._id, level: 'expert', lastUsed: new Date('2026-03-01T00:00:00Z'), willing: ['advise', 'mentor', 'lend'] }],
  })
  const article = await anArticle(site, person, { title: `VMware in ${longWord}`, text, skillIds: [vmware._id] })
  await attach(site, article, Buffer.from(`VMware ${longWord}`), `${longWord}-${longWord}.txt`)
  await attach(site, article, await aPicture(), 'rack.jpg')
  for (let more = 1; more <= 25; more++) await anArticle(site, person, { title: `VMware note ${more}`, text: 'A note.' })
  const gone = { name: `Gwilym ${longWord}`, organisation, status: 'left' as const, readers: [] }
  await anArticle(site, await aPerson(site, gone), { title: `Backups of ${longWord}` })
  const agreement = await anAgreement(site, asReader(person), asReader(priya))
  const ofCollection = { title: `Handbook of ${longWord}`, summary: `About ${longWord}.`, articleIds: [article._id, agreement._id] }
  const collection = await aCollection(site, person, ofCollection)
  const speaking = { id: 'long-session', title: `Hall of ${longWord}`, about: longWord, track: longWord, start: '10:00', end: '11:00' }
  const day = await aDay(site, person, {
    ...{ title: `Day of ${longWord}`, purpose: `About ${longWord}.`, callUrl: `https://call.example/${longWord}`, capacity: 1 },
    venue: { name: `Hall of ${longWord}`, access: longWord, mapUrl: 'https://maps.example/' },
    sessions: [{ ...speaking, speakerIds: [person._id], reading: [article._id], skillIds: [vmware._id] }],
    priorities: [
      { id: 'long-priority', text: `Sharing ${longWord}`, dots: 3, byOrganisation: [{ organisationId: organisation._id, dots: 3 }] },
      { id: 'second', text: 'Second', dots: 1, byOrganisation: [] },
    ],
    vote: { dots: 3, state: 'closed' },
    registrations: [person, priya].map(({ _id: personId, organisationId }) => ({ personId, organisationId, at: new Date() })),
  })
  const past = {
    title: `Past ${longWord}`,
    slug: 'long-past-day',
    date: '2020-01-30',
    previousId: day._id,
    hostIds: [person._id, priya._id],
  }
  const over = await aDay(site, person, { ...past, priorities: [{ id: 'past', text: `Sharing ${longWord}` }] })
  for (const number of [0, 1]) await site.services.minutes.save(asReader(priya), over.slug, { text: `## Minutes\n\n${longWord}`, number })
  const { actions, decisions } = site.services
  const agreed = { source: { dayId: day._id, priorityId: 'long-priority' }, readers: day.readers, organisationId: organisation._id }
  await actions.add({ ...agreed, title: 'Long action', ownerId: person._id, due: '2020-01-31' })
  await actions.become(asReader(person), 'long-action', 'done', `https://proof.example/${longWord}/${longWord}`)
  await actions.add({ ...agreed, title: `Do ${longWord}`, ownerId: priya._id, due: '2020-01-31' })
  const { organisationId: agreedBy, ...decided } = agreed
  await decisions.add({ ...decided, title: 'Long decision', why: longWord, agreedByIds: [agreedBy], reviewOn: '2030-01-31' })
  await site.services.needs.keep(day, person._id, { access: longWord, diet: longWord })
  const request = await aRequest(site, priya, { title: `Who knows ${longWord}`, text, skills: [{ skillId: vmware._id, level: 'expert' }] })
  await site.services.answers.answer(asReader(person), request.slug, { id: newId(), text })
  await site.services.indexer.settled()
  const long = ['Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte', 'DDSG']
  const changedAt = new Date()
  await site.services.models.synonymGroups.create({ _id: 'long-words', wordings: long, spellings: long, revision: 1, changedAt })
  const kept = { query: `q=vmware&organisation=${organisation.slug}`, alert: 'daily' as const, createdAt: changedAt, checkedAt: changedAt }
  const found = { fresh: [`article:${article._id}`, `person:${person._id}`], foundAt: changedAt, seen: [], tooMany: ['article'] }
  await site.services.models.savedSearches.create({ _id: 'long-search', personId: priya._id, name: longWord, ...kept, ...found })
  const queries = ['vmware notes', ...long]
  const records = [...[article._id, 'gone'].map(id => ({ type: 'article', id })), { type: 'person', id: person._id }]
  await site.services.models.pins.create({ _id: 'long-pin', queries, spellings: queries, records, revision: 1, changedAt })
  const words = `${longWord.toLowerCase()} and ${long[0]?.toLowerCase()}`
  const asked = { words, askedAt: changedAt, isFollowUp: false, found: 0, openedAt: changedAt }
  const opened = [
    { type: 'article', id: article._id, position: 0 },
    ...[1, 4, 15].map(position => ({ type: 'person', id: person._id, position })),
  ]
  await site.services.models.askedQueries.create(['a', 'b'].map(_id => ({ _id, ...asked, opened })))
  await site.services.models.sharedQueries.create({ _id: words, sharedAt: changedAt })
  const loans = await severalLoans(site, person, priya)
  const offer = await anOffer(site, person, { title: `Advice on ${longWord}`, text, skillIds: [vmware._id], limit: longWord })
  return {
    organisation,
    person,
    article,
    agreement,
    collection,
    day,
    loans,
    request,
    offer,
    synonyms: 'long-words',
    savedSearch: 'long-search',
    pin: 'long-pin',
  }
}

/** One that waits for the home organisation, one that runs, and one that ended and stands in the ledger. */
async function severalLoans(site: TestSite, lent: Person, asker: Person) {
  const consents = (['person', 'home', 'borrower'] as const).map(party => ({ party, byId: asker._id, at: new Date() }))
  const said = { purpose: `${longWord}\n\nAnd ${text.slice(0, 200)}`, lineManagerId: asker._id }
  const asked = await aLoan(site, lent, asker, { ...said, state: 'consented by the person', consents: consents.slice(0, 1) })
  await site.services.loanTerms.comment(asked, asker._id, `Until ${longWord} is done.`)
  const running = await aLoan(site, lent, asker, { ...said, state: 'running', consents, cost: { rule: 'recharge', detail: longWord } })
  const ended = await aLoan(site, lent, asker, { ...said, state: 'ended', consents, amount: 2_000, unit: 'hours' })
  return { asked, running, ended }
}

async function attach({ services: { attachments, attachmentReading, files } }: TestSite, article: Article, bytes: Buffer, name: string) {
  const fileId = await files.keep(bytes, attachments.about(article))
  const { _id } = await attachments.addTo(article, article.authorIds[0] as string, { fileId, name })
  await attachmentReading.read(_id)
}

/** Approved, with a change that waits, and with every field full of what does not break. */
async function anAgreement({ services }: TestSite, author: SignedInPerson, approver: SignedInPerson) {
  const { articleWriting, reviews } = services
  const said = ['service', 'provider', 'customer', 'hours'].map(name => ({ name, text: `${longWord} ${name}` }))
  const fields = [
    ...said,
    { name: 'target', text: `${longWord} restored`, number: 4, unit: 'hours' },
    { name: 'end', date: new Date('2031-03-31') },
  ]
  const settings = {
    coAuthorIds: [],
    thankedIds: [approver.id],
    chosenOrganisationIds: [],
    skillIds: [],
    visibility: 'organisation' as const,
  }
  const content = {
    ...settings,
    fields,
    title: `Agreement on ${longWord}`,
    text,
    kind: 'service-level-agreement',
    marking: 'OFFICIAL' as const,
  }
  const asked = { ...content, approverId: approver.id, publish: true, revision: 0, summary: `About ${longWord}` }
  const { slug } = await articleWriting.create(author, asked)
  await reviews.take(approver, slug, 'refuse', { reason: `Because of ${longWord}` })
  await articleWriting.save(author, slug, { ...asked, text: `${text}\n\nMore.`, revision: 2 })
  const { revision } = await reviews.take(approver, slug, 'approve')
  return articleWriting.save(author, slug, { ...asked, text: text.replaceAll('hours', 'days'), revision })
}
