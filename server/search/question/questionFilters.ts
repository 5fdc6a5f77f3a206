import type { Reader } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import { slugOf } from '../../storage/slugs.ts'
import { plainWords } from '../../storage/titleWords.ts'
import type { NameDirectory, NamedRecord } from '../searchType.ts'
import { type AskedField, type AskedText, withoutPart } from './question.ts'
import { beginningOf, type Days, within } from './questionDates.ts'
import type { Comparison } from './questionTokens.ts'
import type { Chosen, Question, QuestionChange } from './understanding.ts'

/** A narrowing as it is shown: "skill: VMware", with what of the question changes when it is taken off. */
export interface Chip {
  label: string
  without: QuestionChange
}

export interface Narrowed {
  chosen: Chosen[]
  days: Days
  chips: Chip[]
  hints: string[]
  /** What looks like a field and is none. */
  unknown: { text: string; isExcluded: boolean }[]
}

const dayMs = 86_400_000

/** All that narrows a question: filters chosen beside it, and what is typed as field:value. */
export async function narrowingsOf(
  question: Question,
  asked: AskedText,
  names: readonly NameDirectory[],
  reader: Reader,
): Promise<Narrowed> {
  const narrowing = new Narrowing(question, reader)
  narrowing.chooseDays()
  for (const directory of names) await narrowing.choose(directory)
  for (const part of asked.fields) {
    const directory = names.find(({ field }) => field === part.field)
    if (part.field === 'after' || part.field === 'before') narrowing.typeDay(part)
    else if (directory !== undefined) await narrowing.type(directory, part)
    else narrowing.unknown.push({ text: `${part.field}${part.comparison}${part.values.join(' ')}`, isExcluded: part.isExcluded })
  }
  for (const directory of names) narrowing.hintAtSpaces(directory)
  for (const part of asked.excluded)
    narrowing.chips.push({ label: `without: ${part.value}`, without: { q: withoutPart(question.q, part) } })
  return narrowing
}

class Narrowing implements Narrowed {
  readonly chosen: Chosen[] = []
  days: Days = {}
  readonly chips: Chip[] = []
  readonly hints: string[] = []
  readonly unknown: Narrowed['unknown'] = []
  private readonly question: Question
  private readonly reader: Reader
  /** Values of one field beside each other: one of them is enough. */
  private readonly together = new Map<string, NamedRecord[]>()

  constructor(question: Question, reader: Reader) {
    this.question = question
    this.reader = reader
  }

  chooseDays(): void {
    const { from, before } = this.question
    this.days = within({ ...(from && { from }), ...(before && { before }) }, {})
    if (from) this.chips.push({ label: `from ${longDate(from)}`, without: { from: undefined } })
    if (before) this.chips.push({ label: `until ${longDate(new Date(before.getTime() - dayMs))}`, without: { before: undefined } })
  }

  async choose(directory: NameDirectory): Promise<void> {
    const { field } = directory
    const slugs = [...new Set(this.question.filters[field] ?? [])]
    for (const slug of slugs) {
      const record = await this.named(directory, slug)
      if (record === undefined) continue
      this.widen(field, [record])
      const left = slugs.filter(other => other !== slug)
      this.chips.push({ label: `${field}: ${record.label}`, without: { filters: { ...this.question.filters, [field]: left } } })
    }
  }

  async type(directory: NameDirectory, part: AskedField): Promise<void> {
    const { field } = directory
    const { comparison, values, isExcluded } = part
    if (comparison !== ':' && directory.inOrder === undefined) {
      this.hints.push(`“${field}” has no more and less: write ${field}:${values[0]}. It was left out.`)
      return
    }
    const found: NamedRecord[] = []
    for (const value of new Set(values)) {
      const record = await this.named(directory, value)
      if (record !== undefined) found.push(record)
    }
    if (found.length === 0) return
    const records = comparison === ':' ? found : compared(directory.inOrder ?? [], found[0] as NamedRecord, comparison)
    if (isExcluded) this.chosen.push({ field, records, not: true })
    else if (comparison !== ':') this.chosen.push({ field, records })
    else this.widen(field, records)
    const label = `${isExcluded ? 'not ' : ''}${field}: ${labelled(found, comparison)}`
    this.chips.push({ label, without: { q: withoutPart(this.question.q, part) } })
  }

  typeDay(part: AskedField): void {
    const { field, values, isExcluded } = part
    const [value = ''] = values
    const date = values.length === 1 && part.comparison === ':' ? beginningOf(value) : undefined
    if (date === undefined) {
      this.hints.push(
        `“${value.slice(0, 40)}” is not a date, so “${field}:” was left out. Write ${field}:2025, ${field}:2025-03 or ${field}:2025-03-15.`,
      )
      return
    }
    const isFrom = (field === 'after') !== isExcluded
    this.days = within(this.days, isFrom ? { from: date } : { before: date })
    this.chips.push({ label: `${isFrom ? 'from' : 'before'} ${longDate(date)}`, without: { q: withoutPart(this.question.q, part) } })
  }

  /** "skill: vmware" and "level >= expert" are words. */
  hintAtSpaces({ field, inOrder }: NameDirectory): void {
    const example = inOrder === undefined ? `${field}:name` : `${field}>=${inOrder.at(-2)?.slug}`
    const spaced = new RegExp(`(^|\\s)${field}(:|${inOrder === undefined ? ':' : '\\s*[<>]=?'})\\s`, 'iu')
    if (spaced.test(`${this.question.q} `)) this.hints.push(`“${field}” was searched as a word. Write it without spaces: ${example}.`)
  }

  private widen(field: string, records: readonly NamedRecord[]): void {
    const known = this.together.get(field)
    if (known === undefined) {
      const first = [...records]
      this.together.set(field, first)
      this.chosen.push({ field, records: first })
    } else known.push(...records.filter(({ id }) => !known.some(record => record.id === id)))
  }

  /** By slug, by what its slug would be, or by name; says so when there is none. */
  private async named(directory: NameDirectory, value: string): Promise<NamedRecord | undefined> {
    const bySlug = await directory.bySlugs([...new Set([value, slugOf(value)])], this.reader)
    const found = bySlug.find(({ slug }) => slug === value) ?? bySlug[0] ?? (await this.mostCertain(directory, value))
    if (found === undefined) this.hints.push(`There is no ${directory.title.toLowerCase()} “${value.slice(0, 60)}”, so it was left out.`)
    return found
  }

  private async mostCertain(directory: NameDirectory, value: string): Promise<NamedRecord | undefined> {
    const found = (await directory.recognise?.(plainWords(value), this.reader)) ?? []
    return found.toSorted((a, b) => b.certainty - a.certainty)[0]
  }
}

function compared(inOrder: readonly NamedRecord[], { id }: NamedRecord, comparison: Comparison): NamedRecord[] {
  const at = inOrder.findIndex(record => record.id === id)
  return inOrder.filter((_, place) => {
    if (comparison === '>=') return place >= at
    if (comparison === '<=') return place <= at
    return comparison === '>' ? place > at : place < at
  })
}

function labelled(records: readonly NamedRecord[], comparison: Comparison): string {
  const labels = records.map(({ label }) => label).join(' or ')
  const said = {
    ':': labels,
    '>=': `${labels} or higher`,
    '<=': `${labels} or lower`,
    '>': `higher than ${labels}`,
    '<': `lower than ${labels}`,
  }
  return said[comparison]
}
