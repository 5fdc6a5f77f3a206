import { partnershipToken, type SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { dateAndTime } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { openingOf, pinnedPosition } from '../queryLog/openingOf.ts'
import type { Understanding } from '../question/understanding.ts'
import type { Namer } from '../searchType.ts'
import { plainSpelling } from './knownPins.ts'
import type { Pin } from './pinModel.ts'
import { addressOfPinned, type PinnedRecord } from './pinnedRecords.ts'

export const pinsPage = '/admin/pins'

type Typed = Record<string, unknown> | undefined
type Shown = Pick<Services, 'pins' | 'search'>

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** What a pin names and the keeper does not see: gone, withdrawn, or never theirs to read; which of these is not theirs to know either. */
const unseenText = (count: number) => {
  if (count === 0) return undefined
  return count === 1 ? '1 page is gone, or is not shared with you' : `${count} pages are gone, or are not shared with you`
}

/** The rows that the page of results prints, in the order of the records: each a group of one. */
export async function presentPinnedRows(records: readonly PinnedRecord[], named: Namer): Promise<object[]> {
  const rows = new Map<PinnedRecord, object>()
  for (const type of new Set(records.map(record => record.type))) {
    const ofType = records.filter(record => record.type === type)
    const presented = await type.presentRows(
      ofType.map(({ record }) => ({ record, score: 0, highlights: {} })),
      named,
    )
    for (const [place, record] of ofType.entries())
      rows.set(record, { [type.rowsName]: [{ ...presented[place], result: openingOf(type, record.record._id, pinnedPosition) }] })
  }
  return records.flatMap(record => rows.get(record) ?? [])
}

/** For those who keep pins: to that of these words, or to a new one. */
export function presentPinLink(reader: SignedInPerson, pinId: string | undefined, understanding: Understanding) {
  const spelling = plainSpelling(understanding)
  if (spelling === undefined || !may(reader, { verb: 'keep search' })) return undefined
  if (pinId !== undefined) return { href: `${pinsPage}/${pinId}/edit`, text: 'Change what is pinned to these words' }
  return { href: `${pinsPage}?${new URLSearchParams({ queries: spelling })}`, text: 'Pin a page to these words' }
}

/** Pages and whoever changed a pin are named as far as the keeper may see them. */
export async function presentPins(keeper: SignedInPerson, { pins, search }: Shown, typed: Typed, errors: Problems) {
  const kept = await pins.list()
  const named = search.namer(keeper)
  const names = await named(
    'author',
    kept.flatMap(({ changedById }) => changedById ?? []),
  )
  const seen = await pins.seen(
    keeper,
    kept.flatMap(({ records }) => records),
  )
  const rowOf = (pin: Pin) => {
    const own = pin.records.flatMap(({ type, id }) => seen.find(({ record, type: of }) => of.type === type && record._id === id) ?? [])
    return {
      what: pin.queries.join(', '),
      href: `${pinsPage}/${pin._id}/edit`,
      pages: own.map(pinned => ({
        text: pinned.type.titleOf(pinned.record),
        href: addressOfPinned(pinned),
        note: pinned.record.readers.includes(partnershipToken) ? undefined : 'not shared with everybody',
      })),
      unseen: unseenText(pin.records.length - own.length),
      changed: [dateAndTime(pin.changedAt), pin.changedById === undefined ? undefined : names.get(pin.changedById)?.label]
        .filter(Boolean)
        .join(', '),
    }
  }
  return { title: 'Pins', errors, queries: textOf(typed?.queries), pages: textOf(typed?.pages), pins: kept.map(rowOf) }
}

export async function presentPinForm(
  keeper: SignedInPerson,
  pin: Pin,
  { pins }: Shown,
  { typed, errors, isConflict }: { typed: Typed; errors: Problems; isConflict: boolean },
) {
  const seen = await pins.seen(keeper, pin.records)
  const addresses = seen.map(addressOfPinned)
  return {
    title: `Change what is pinned to ${pin.queries[0]}`,
    errors,
    action: `${pinsPage}/${pin._id}`,
    queries: typed === undefined ? pin.queries.join('\n') : textOf(typed.queries),
    pages: typed === undefined ? addresses.join('\n') : textOf(typed.pages),
    unseen: unseenText(pin.records.length - seen.length),
    dropsUnseen: typed?.unseen === 'off',
    revision: typed === undefined || isConflict ? String(pin.revision) : textOf(typed.revision),
    savedMeanwhile: isConflict ? [...pin.queries, ...addresses].join(', ') : undefined,
  }
}
