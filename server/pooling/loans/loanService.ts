import type { Reader, SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { localDate } from '../../people/absence.ts'
import { newId } from '../../storage/newId.ts'
import type { LentPeriodKeeper } from './lentPeriodKeeper.ts'
import type { LoanContent } from './loanContent.ts'
import { type Loan, readersOfLoan } from './loanModel.ts'
import type { LoanNews } from './loanNews.ts'
import { consentAwaitedFrom, refusalFor, roleTaking } from './loanRoles.ts'
import type { LoanSteps, TakenStep } from './loanSteps.ts'
import type { LoanTerms } from './loanTerms.ts'
import { type LoanStep, loanTransitions, statesAwaiting } from './loanTransitions.ts'

interface Collaborators {
  lentPeriods: LentPeriodKeeper
  loanSteps: LoanSteps
  loanTerms: LoanTerms
  loanNews: LoanNews
  clock: Clock
}

/** What somebody gives with a step. */
export interface StepAsked extends Pick<TakenStep, 'reason' | 'extension'> {
  revision: number
  lineManagerId?: string
  comment?: string
  lentHours?: number
}

const mostWaiting = 20

/** The rules of lending people between organisations. */
export class LoanService {
  private readonly loans: Models['loans']
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'loans'>, collaborators: Collaborators) {
    this.loans = models.loans
    this.with = collaborators
  }

  /** @throws NotFound: a hidden loan and a missing one look the same */
  async readable(reader: Reader, id: string): Promise<Loan> {
    const loan = await this.loans.findOne({ _id: id }).readableBy(reader).lean<Loan>()
    if (loan === null) throw new NotFound('There is no such loan, or it does not concern you. Your loans are listed under Loans.')
    return loan
  }

  /** Those changed last come first. */
  async list(reader: Reader, page: { from: number; size: number }): Promise<{ loans: Loan[]; total: number }> {
    const [loans, total] = await Promise.all([
      this.loans.find({}).readableBy(reader).sort({ updatedAt: -1, _id: 1 }).skip(page.from).limit(page.size).lean<Loan[]>(),
      this.loans.countDocuments({}).readableBy(reader),
    ])
    return { loans, total }
  }

  async named(reader: Reader, ids: readonly string[]): Promise<Loan[]> {
    return this.loans
      .find({ _id: { $in: [...new Set(ids)] } })
      .readableBy(reader)
      .lean<Loan[]>()
  }

  /** Those that wait for this person's own consent, the longest first. For administrators, those of their own organisation. */
  async waitingFor(person: SignedInPerson): Promise<Loan[]> {
    const { id, organisationId } = person
    const filter = {
      $or: [
        { personId: id, state: { $in: statesAwaiting('person') } },
        { $or: [{ homeOrganisationId: organisationId }, { lineManagerId: id }], state: { $in: statesAwaiting('home') } },
        { $or: [{ borrowingOrganisationId: organisationId }, { askedById: id }], state: { $in: statesAwaiting('borrower') } },
      ],
    }
    const found = await this.loans.find(filter).readableBy(person).sort({ updatedAt: 1 }).limit(mostWaiting).lean<Loan[]>()
    return found.filter(loan => consentAwaitedFrom(person, loan) !== undefined)
  }

  /** @throws Invalid when the person is lent already on one of the days */
  async propose(person: SignedInPerson, { cost, ...content }: LoanContent): Promise<Loan> {
    if (await this.with.lentPeriods.isHeld(content.personId, content)) throw isHeldAlready('from')
    const at = this.with.clock.now()
    const concerned = { ...content, askedById: person.id }
    const loan: Loan = {
      ...{ _id: newId(), ...concerned, readers: readersOfLoan(concerned), state: 'proposed', revision: 1, consents: [] },
      changes: [{ step: 'propose', to: 'proposed', byId: person.id, role: 'asker', at }],
      ...{ createdAt: at, updatedAt: at },
    }
    await this.with.loanTerms.setCost(loan, cost)
    await this.loans.insertMany([loan], { lean: true })
    await this.with.loanNews.changed(loan)
    return loan
  }

  /**
   * @throws Forbidden when it is not theirs to do, Conflict when the loan changed since it was opened, or is not where this step begins. The same step
   * sent twice by the same person is taken once.
   */
  async take(person: SignedInPerson, id: string, step: LoanStep, asked: StepAsked): Promise<Loan> {
    const loan = await this.readable(person, id)
    if (isDone(loan, step, person, asked)) return loan
    this.refuse(person, step, loan, asked)
    await this.hold(loan, step)
    const { lineManagerId, lentHours, comment, reason, extension } = asked
    const named = step === 'person consents' && lineManagerId !== undefined ? { ...loan, lineManagerId } : undefined
    const fields = {
      ...(named === undefined ? {} : { lineManagerId: named.lineManagerId, readers: readersOfLoan(named) }),
      ...(lentHours === undefined ? {} : { lentHours }),
    }
    const role = roleTaking(person, step, loan) ?? 'asker'
    const given = { ...(reason === undefined ? {} : { reason }), ...(extension === undefined ? {} : { extension }) }
    const changed = await this.with.loanSteps.apply(loan, step, { byId: person.id, role, fields, ...given })
    if (changed === undefined) return this.afterAll(person, id, step, asked)
    if (named !== undefined) await this.with.loanTerms.readAnew(changed)
    if (comment !== undefined && role === 'home') await this.with.loanTerms.comment(changed, person.id, comment)
    return changed
  }

  /** Somebody was faster: the same person with a second click, or somebody else. */
  private async afterAll(person: SignedInPerson, id: string, step: LoanStep, asked: StepAsked): Promise<Loan> {
    const loan = await this.readable(person, id)
    if (isDone(loan, step, person, asked)) return loan
    throw changedMeanwhile(loan)
  }

  private refuse(person: SignedInPerson, step: LoanStep, loan: Loan, { revision }: StepAsked): void {
    const refusal = refusalFor(person, step, loan)
    if (refusal === 'not now' || loan.revision !== revision) throw changedMeanwhile(loan)
    if (refusal === 'consented already')
      throw new Conflict('You have consented to this loan in another role already: somebody else must consent for this organisation.')
    if (refusal === 'not theirs') throw new Forbidden('This is for somebody else to decide: the page of the loan says whom it waits for.')
    const today = localDate(this.with.clock.now())
    if (loanTransitions[step].consentOf !== undefined && loan.until < today)
      throw new Conflict('The days of this loan are over. Ask for another one.')
  }

  /** The days are the loan's from the consent of its person on. */
  private async hold(loan: Loan, step: LoanStep): Promise<void> {
    const { from, until, extension, revision } = loan
    if (step === 'person consents' && !(await this.with.lentPeriods.hold(loan, { from, until }, revision + 1))) throw isHeldAlready('form')
    if (step !== 'person consents to extension' || extension === undefined) return
    if (!(await this.with.lentPeriods.hold(loan, { from, until: extension.until }, revision + 1))) throw isHeldAlready('form')
  }
}

const isDone = ({ changes, revision }: Loan, step: LoanStep, { id }: SignedInPerson, asked: StepAsked) =>
  revision === asked.revision + 1 && changes.at(-1)?.step === step && changes.at(-1)?.byId === id

const changedMeanwhile = ({ state }: Loan) =>
  new Conflict(`This loan is ${state} by now, so that this was not done. Look at it as it is, and choose again.`)

const isHeldAlready = (field: 'from' | 'form') =>
  new Invalid({ [field]: 'This person is lent already on some of these days. Agree on other days, or end the other loan first' })
