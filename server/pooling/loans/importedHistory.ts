import type { LocalDate } from '../../people/absence.ts'
import type { LoanChange } from './loanModel.ts'
import { type GivenConsent, type LoanState, type LoanStep, loanSteps, loanTransitions, type Role } from './loanTransitions.ts'

const dayMs = 86_400_000

/** The fewest steps of the table from what is proposed to this state. */
export function pathTo(state: LoanState): LoanStep[] {
  const paths = new Map<LoanState, LoanStep[]>([['proposed', []]])
  for (const [reached, path] of paths)
    for (const step of loanSteps) {
      const { from, to } = loanTransitions[step]
      if (from.includes(reached) && !paths.has(to)) paths.set(to, [...path, step])
    }
  const usual: Partial<Record<LoanState, LoanStep[]>> = { ended: [...(paths.get('running') ?? []), 'end'] }
  return usual[state] ?? paths.get(state) ?? []
}

interface Days {
  asked: Date
  from: LocalDate
  until: LocalDate
  reason: string | undefined
}

/** The steps with who and when: people take one a day, time takes its own at the days of the loan. Nothing is in the future. */
export function historyOf(steps: readonly LoanStep[], who: Readonly<Record<Exclude<Role, 'time'>, string>>, days: Days, now: Date) {
  const upToNow = (at: Date) => (at > now ? now : at)
  const changes: LoanChange[] = [{ step: 'propose', to: 'proposed', byId: who.asker, role: 'asker', at: days.asked }]
  const consents: GivenConsent[] = []
  for (const [place, step] of steps.entries()) {
    const { to, who: takers, consentOf } = loanTransitions[step]
    const role: Role = step === 'refuse' ? 'home' : (takers[0] ?? 'time')
    const day = { start: days.from, end: dayAfterText(days.until) }[step as 'start' | 'end']
    const at = upToNow(day === undefined ? new Date(days.asked.getTime() + (place + 1) * dayMs) : new Date(`${day}T00:00:00Z`))
    const byId = role === 'time' ? undefined : who[role]
    const isLast = place === steps.length - 1
    changes.push({
      ...{ step, from: changes.at(-1)?.to ?? 'proposed', to, role, at },
      ...(byId === undefined ? {} : { byId }),
      ...(isLast && days.reason !== undefined ? { reason: days.reason } : {}),
    })
    if (consentOf !== undefined && byId !== undefined) consents.push({ party: consentOf, byId, at })
  }
  return { changes, consents, revision: changes.length, updatedAt: changes.at(-1)?.at ?? days.asked }
}

const dayAfterText = (day: LocalDate) => new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10)
