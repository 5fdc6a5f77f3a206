import type { SignedInPerson } from '../access/accessTokens.ts'
import { presentCallable } from '../organisations/contacts/contactPresenter.ts'
import type { Services } from '../services.ts'
import { type Absence, dayText, isAway, localDate } from './absence.ts'
import type { Person } from './personModel.ts'

/** What a profile says of an absence that is now or to come. */
export async function presentAbsence({ absence }: Person, reader: SignedInPerson, { people, clock }: Pick<Services, 'people' | 'clock'>) {
  const today = localDate(clock.now())
  if (absence === undefined || absence.until < today) return undefined
  const cover = await coverOf(absence, reader, people)
  const days = isAway(absence, today)
    ? `Away until ${dayText(absence.until)}`
    : `Away from ${dayText(absence.from)} until ${dayText(absence.until)}`
  return {
    text: `${days}.`,
    isNow: isAway(absence, today),
    ...(cover === undefined ? {} : { cover: presentCallable(cover) }),
    ...(absence.note === undefined ? {} : { note: absence.note }),
  }
}

/** Whoever covers, as far as the reader may know of them. */
export async function coverOf({ coverId, coverSourceId }: Absence, reader: SignedInPerson, people: Services['people']) {
  if (coverId !== undefined) return (await people.named({ ids: [coverId] }, reader))[0]
  return coverSourceId === undefined ? undefined : (await people.named({ sourceIds: [coverSourceId] }, reader))[0]
}
