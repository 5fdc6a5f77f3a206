import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Clock } from '../clock.ts'
import { Invalid } from '../failures.ts'
import { chosenOrganisations } from '../knowledge/articles/articleContent.ts'
import { colleaguesNamed } from '../knowledge/articles/colleaguesNamed.ts'
import type { Services } from '../services.ts'
import type { DayForm } from './dayForms.ts'
import type { Day } from './dayModel.ts'
import { type Times, timesOf } from './dayTimes.ts'

/** What somebody planned, with the named records found. What may be left out is there as undefined. */
export interface DayContent
  extends Pick<Day, 'title' | 'purpose' | 'hostIds' | 'visibility' | 'chosenOrganisationIds' | 'revision'>,
    Times {
  venue: Day['venue'] | undefined
  callUrl: string | undefined
  capacity: number | undefined
}

type Directories = Pick<Services, 'people' | 'organisations'> & { clock: Clock }

/** @throws Invalid naming each field that is wrong */
export async function dayContent(form: DayForm, directories: Directories, writer: SignedInPerson, day?: Day): Promise<DayContent> {
  const problems: Record<string, string> = {}
  const times = timesOf(form, problems)
  if (times !== undefined && times.date !== day?.date && times.endsAt <= directories.clock.now())
    problems.date ??= 'This date is over: a day is planned for a date to come'
  if (day?.sessions.some(({ start }) => start < form.start)) problems.start ??= 'A session of the agenda begins before: change it first'
  if (day?.sessions.some(({ end }) => end > form.end)) problems.end ??= 'A session of the agenda ends after that: change it first'
  if (form.venue === undefined && (form.access !== undefined || form.map !== undefined)) problems.venue ??= 'Enter the name of the venue'
  const hostIds = await hostsNamed(form, directories, writer, { problems, day })
  const chosenOrganisationIds = form.visibility === 'chosen' ? await chosenOrganisations(form, directories, writer, problems) : []
  if (Object.keys(problems).length > 0 || times === undefined) throw new Invalid(problems)
  const { title, purpose, visibility, capacity, revision } = form
  return {
    title,
    purpose,
    visibility,
    capacity,
    revision,
    ...times,
    venue: venueOf(form),
    callUrl: form.call,
    hostIds,
    chosenOrganisationIds,
  }
}

function venueOf({ venue: name, access, map: mapUrl }: DayForm): Day['venue'] {
  return name === undefined ? undefined : { name, ...(access === undefined ? {} : { access }), ...(mapUrl === undefined ? {} : { mapUrl }) }
}

/** Nobody named: whoever plans it. */
async function hostsNamed(
  { hosts }: DayForm,
  { people }: Directories,
  writer: SignedInPerson,
  { problems, day }: { problems: Record<string, string>; day: Day | undefined },
) {
  const found = await colleaguesNamed(hosts, day?.hostIds, { people }, writer, says => {
    problems.hosts ??= says
  })
  return found.length === 0 ? [writer.id] : found
}
