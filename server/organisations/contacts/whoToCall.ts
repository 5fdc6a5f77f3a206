import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { DirectAnswer, FeatureServices } from '../../feature.ts'
import { plainWords } from '../../storage/titleWords.ts'
import { callMatches } from './callMatches.ts'
import { callWish } from './callWish.ts'
import { presentCalled } from './contactPresenter.ts'
import { organisationIdOf } from './contactService.ts'

const mostShown = 3
const mostSkilled = 500

/** Answers "who do I call about the data centre" with the person who answers now; from MongoDB, so the same for every engine. */
export const whoToCall = ({ contacts, people }: FeatureServices): DirectAnswer => ({
  view: 'whoToCallAnswer',
  async answer(reader, { text, recognised }) {
    const wish = callWish(plainWords([...text.words, ...text.phrases].join(' ')))
    if (wish === undefined) return undefined
    const subjects = await contacts.subjects(reader)
    const skill = recognised.find(({ field }) => field === 'skill')?.name
    const matches =
      wish.subject.length === 0
        ? subjects
            .filter(subject => subject.kind === 'organisation' && organisationIdOf(subject) === reader.organisationId)
            .map(subject => ({ subject, reason: 'it is your organisation' }))
        : callMatches({
            words: wish.subject,
            organisations: subjects.flatMap(({ kind, record }) => (kind === 'organisation' ? [record] : [])),
            teams: subjects.flatMap(({ kind, record }) => (kind === 'team' ? [record] : [])),
            skilled: skill === undefined ? new Map() : await skilledByTeam(people, skill.id, reader),
            ...(skill === undefined ? {} : { skill: skill.label }),
            ownOrganisationId: reader.organisationId,
          })
    if (matches.length === 0) return undefined
    const shown = matches.slice(0, mostShown)
    const called = await contacts.called(
      reader,
      shown.map(({ subject }) => subject),
    )
    return {
      rows: called.map((one, position) => ({ ...presentCalled(one, reader), reason: shown[position]?.reason })),
      more: matches.length - shown.length,
    }
  },
})

/** How many people of each team declared the skill. */
async function skilledByTeam(people: FeatureServices['people'], skillId: string, reader: SignedInPerson): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  const { people: skilled } = await people.list(reader, { skillId, status: 'active' }, { from: 0, size: mostSkilled })
  for (const teamId of skilled.flatMap(({ teamIds }) => teamIds)) counts.set(teamId, (counts.get(teamId) ?? 0) + 1)
  return counts
}
