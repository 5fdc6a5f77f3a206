import type { SignedInPerson } from '../../access/accessTokens.ts'
import { Invalid } from '../../failures.ts'
import type { Organisation } from '../../organisations/organisationModel.ts'
import { isAwayForLong, localDate } from '../../people/absence.ts'
import type { Services } from '../../services.ts'
import { instantsOf, type Month, monthOf, monthsOf } from './months.ts'
import { askedFact, factsOf, helpWith, lentFact, type PoolingFacts } from './poolingFacts.ts'
import type { ReportAsked } from './reportForms.ts'
import { type SkillDemand, skillDemand } from './skillDemand.ts'

export interface PoolingReport {
  asked: ReportAsked
  months: Month[]
  facts: PoolingFacts
  demand: SkillDemand[]
  /** All that can be chosen. */
  organisations: Organisation[]
  chosen?: Organisation
}

type Needed = Pick<Services, 'requests' | 'comments' | 'people' | 'organisations' | 'ledger' | 'skills' | 'clock'>

/** What was asked, answered and lent within some months, of what the reader may see. @throws Invalid for an organisation that is none */
export async function poolingReport(reader: SignedInPerson, asked: ReportAsked, services: Needed): Promise<PoolingReport> {
  const [organisations, all, skills, declaring] = await Promise.all([
    services.organisations.list(reader),
    poolingFacts(reader, asked, services),
    services.skills.list(reader),
    services.people.declaring(reader),
  ])
  const chosen = organisations.find(({ slug }) => slug === asked.organisation)
  if (asked.organisation !== undefined && chosen === undefined) throw new Invalid({ organisation: 'Choose an organisation from the list' })
  const facts = chosen === undefined ? all : factsOf(all, chosen._id)
  const today = localDate(services.clock.now())
  const people = declaring.map(person => ({ ...person, isAway: isAwayForLong(person.absence, today) }))
  return {
    asked,
    months: monthsOf(asked),
    facts,
    demand: skillDemand(facts.asked, skills, people),
    organisations,
    ...(chosen === undefined ? {} : { chosen }),
  }
}

async function poolingFacts(
  reader: SignedInPerson,
  asked: ReportAsked,
  { requests, comments, people, ledger }: Needed,
): Promise<PoolingFacts> {
  const within = instantsOf(asked)
  const isWithin = (date: Date) => monthOf(date) >= asked.from && monthOf(date) <= asked.until
  const [found, entries] = await Promise.all([requests.askedWithin(reader, within), ledger.list(reader, within)])
  const requested = found.filter(({ createdAt }) => isWithin(createdAt))
  const answers = await comments.saidUnder(
    'request',
    requested.map(({ _id }) => _id),
  )
  const help = helpWith(requested, answers).filter(({ at }) => isWithin(at))
  const organisationOf = await people.organisationsOf(
    help.map(({ byId }) => byId),
    reader,
  )
  return {
    asked: requested.map(askedFact),
    helped: help.map(({ byId, at }) => ({ organisationId: organisationOf.get(byId), month: monthOf(at) })),
    lent: entries.filter(({ at }) => isWithin(at)).map(lentFact),
  }
}
