import type { SignedInPerson } from '../../../access/accessTokens.ts'
import type { Visibility } from '../../../access/readers.ts'
import type { FeatureServices } from '../../../feature.ts'
import type { Outcome } from '../../../imports/importer.ts'
import { keepRows, type Tally } from '../../../imports/keepRows.ts'
import { newId } from '../../../storage/newId.ts'
import { slugOf, slugWithId } from '../../../storage/slugs.ts'
import type { Article } from '../../articles/articleModel.ts'
import { collectionsImport } from '../../collections/collectionsImport.ts'
import { type ArticlesImporter, articlesImport } from '../articlesImport.ts'
import { type LinkedPage, PagePlaces, type PlacedPage } from './pagePlaces.ts'
import { pageRow, sourceIdOf } from './pageRow.ts'
import type { ReadFiles } from './readPages.ts'

/** What holds for pages that say nothing of it themselves. */
export interface PageDefaults {
  /** Names what the pages come from: the same name again changes what came from it. */
  source: string
  visibility: Visibility
  state: 'draft' | 'published'
  /** A team by the name in its address; left out, whoever imports. */
  owner?: string
}

export interface PageOutcome {
  path: string
  title: string
  slug: string
  outcome: Outcome
}

export interface PageReport {
  tally: Tally
  pages: PageOutcome[]
  attached: number
  /** Files that could not be attached, with the reason. */
  notAttached: { path: string; reason: string }[]
  leftOut: { path: string; reason: string }[]
  /** Links that lead nowhere, by page. */
  broken: { path: string; target: string }[]
  collections: number
}

type Services = Pick<
  FeatureServices,
  'models' | 'organisations' | 'teams' | 'skills' | 'authors' | 'articles' | 'attachments' | 'files' | 'clock'
>

interface Run {
  read: ReadFiles
  defaults: PageDefaults
  /** Whose rights hold; absent, it is whoever has the machine. */
  keeper?: SignedInPerson
  progress?(done: number, total: number): void
}

/** What an import would come to: nothing is kept. */
export async function planPages(services: Services, run: Run): Promise<PageReport> {
  return importPages(services, run, importer => importer.plan)
}

/** Keeps pages as articles, with their files and collections. It may be ended anywhere and repeated. */
export async function keepPages(services: Services, run: Run): Promise<PageReport> {
  const report = await importPages(services, run, importer => importer.keep)
  const kept = new Set(report.pages.filter(({ outcome }) => typeof outcome === 'string').map(({ path }) => path))
  const linked = (await linkedPages(services, run)).filter(({ page }) => kept.has(page.path))
  for (const page of linked) await attachFiles(services, run, page, report)
  report.collections = await keepCollections(services, run)
  return report
}

async function importPages(
  services: Services,
  run: Run,
  how: (importer: ArticlesImporter) => ArticlesImporter['keep'],
): Promise<PageReport> {
  const linked = await linkedPages(services, run)
  const pages: PageOutcome[] = []
  const outcomes = new Map<string, LinkedPage>(linked.map(page => [page.sourceId, page]))
  const open = async (warn: (about: string) => void) => {
    const importer = await articlesImport(services, { clock: services.clock, warn, ...(run.keeper && { keeper: run.keeper }) })
    const keep: ArticlesImporter['keep'] = async rows => {
      const kept = await how(importer)(rows)
      for (const [position, outcome] of kept.entries()) note(pages, outcomes.get(rows[position]?.id ?? ''), outcome)
      return kept
    }
    return { ...importer, keep }
  }
  const rows = linked.map((page, position) => ({ line: position + 1, cells: pageRow(page, run.defaults) }))
  const tally = await keepRows(open, {
    type: 'articles',
    table: { file: run.read.files.name, columns: undefined, rows: inTurn(rows) },
    refuse: ({ line, reason }) => {
      const page = linked[line - 1]
      if (!pages.some(({ path }) => path === page?.page.path)) note(pages, page, { refused: reason })
    },
    progress: ({ read }) => run.progress?.(read, linked.length),
  })
  const broken = linked.flatMap(({ page: { path }, broken: targets }) => targets.map(target => ({ path, target })))
  return { tally, pages, attached: 0, notAttached: [], leftOut: run.read.leftOut, broken, collections: run.read.collections.length }
}

function note(pages: PageOutcome[], page: LinkedPage | undefined, outcome: Outcome): void {
  if (page !== undefined) pages.push({ path: page.page.path, title: page.page.title, slug: page.slug, outcome })
}

async function* inTurn<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows
}

/** Gives each page the address of its article, or one that is free, and leads the links among them there. */
async function linkedPages(services: Services, { read, defaults, keeper }: Run): Promise<LinkedPage[]> {
  const ids = read.pages.map(page => sourceIdOf(page, defaults.source))
  const existing = await existingArticles(services, ids, keeper)
  const wanted = read.pages.map(page => (typeof page.fields?.slug === 'string' ? slugOf(page.fields.slug) : slugOf(page.title)))
  const taken = await takenSlugs(services, wanted)
  const placed = read.pages.map((page, position): PlacedPage => {
    const sourceId = ids[position] as string
    const known = existing.get(sourceId)
    if (known !== undefined) return { page, sourceId, slug: known.slug }
    const preferred = wanted[position] as string
    const slug = taken.has(preferred) ? slugWithId(page.title, newId()) : preferred
    taken.add(slug)
    return { page, sourceId, slug }
  })
  const places = new PagePlaces(read, placed)
  return placed.map(place => places.linked(place))
}

async function existingArticles(
  { articles }: Services,
  ids: readonly string[],
  keeper: SignedInPerson | undefined,
): Promise<Map<string, Article>> {
  const found = await articles.inFiles(ids, keeper?.organisationId)
  return new Map(
    found.flatMap(article => [[article._id, article] as const, ...(article.sourceId ? [[article.sourceId, article] as const] : [])]),
  )
}

async function takenSlugs({ models }: Services, slugs: readonly string[]): Promise<Set<string>> {
  const found = models.articles.find({ slug: { $in: [...new Set(slugs)] } }).asSystem('an address is given once')
  return new Set((await found.select({ slug: 1 }).lean<{ slug: string }[]>()).map(({ slug }) => slug))
}

/** One of that name that is there stays as it is. */
async function attachFiles(
  { articles, attachments, files }: Services,
  { read, keeper }: Run,
  page: LinkedPage,
  report: PageReport,
): Promise<void> {
  if (page.attached.size === 0) return
  const [article] = await articles.inFiles([page.sourceId], keeper?.organisationId)
  if (article === undefined) return
  const there = new Set((await attachments.of(article)).map(({ name }) => name))
  for (const [path, name] of page.attached) {
    if (there.has(name)) continue
    const fileId = await files.keep(Buffer.from(read.files.bytes(path)), attachments.about(article))
    const by = keeper?.id ?? article.authorIds[0] ?? ''
    const added = await attachments.addTo(article, by, { fileId, name }).catch((error: Error) => error)
    if (added instanceof Error) report.notAttached.push({ path, reason: reasonOf(added) })
    else report.attached += 1
    there.add(name)
  }
}

const reasonOf = (error: Error) => ('problems' in error ? Object.values(error.problems as object).join(' ') : error.message)

/** Collections are made by whoever has the machine: their owners and readers stand in their files. */
async function keepCollections(services: Services, { read, keeper }: Run): Promise<number> {
  if (keeper !== undefined || read.collections.length === 0) return 0
  const rows = read.collections.map(({ fields, text }, position) => ({ line: position + 1, cells: { ...fields, summary: text } }))
  const open = (warn: (about: string) => void) => collectionsImport(services, { clock: services.clock, warn })
  const table = { file: read.files.name, columns: undefined, rows: inTurn(rows) }
  const refuse = ({ line, reason }: { line: number; reason: string }) =>
    void read.leftOut.push({ path: read.collections[line - 1]?.path ?? '', reason: `is a collection, but ${reason}` })
  const { added, changed, unchanged } = await keepRows(open, { type: 'collections', table, refuse })
  return added + changed + unchanged
}
