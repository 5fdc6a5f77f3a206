import { partnershipToken, type SignedInPerson } from '../../access/accessTokens.ts'
import { Invalid } from '../../failures.ts'
import type { Handover, OwnedPart, Owner, Receiver } from '../../handover.ts'
import type { TeamService } from '../../organisations/teamService.ts'
import type { Leavers } from '../../people/leavers.ts'
import type { Person } from '../../people/personModel.ts'
import { nameWords } from '../../people/personNames.ts'
import type { PersonService } from '../../people/personService.ts'
import type { Answer } from './handoverForms.ts'

interface Directories {
  people: PersonService
  leavers: Leavers
  teams: TeamService
}

const mostAlike = 20

/**
 * Who receives each kind, of those that were answered with a name.
 * @throws Invalid with a message per kind
 */
export async function receiversNamed(
  administrator: SignedInPerson,
  { owner, parts, answers, leaves }: { owner: Owner; parts: readonly OwnedPart[]; answers: ReadonlyMap<string, Answer>; leaves: boolean },
  directories: Directories,
): Promise<Map<string, Receiver>> {
  const receivers = new Map<string, Receiver>()
  const problems: Record<string, string> = {}
  const owned = parts.filter(({ things }) => things.length > 0)
  for (const { handover, things } of owned) {
    const answer = answers.get(handover.kind) ?? { isNobody: false }
    const problem = problemOf(answer, leaves)
    const receiver = problem ?? (answer.receiver && (await receiverNamed(answer.receiver, { administrator, owner, handover }, directories)))
    if (typeof receiver === 'string' && receiver !== '') problems[handover.kind] = receiver
    else if (typeof receiver === 'object' && things.some(({ id }) => id === receiver.personId))
      problems[handover.kind] = `${receiver.name} would stand in for themselves. Name somebody else`
    else if (typeof receiver === 'object') receivers.set(handover.kind, receiver)
  }
  const first = owned[0]?.handover.kind
  if (!leaves && first !== undefined && receivers.size === 0 && Object.keys(problems).length === 0)
    problems[first] = 'Name who receives them, here or below'
  if (Object.keys(problems).length > 0) throw new Invalid(problems)
  return receivers
}

function problemOf({ receiver, isNobody }: Answer, leaves: boolean): string | undefined {
  if (receiver !== undefined && isNobody) return 'Name somebody, or tick that there is nobody yet: not both'
  return leaves && receiver === undefined && !isNobody ? 'Name who receives them, or tick that there is nobody yet' : undefined
}

interface Asked {
  administrator: SignedInPerson
  owner: Owner
  handover: Handover
}

/** @returns the receiver, or why it cannot be this one */
async function receiverNamed(
  name: string,
  { administrator, owner, handover }: Asked,
  directories: Directories,
): Promise<Receiver | string> {
  const { people, leavers, teams } = directories
  const ofOrganisation = handover.receivers !== 'anybody'
  const mayBeTeam = handover.receivers === 'own organisation'
  const found = await people.called(name, administrator)
  const usable = found.filter(person => refusalOf(person, owner, ofOrganisation) === undefined)
  const [person, another] = usable
  if (another !== undefined) return `${usable.length} people are called “${name}”. Type the end of the profile's address instead`
  if (person !== undefined) return { name: person.name, personId: person._id }
  const team = mayBeTeam ? (await teams.ofOrganisation(administrator, owner.organisationId)).find(isCalled(name)) : undefined
  if (team !== undefined) return { name: team.name, teamId: team._id }
  const { people: gone } = await leavers.list(
    { organisationId: owner.organisationId, nameWords: nameWords(name) },
    { from: 0, size: mostAlike },
  )
  const refused = nearest([...found, ...(nameWords(name).length > 0 ? gone.filter(isCalled(name)) : [])], owner)
  if (refused !== undefined) return refusalOf(refused, owner, ofOrganisation) ?? ''
  return `There is no “${name}” here. Type the name as on the profile${mayBeTeam ? ', or that of a team' : ''}`
}

function refusalOf({ _id, name, status, readers, organisationId }: Person, owner: Owner, ofOrganisation: boolean): string | undefined {
  if (_id === owner._id) return `These are ${name}'s already. Name somebody else`
  if (status === 'left') return `${name} has left. Name somebody else`
  if (!readers.includes(partnershipToken)) return `${name} is suspended. Name somebody else`
  if (ofOrganisation && organisationId !== owner.organisationId) return `${name} is of another organisation. Name somebody of the same one`
  return undefined
}

/** Of several who cannot receive, the one who was meant: the owner, else somebody of the same organisation. */
const nearest = (people: readonly Person[], { _id, organisationId }: Owner): Person | undefined =>
  people.find(person => person._id === _id) ?? people.find(person => person.organisationId === organisationId) ?? people[0]

const isCalled =
  (name: string) =>
  (record: { name: string; slug: string }): boolean =>
    record.slug === name || nameWords(record.name).join(' ') === nameWords(name).join(' ')
