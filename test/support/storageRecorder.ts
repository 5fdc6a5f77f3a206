import type { mongo } from 'mongoose'
import { isSupported } from '../../server/storage/embedded/supportedOperations.ts'

type Doc = Record<string, unknown>

/** What the embedded store would refuse, whatever server the tests run on; each once, as "filter $where in find". */
export class StorageRecorder {
  private readonly found = new Set<string>()
  private seen = 0

  listen(client: mongo.MongoClient): void {
    client.on('commandStarted', ({ command, commandName }) => this.record(commandName, command))
  }

  get lacking(): string[] {
    return [...this.found].sort()
  }

  /** @throws Error when something is lacking, or when nothing was seen at all */
  verify(): void {
    if (this.seen === 0) throw new Error('The recorder saw no command: does it listen to the right client?')
    if (this.found.size > 0) throw new Error(`The site asks its database for what supportedOperations lacks: ${this.lacking.join('; ')}`)
  }

  record(name: string, command: Doc): void {
    this.seen++
    const note = (what: string) => this.found.add(`${what} in ${name}`)
    if (!isSupported('commands', name)) note(`command ${name}`)
    for (const filter of filtersOf(command)) noteFilter(filter, note)
    for (const update of updatesOf(command)) noteUpdate(update, note)
    for (const [stage, operand] of stagesOf(command)) noteStage(stage, operand, note)
    for (const option of ['collation', 'arrayFilters', 'startTransaction', 'let', 'hint'])
      if (operations(command).some(each => each[option] !== undefined)) note(option)
  }
}

type Note = (what: string) => void

const list = (value: unknown): Doc[] => (Array.isArray(value) ? (value as Doc[]) : [])
const operations = (command: Doc): Doc[] => [command, ...list(command.updates), ...list(command.deletes)]
const isObject = (value: unknown): value is Doc =>
  typeof value === 'object' &&
  value !== null &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)

function filtersOf(command: Doc): Doc[] {
  const indexes = list(command.indexes).map(({ partialFilterExpression }) => partialFilterExpression)
  const matched = stagesOf(command).flatMap(([name, operand]) => (name === '$match' ? [operand] : []))
  return [...operations(command).flatMap(({ q, filter, query }) => [q, filter, query]), ...indexes, ...matched].filter(isObject)
}

const updatesOf = (command: Doc): unknown[] =>
  operations(command)
    .flatMap(({ u, update }) => [u, typeof update === 'string' ? undefined : update])
    .filter(update => update !== undefined)
const stagesOf = ({ pipeline }: Doc): [string, unknown][] =>
  list(pipeline)
    .flatMap(stage => Object.entries(stage))
    .flatMap(([name, operand]) => [[name, operand] as [string, unknown], ...(name === '$unionWith' ? stagesOf(operand as Doc) : [])])

function noteFilter(filter: unknown, note: Note): void {
  if (Array.isArray(filter)) for (const part of filter) noteFilter(part, note)
  if (!isObject(filter)) return
  for (const [name, operand] of Object.entries(filter)) {
    if (name.startsWith('$') && !isSupported('filters', name)) note(`filter ${name}`)
    noteFilter(operand, note)
  }
}

function noteUpdate(update: unknown, note: Note): void {
  if (Array.isArray(update)) {
    note('update by a pipeline')
    return
  }
  for (const [name, fields] of Object.entries(update as Doc)) {
    if (!name.startsWith('$')) return
    if (!isSupported('updates', name)) note(`update ${name}`)
    for (const [path, operand] of Object.entries(fields as Doc)) {
      if (path.includes('$')) note('positional update')
      if (name === '$pull') noteFilter(operand, note)
      const modifiers = (name === '$push' || name === '$addToSet') && isObject(operand) ? Object.keys(operand) : []
      for (const modifier of modifiers)
        if (modifier.startsWith('$') && !isSupported('pushModifiers', modifier)) note(`modifier ${modifier}`)
    }
  }
}

function noteStage(stage: string, operand: unknown, note: Note): void {
  if (!isSupported('stages', stage)) note(`stage ${stage}`)
  if (stage !== '$group') return
  for (const [field, accumulator] of Object.entries(operand as Doc)) {
    if (field !== '_id')
      for (const name of Object.keys(accumulator as Doc)) if (!isSupported('accumulators', name)) note(`accumulator ${name}`)
  }
}
