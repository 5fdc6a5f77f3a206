import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { markdownToHtml } from '../../documents/markdown.ts'
import { markdownBlocks } from '../../documents/markdownBlocks.ts'
import type { PrintedDocument } from '../../documents/printedDocument.ts'
import { dateAndTime, longDate } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { Day } from '../dayModel.ts'
import { timesText } from '../dayTimes.ts'
import { drawnMinutes } from './drawnMinutes.ts'
import { approvalOf, type ShownVersion } from './minutes.ts'
import type { MinutesVersion } from './minutesModel.ts'

const titleOf = ({ title }: Day) => `Minutes of “${title}”`

/** What stands above the minutes, on the page and on paper. */
async function minutesOf(day: Day, person: SignedInPerson, services: Services) {
  const shown = await services.minutes.shownTo(person, day)
  const approverId = shown?.approval?.byId
  const [people, organisations] = await Promise.all([
    services.bylines.of([...day.hostIds, ...(approverId === undefined ? [] : [approverId])], person),
    services.search.namer(person)('organisation', [day.organisationId]),
  ])
  const nameOf = (id: string) => people.get(id)?.name ?? 'somebody who left'
  const facts = [
    ['Date', `${longDate(day.startsAt)}, ${timesText(day)}`],
    ['Venue', day.venue?.name],
    ['Organisation', organisations.get(day.organisationId)?.label],
    ['Hosts', day.hostIds.flatMap(id => people.get(id)?.name ?? []).join(', ')],
    ['State', stateText(shown, nameOf)],
  ]
  return {
    shown,
    text: shown?.text ?? (await drawnMinutes(day, person, services)),
    facts: facts.flatMap(([label = '', text]) => (text ? [{ label, text }] : [])),
  }
}

function stateText(shown: ShownVersion | undefined, nameOf: (id: string) => string): string {
  if (shown === undefined) return 'Drawn from the records of the day, not approved'
  const { number, approval } = shown
  return approval === undefined
    ? `Version ${number}, not approved`
    : `Version ${number}, approved by ${nameOf(approval.byId)} on ${longDate(approval.at)}`
}

/** Everything that views/days/minutes prints. */
export async function presentMinutes(day: Day, person: SignedInPerson, services: Services) {
  const { shown, text, facts } = await minutesOf(day, person, services)
  const href = `/days/${day.slug}/minutes`
  const waits = shown !== undefined && shown.approval === undefined
  return {
    title: titleOf(day),
    dayTitle: day.title,
    dayHref: `/days/${day.slug}`,
    facts,
    html: markdownToHtml(text),
    isEmpty: text.trim() === '',
    files: [
      { href: `${href}.docx`, text: 'Word' },
      { href: `${href}.pdf`, text: 'PDF' },
    ],
    ...(shown === undefined ? {} : { historyHref: `${href}/history` }),
    ...(may(person, { verb: 'run day', record: day }) ? { editHref: `${href}/edit` } : {}),
    ...(waits ? { othersSee: othersSee(day) } : {}),
    ...(waits && may(person, { verb: 'approve minutes', record: day })
      ? { approval: { action: `${href}/approve`, number: shown.number } }
      : {}),
  }
}

const othersSee = ({ minutes }: Day): string =>
  minutes === undefined
    ? 'Until they are approved, others see what is drawn from the records.'
    : `Until they are approved, others see version ${minutes.number}.`

/** Everything that views/days/minutesForm prints. What somebody else saved meanwhile stands below what was typed. */
export async function presentMinutesForm(
  day: Day,
  person: SignedInPerson,
  services: Services,
  { typed, errors = {}, isDrawn = false }: { typed?: Record<string, unknown>; errors?: Problems; isDrawn?: boolean } = {},
) {
  const latest = await services.minutes.latest(day)
  const number = latest?.number ?? 0
  const opened = isDrawn || latest === undefined ? await drawnMinutes(day, person, services) : latest.text
  const isOverlooked = typed !== undefined && latest !== undefined && typed.number !== String(number)
  const href = `/days/${day.slug}/minutes`
  return {
    title: `Correct the minutes of “${day.title}”`,
    errors,
    action: href,
    cancelHref: href,
    ...(latest === undefined || isDrawn ? {} : { drawHref: `${href}/edit?from=records` }),
    typed: { text: typeof typed?.text === 'string' ? typed.text : opened, number },
    ...(isOverlooked ? { other: latest.text } : {}),
    mayApprove: may(person, { verb: 'approve minutes', record: day }),
  }
}

/** Everything that views/days/minutesHistory prints. */
export async function presentMinutesHistory(day: Day, versions: readonly MinutesVersion[], person: SignedInPerson, services: Services) {
  const approvals = day.minutes?.approvals ?? []
  const ids = [...versions.flatMap(({ savedById }) => savedById ?? []), ...approvals.map(({ byId }) => byId)]
  const people = await services.bylines.of(ids, person)
  return {
    title: `Versions of the minutes of “${day.title}”`,
    minutesHref: `/days/${day.slug}/minutes`,
    versions: versions.map(({ number, text, savedAt, savedById }) => {
      const approval = approvalOf(day, number)
      return {
        ...{ number, text, saved: dateAndTime(savedAt) },
        by: savedById === undefined ? 'an import' : (people.get(savedById)?.name ?? 'somebody who left'),
        ...(approval === undefined
          ? {}
          : { approved: `Approved on ${dateAndTime(approval.at)} by ${people.get(approval.byId)?.name ?? 'somebody who left'}` }),
      }
    }),
  }
}

/** The minutes for paper. @param site  without a slash at the end */
export async function printedMinutes(day: Day, person: SignedInPerson, services: Services, site: string): Promise<PrintedDocument> {
  const { text, facts } = await minutesOf(day, person, services)
  return {
    title: titleOf(day),
    marking: 'OFFICIAL',
    facts: [...facts, { label: 'Address', text: `${site}/days/${day.slug}/minutes` }],
    blocks: markdownBlocks(text, site),
  }
}
