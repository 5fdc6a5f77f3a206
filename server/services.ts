import type { Logger } from 'pino'
import { AccountAdministration } from './accounts/accountAdministration.ts'
import { AccountService } from './accounts/accountService.ts'
import { founding } from './accounts/founding.ts'
import { Invitations } from './accounts/invitations.ts'
import { PartnershipService } from './accounts/partnershipService.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import type { AdministratorPage, FeatureServices } from './feature.ts'
import { features } from './features.ts'
import { ArticleService } from './knowledge/articles/articleService.ts'
import { defineModels, type Models } from './models.ts'
import { OrganisationService } from './organisations/organisationService.ts'
import { TeamService } from './organisations/teamService.ts'
import { PersonService } from './people/personService.ts'
import { DriftCheck } from './search/drift.ts'
import { Indexer } from './search/indexer.ts'
import { openSearchEngine } from './search/openSearchEngine.ts'
import { Reindex } from './search/reindex.ts'
import type { SearchEngine } from './search/searchEngine.ts'
import { SearchIndexes } from './search/searchIndexes.ts'
import { SearchService } from './search/searchService.ts'
import { SkillService } from './skills/skillService.ts'
import { connectStorage, ensureIndexes, type Storage, type StorageSettings } from './storage/connectStorage.ts'

export interface Services {
  config: Config
  log: Logger
  clock: Clock
  storage: Storage
  models: Models
  engine: SearchEngine
  indexer: Indexer
  searchIndexes: SearchIndexes
  search: SearchService
  drift: DriftCheck
  reindex: Reindex
  partnership: PartnershipService
  accounts: AccountService
  accountAdministration: AccountAdministration
  invitations: Invitations
  organisations: OrganisationService
  teams: TeamService
  people: PersonService
  skills: SkillService
  articles: ArticleService
  /** What the features declare for /admin. */
  administratorPages: readonly AdministratorPage[]
  close(): Promise<void>
}

export interface ServiceOptions {
  clock?: Clock
  storage?: Partial<StorageSettings>
  /** Already open ones, for tests that share them; they are not closed. */
  engine?: SearchEngine
}

/** Builds everything from the settings, in the order of its dependencies. Nothing works in the background yet: see `startWorking`. */
export async function createServices(config: Config, log: Logger, options: ServiceOptions = {}): Promise<Services> {
  const clock = options.clock ?? systemClock
  const storage = await connectStorage({ mongodbUri: config.MONGODB_URI, dataDir: config.DATA_DIR, ...options.storage })
  const models = defineModels(storage.connection)
  await ensureIndexes(storage.connection)
  const engine = options.engine ?? (await openSearchEngine(config, storage))
  const searchIndexes = new SearchIndexes(models, engine, clock)
  const declared = { ...featureServices(models, clock), config, log, clock, storage, models, engine, searchIndexes }
  const types = features.flatMap(feature => feature.searchTypes?.(declared) ?? [])
  const names = features.flatMap(feature => feature.names?.(declared) ?? [])
  const indexer = new Indexer({ types, engine, searchIndexes, connection: storage.connection, clock, log })
  const search = new SearchService({ types, names, engine, log, clock })
  const drift = new DriftCheck(types, engine, searchIndexes, clock)
  const reindex = new Reindex({ engine, searchIndexes, indexer, drift })
  declared.articles.narrowed = (type, id) => indexer.settled({ type, id, withinMs: 2_000 })
  return {
    ...declared,
    indexer,
    search,
    drift,
    reindex,
    administratorPages: features.flatMap(feature => feature.administratorPages ?? []),
    close: () => closeAll(indexer, options.engine === undefined ? engine : undefined, storage),
  }
}

function featureServices(models: Models, clock: Clock) {
  const partnership = new PartnershipService(models, clock, founding(models, clock))
  const organisations = new OrganisationService(models)
  const teams = new TeamService(models)
  const skills = new SkillService(models)
  const people = new PersonService(models, { clock })
  const accounts = new AccountService(models, { people, clock })
  const accountAdministration = new AccountAdministration(models, { people, clock })
  const invitations = new Invitations(models, { accounts, accountAdministration, people, clock })
  const articles = new ArticleService(models, clock)
  return {
    partnership,
    organisations,
    teams,
    skills,
    people,
    accounts,
    accountAdministration,
    invitations,
    articles,
  } satisfies Partial<FeatureServices>
}

async function closeAll(indexer: Indexer, engine: SearchEngine | undefined, storage: Storage): Promise<void> {
  await indexer.stop()
  await engine?.close()
  await storage.close()
}
