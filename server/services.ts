import type { Logger } from 'pino'
import { AccountAdministration } from './accounts/accountAdministration.ts'
import { AccountService } from './accounts/accountService.ts'
import { founding } from './accounts/founding.ts'
import { Invitations } from './accounts/invitations.ts'
import { Leaving } from './accounts/leaving.ts'
import { MailedLinks } from './accounts/mailedLinks.ts'
import { Handovers } from './admin/handover/handovers.ts'
import { QueuedHandovers } from './admin/handover/queuedHandovers.ts'
import { Unowned } from './admin/handover/unowned.ts'
import type { OpenImporter } from './admin/peopleImport/peopleImportPlan.ts'
import { PeopleImports } from './admin/peopleImport/peopleImports.ts'
import { type Clock, systemClock } from './clock.ts'
import { Comments } from './comments/comments.ts'
import type { Config } from './config.ts'
import { Agenda } from './days/agenda/agenda.ts'
import { CalendarAddresses } from './days/calendar/calendarAddresses.ts'
import { CalendarDays } from './days/calendar/calendarDays.ts'
import { DayNews } from './days/dayNews.ts'
import { DayService } from './days/dayService.ts'
import { Minutes } from './days/minutes/minutes.ts'
import { Outputs } from './days/outputs/outputs.ts'
import { Votes } from './days/outputs/votes.ts'
import { Needs } from './days/registrations/needs.ts'
import { Registrations } from './days/registrations/registrations.ts'
import type { AdministratorPage, DirectAnswer, FeatureServices, WaitingSource } from './feature.ts'
import { features } from './features.ts'
import { FeedAddresses } from './feeds/feedAddresses.ts'
import { FileStore } from './files/fileStore.ts'
import { FileSweep } from './files/fileSweep.ts'
import { VirusScanner } from './files/virusScanner.ts'
import { FirstSteps } from './home/firstSteps.ts'
import { JobQueue } from './jobs/jobQueue.ts'
import { JobRunner } from './jobs/jobRunner.ts'
import { ArticleOwners } from './knowledge/articles/articleOwners.ts'
import { ArticleService } from './knowledge/articles/articleService.ts'
import { ArticleWriting } from './knowledge/articles/articleWriting.ts'
import { NewestArticles } from './knowledge/articles/newestArticles.ts'
import { AttachedTexts } from './knowledge/attachments/attachedTexts.ts'
import { AttachmentReading } from './knowledge/attachments/attachmentReading.ts'
import { Attachments } from './knowledge/attachments/attachments.ts'
import { CollectedArticles } from './knowledge/collections/collectedArticles.ts'
import { CollectionService } from './knowledge/collections/collectionService.ts'
import { Exports } from './knowledge/exports/exports.ts'
import { FollowedNews } from './knowledge/followedNews/followedNews.ts'
import { KindTables } from './knowledge/kinds/kindTables.ts'
import { PageImports } from './knowledge/pageImports/pageImports.ts'
import { Approvals } from './knowledge/reviews/approvals.ts'
import { DueReviews } from './knowledge/reviews/dueReviews.ts'
import { ReviewNews } from './knowledge/reviews/reviewNews.ts'
import { ReviewService } from './knowledge/reviews/reviewService.ts'
import { RevisionService } from './knowledge/revisions/revisionService.ts'
import { Revisions } from './knowledge/revisions/revisions.ts'
import { Talk } from './knowledge/talk/talk.ts'
import { Usefulness } from './knowledge/usefulness/usefulness.ts'
import { WorkingTexts } from './knowledge/workingTexts/workingTexts.ts'
import { LinkedRecords } from './knowledge/writing/linkedRecords.ts'
import { MailSending } from './mail/mailSending.ts'
import { MailServer } from './mail/mailServer.ts'
import { Outbox } from './mail/outbox.ts'
import { defineModels, type Models } from './models.ts'
import { Metrics } from './monitoring/metrics.ts'
import { NotificationChoices } from './notifications/choices/notificationChoices.ts'
import { Following } from './notifications/following.ts'
import { MailEndings } from './notifications/mails/mailEndings.ts'
import { MailedNotifications } from './notifications/mails/mailedNotifications.ts'
import { Notifications } from './notifications/notifications.ts'
import { ContactHandovers } from './organisations/contacts/contactHandover.ts'
import { ContactPlaces } from './organisations/contacts/contactPlaces.ts'
import { ContactService } from './organisations/contacts/contactService.ts'
import { OrganisationService } from './organisations/organisationService.ts'
import { TeamService } from './organisations/teamService.ts'
import { Logos } from './partnership/identity/logos.ts'
import { KnownSettings } from './partnership/knownSettings.ts'
import { PartnershipService } from './partnership/partnershipService.ts'
import { SettingsService } from './partnership/settings/settingsService.ts'
import { TextService } from './partnership/texts/textService.ts'
import { Bylines } from './people/bylines.ts'
import { Covers } from './people/covers.ts'
import { DeclaredSkills } from './people/declaredSkills.ts'
import { Authors } from './people/imports/authors.ts'
import { peopleImport } from './people/imports/peopleImport.ts'
import { Leavers } from './people/leavers.ts'
import { PersonService } from './people/personService.ts'
import { Photos } from './people/photos.ts'
import { ProfileReports } from './people/reports/profileReports.ts'
import { TeamMemberships } from './people/teamMemberships.ts'
import { Ledger } from './pooling/ledger/ledger.ts'
import { DueLoans } from './pooling/loans/dueLoans.ts'
import { LentPeriodKeeper } from './pooling/loans/lentPeriodKeeper.ts'
import { LoanLeaving } from './pooling/loans/loanLeaving.ts'
import { LoanNews } from './pooling/loans/loanNews.ts'
import { LoanService } from './pooling/loans/loanService.ts'
import { LoanSteps } from './pooling/loans/loanSteps.ts'
import { LoanTerms } from './pooling/loans/loanTerms.ts'
import { OfferService } from './pooling/offers/offerService.ts'
import { RaisedRecords } from './pooling/raisedRecords.ts'
import { type RequestServices, requestServices } from './pooling/requestServices.ts'
import { RequestService } from './pooling/requests/requestService.ts'
import { Actions } from './programme/actions.ts'
import { Decisions } from './programme/decisions.ts'
import { DriftCheck } from './search/indexing/drift.ts'
import { DriftWalks } from './search/indexing/driftWalks.ts'
import { Indexer } from './search/indexing/indexer.ts'
import { IndexingState } from './search/indexing/indexingState.ts'
import { Reindex } from './search/indexing/reindex.ts'
import { SearchIndexes } from './search/indexing/searchIndexes.ts'
import { soleSearchProcess } from './search/indexing/soleSearchProcess.ts'
import { EncodingPause } from './search/meaning/encodingPause.ts'
import { KeptPassages } from './search/meaning/keptPassages.ts'
import { PassageEncoding } from './search/meaning/passageEncoding.ts'
import { withPassageMapping } from './search/meaning/passageMapping.ts'
import { openSemanticModel, type SemanticModel } from './search/meaning/semanticModel.ts'
import { openSearchEngine } from './search/openSearchEngine.ts'
import { type PinServices, pinServices } from './search/pins/pinServices.ts'
import { type QueryLogServices, queryLogServices } from './search/queryLog/queryLogServices.ts'
import { RelatedRecords } from './search/related.ts'
import { NewMatches } from './search/saved/newMatches.ts'
import { SavedSearches } from './search/saved/savedSearches.ts'
import type { SearchEngine } from './search/searchEngine.ts'
import { SearchService } from './search/searchService.ts'
import { suggestedRecords } from './search/suggestions/suggestedRecords.ts'
import type { SuggestionSource } from './search/suggestions/suggestion.ts'
import { KnownSynonyms } from './search/synonyms/knownSynonyms.ts'
import { SynonymService } from './search/synonyms/synonymService.ts'
import { Confirmations } from './skills/confirmations/confirmations.ts'
import { SkillMerges } from './skills/merges/skillMerges.ts'
import { SkillPairs } from './skills/pairs/skillPairs.ts'
import { ProposalDecisions } from './skills/proposals/proposalDecisions.ts'
import { SkillProposals } from './skills/proposals/skillProposals.ts'
import { RelatedSkills } from './skills/related/relatedSkills.ts'
import { SkillKeeping } from './skills/skillKeeping.ts'
import { SkillService } from './skills/skillService.ts'
import { SkillSplits } from './skills/splits/skillSplits.ts'
import { refuseUnfinishedRestore } from './storage/backup/unfinishedRestore.ts'
import { connectStorage, ensureIndexes, type Storage, type StorageSettings } from './storage/connectStorage.ts'
import { Lease } from './storage/leases.ts'
import { migrations } from './storage/migrations/migrations.ts'
import { Migrator } from './storage/migrations/migrator.ts'
import { requireInStep } from './storage/migrations/requireInStep.ts'
import { StorageWatch } from './storage/storageWatch.ts'
import { codeVersion } from './version.ts'

export interface Services extends PinServices, QueryLogServices, RequestServices {
  config: Config
  log: Logger
  clock: Clock
  metrics: Metrics
  storage: Storage
  storageWatch: StorageWatch
  models: Models
  files: FileStore
  fileSweep: FileSweep
  engine: SearchEngine
  indexer: Indexer
  searchIndexes: SearchIndexes
  semanticModel: SemanticModel
  keptPassages: KeptPassages | undefined
  encodingPause: EncodingPause
  passageEncoding: PassageEncoding | undefined
  search: SearchService
  related: RelatedRecords
  relatedSkills: RelatedSkills
  savedSearches: SavedSearches
  newMatches: NewMatches
  indexingState: IndexingState
  drift: DriftCheck
  driftWalks: DriftWalks
  reindex: Reindex
  knownSettings: KnownSettings
  partnership: PartnershipService
  settings: SettingsService
  logos: Logos
  texts: TextService
  accounts: AccountService
  accountAdministration: AccountAdministration
  leaving: Leaving
  invitations: Invitations
  mailedLinks: MailedLinks
  organisations: OrganisationService
  teams: TeamService
  people: PersonService
  leavers: Leavers
  bylines: Bylines
  covers: Covers
  declaredSkills: DeclaredSkills
  teamMemberships: TeamMemberships
  photos: Photos
  profileReports: ProfileReports
  authors: Authors
  skills: SkillService
  skillKeeping: SkillKeeping
  skillProposals: SkillProposals
  proposalDecisions: ProposalDecisions
  confirmations: Confirmations
  skillPairs: SkillPairs
  skillMerges: SkillMerges
  skillSplits: SkillSplits
  knownSynonyms: KnownSynonyms
  synonyms: SynonymService
  contacts: ContactService
  contactPlaces: ContactPlaces
  contactHandovers: ContactHandovers
  articles: ArticleService
  articleWriting: ArticleWriting
  attachments: Attachments
  attachmentReading: AttachmentReading
  attachedTexts: AttachedTexts
  newestArticles: NewestArticles
  collections: CollectionService
  collectedArticles: CollectedArticles
  days: DayService
  dayNews: DayNews
  agenda: Agenda
  calendarAddresses: CalendarAddresses
  calendarDays: CalendarDays
  minutes: Minutes
  registrations: Registrations
  needs: Needs
  outputs: Outputs
  votes: Votes
  actions: Actions
  decisions: Decisions
  exports: Exports
  pageImports: PageImports
  revisions: Revisions
  history: RevisionService
  workingTexts: WorkingTexts
  usefulness: Usefulness
  reviews: ReviewService
  reviewNews: ReviewNews
  approvals: Approvals
  dueReviews: DueReviews
  kindTables: KindTables
  loans: LoanService
  loanTerms: LoanTerms
  lentPeriods: LentPeriodKeeper
  dueLoans: DueLoans
  offers: OfferService
  raisedRecords: RaisedRecords
  loanLeaving: LoanLeaving
  ledger: Ledger
  firstSteps: FirstSteps
  following: Following
  followedNews: FollowedNews
  comments: Comments
  linkedRecords: LinkedRecords
  talk: Talk
  notifications: Notifications
  notificationChoices: NotificationChoices
  mailedNotifications: MailedNotifications
  mailEndings: MailEndings
  outbox: Outbox
  mailSending: MailSending
  articleOwners: ArticleOwners
  requests: RequestService
  feedAddresses: FeedAddresses
  peopleImports: PeopleImports
  queuedHandovers: QueuedHandovers
  handovers: Handovers
  unowned: Unowned
  jobs: JobQueue
  jobRunner: JobRunner
  /** What the features declare for /admin. */
  administratorPages: readonly AdministratorPage[]
  /** What the features declare for /search. */
  suggestionSources: readonly SuggestionSource[]
  directAnswers: readonly DirectAnswer[]
  /** What the features declare for the home page. */
  waiting: readonly WaitingSource[]
  close(): Promise<void>
}

export interface ServiceOptions {
  clock?: Clock
  storage?: Partial<StorageSettings>
  /** Already open ones, for tests that share them; they are not closed. */
  engine?: SearchEngine
  /** In place of what SEMANTIC_MODEL names. */
  semanticModel?: SemanticModel
}

/** Builds everything from the settings, in the order of its dependencies. Nothing works in the background yet. */
export async function createServices(config: Config, log: Logger, options: ServiceOptions = {}): Promise<Services> {
  const storage = await connectStorage({ mongodbUri: config.MONGODB_URI, dataDir: config.DATA_DIR, ...options.storage })
  try {
    return await servicesOn(storage, config, log, options)
  } catch (error) {
    await storage.close()
    throw error
  }
}

async function servicesOn(connected: Storage, config: Config, log: Logger, options: ServiceOptions): Promise<Services> {
  const clock = options.clock ?? systemClock
  const models = defineModels(connected.connection)
  await inStep(connected, models, config, clock)
  const { engine, closeEngine, mayIndex } = options.engine
    ? { engine: options.engine, closeEngine: async () => undefined, mayIndex: connected.ownsStore }
    : await ownEngine(connected, models, config, log, options)
  const storage = { ...connected, ownsStore: mayIndex }
  const storageWatch = new StorageWatch(() => storage.connection.db?.command({ ping: 1 }, { timeoutMS: 800 }) ?? Promise.reject(), log)
  const searchIndexes = new SearchIndexes(models, engine, clock)
  const metrics = new Metrics()
  const jobs = new JobQueue(models, clock)
  const files = new FileStore(storage.connection)
  const bases = { config, log, clock, metrics, storage, storageWatch, models, engine, searchIndexes, jobs, files }
  const declared = { ...featureServices(models, { config, clock, jobs, files }), ...bases }
  const semanticModel = options.semanticModel ?? (await openSemanticModel(config, log))
  const { encoder } = semanticModel
  const types = withPassageMapping(
    features.flatMap(feature => feature.searchTypes?.(declared) ?? []),
    encoder,
  )
  const keptPassages = encoder && new KeptPassages(models, encoder, clock)
  const names = features.flatMap(feature => feature.names?.(declared) ?? [])
  const rewordings = features.flatMap(feature => feature.rewordings?.(declared) ?? [])
  const confirmedSkills = features.flatMap(feature => feature.confirmedSkills?.(declared) ?? [])
  const passages = keptPassages
  const indexer = new Indexer({ types, engine, searchIndexes, passages, connection: storage.connection, clock, log })
  const encodingPause = new EncodingPause(models, clock)
  const passageEncoding =
    encoder &&
    keptPassages &&
    new PassageEncoding({ types, encoder, kept: keptPassages, pause: encodingPause, indexer, connection: storage.connection, clock, log })
  const searched = (by: 'engine' | 'database', seconds: number) => metrics.searched(by, seconds)
  const search = new SearchService({ types, names, rewordings, confirmedSkills, engine, encoder, log, clock, searched })
  const related = new RelatedRecords(search, log)
  const relatedSkills = new RelatedSkills({ skills: declared.skills, encoder, log })
  const savedSearches = new SavedSearches(models, { search, notifications: declared.notifications, clock })
  const newMatches = new NewMatches(models, { accounts: declared.accounts, notifications: declared.notifications, search, clock })
  declared.leavers.forget = features.flatMap(feature => feature.forget?.(declared) ?? [])
  const pinning = pinServices(models, { types, clock })
  const drift = new DriftCheck(types, engine, searchIndexes, clock)
  const reindex = new Reindex({ engine, searchIndexes, indexer, drift, passages })
  declared.articleWriting.narrowed = (type, id) => indexer.settled({ type, id, withinMs: 2_000 })
  const driftWalks = new DriftWalks(models, drift, clock)
  const indexingState = new IndexingState(search.types, searchIndexes, clock)
  const following = new Following(
    models,
    features.flatMap(feature => feature.followed?.(declared) ?? []),
  )
  declared.dayNews.followersOf = (kind, id) => following.followersOf(kind, id)
  const followedNews = new FollowedNews({ ...declared, following })
  const narrowed = declared.articleWriting.narrowed
  const requesting = requestServices(models, { ...declared, following, search, narrowed })
  const fileSweep = new FileSweep(
    files,
    features.flatMap(feature => feature.files?.(declared) ?? []),
    clock,
  )
  const parts = features.flatMap(feature => feature.handover?.({ ...declared, ...requesting }) ?? [])
  const handovers = new Handovers({ ...declared, queued: declared.queuedHandovers, parts })
  const unowned = new Unowned({ ...declared, parts })
  const holders = features.flatMap(feature => feature.skillHolders?.(declared) ?? [])
  const skillMerges = new SkillMerges(models, { ...declared, following, holders })
  const skillSplits = new SkillSplits(models, { ...declared, skillMerges, holders })
  const logging = queryLogServices(models, { leavers: declared.leavers, search, clock, log })
  const mailSending = new MailSending({ ...declared, mailServer: new MailServer(config) })
  const made = {
    ...pinning,
    ...logging,
    ...requesting,
    mailSending,
    following,
    followedNews,
    talk: new Talk({ ...declared, following }),
    skillMerges,
    skillSplits,
    handovers,
    unowned,
    semanticModel,
    keptPassages,
    encodingPause,
    passageEncoding,
    indexer,
    indexingState,
    search,
    related,
    relatedSkills,
    savedSearches,
    newMatches,
    drift,
    driftWalks,
    reindex,
    fileSweep,
  }
  const working = { ...declared, ...made }
  declared.notifications.kinds = features.flatMap(feature => feature.notifications?.(working) ?? [])
  mailSending.types = features.flatMap(feature => feature.mails?.(working) ?? [])
  const jobTypes = features.flatMap(feature => feature.jobs?.(working) ?? [])
  const jobRunner = new JobRunner({ models, queue: jobs, connection: storage.connection, clock, log, types: jobTypes })
  const services: Services = {
    ...working,
    jobRunner,
    suggestionSources: features.flatMap(feature => [
      ...(feature.searchTypes?.(declared) ?? []).map(suggestedRecords),
      ...(feature.suggestions?.(declared) ?? []),
    ]),
    directAnswers: features.flatMap(feature => feature.directAnswers?.(declared) ?? []),
    waiting: features.flatMap(({ name, waiting }) => (waiting === undefined ? [] : [{ feature: name, of: waiting(working) }])),
    administratorPages: features.flatMap(feature => feature.administratorPages ?? []),
    close: async () => {
      storageWatch.stop()
      await logging.queryLog.close()
      await jobRunner.stop()
      await passageEncoding?.stop()
      await indexer.stop()
      await encoder?.close()
      await closeEngine()
      await storage.close()
    },
  }
  metrics.show(features.flatMap(feature => feature.metrics?.(services) ?? []))
  return services
}

async function inStep({ connection, ownsStore }: Storage, models: Models, { MONGODB_URI }: Config, clock: Clock): Promise<void> {
  const migrator = new Migrator({ connection, models, migrations, clock, codeVersion })
  await refuseUnfinishedRestore(connection)
  await requireInStep(connection, migrator, { isOwn: MONGODB_URI === undefined && ownsStore })
  await ensureIndexes(connection)
}

function featureServices(models: Models, bases: { config: Config; clock: Clock; jobs: JobQueue; files: FileStore }) {
  const { config, clock, jobs, files } = bases
  const outbox = new Outbox(models, { config, jobs, clock })
  const notificationChoices = new NotificationChoices(models)
  const notifications = new Notifications(models, { choices: notificationChoices, outbox, clock })
  const organisations = new OrganisationService(models)
  const teams = new TeamService(models)
  const skills = new SkillService(models)
  const skillKeeping = new SkillKeeping(models, skills)
  const people = new PersonService(models, { clock })
  const leavers = new Leavers(models, clock)
  const contacts = new ContactService(models, { organisations, teams, people, clock })
  const contactPlaces = new ContactPlaces(models)
  const confirmations = new Confirmations(models, { people, skills, notifications, clock })
  const declaredSkills = new DeclaredSkills(models, { people, confirmations, clock })
  const skillProposals = new SkillProposals(models, { skills, clock })
  const proposalDecisions = new ProposalDecisions(models, { skills, skillKeeping, skillProposals, declaredSkills, notifications, clock })
  const teamMemberships = new TeamMemberships({ people, teams })
  const photos = new Photos(models, { people, files })
  const skillPairs = new SkillPairs(models, { skills, clock })
  const authors = new Authors(models, clock)
  const knownSettings = new KnownSettings(models, clock)
  const found = founding(models, { organisations, people, clock })
  const partnership = new PartnershipService(models, { known: knownSettings, clock, found })
  const settings = new SettingsService(models, { known: knownSettings, clock })
  const logos = new Logos({ settings, files })
  const texts = new TextService({ settings, known: knownSettings, config })
  const accounts = new AccountService(models, { people, clock })
  const accountAdministration = new AccountAdministration(models, { people, leavers, clock })
  const leaving = new Leaving(models, { accountAdministration, leavers })
  const invitations = new Invitations(models, { accounts, accountAdministration, leaving, organisations, people, clock })
  const knownSynonyms = new KnownSynonyms(models, clock)
  const synonyms = new SynonymService(models, { known: knownSynonyms, clock })
  const revisions = new Revisions(models)
  const reviewNews = new ReviewNews({ notifications, people })
  const comments = new Comments(models, clock)
  const articles = new ArticleService(models)
  const articleWriting = new ArticleWriting(models, { articles, revisions, reviewNews, comments, clock })
  const scanner = config.CLAMD === undefined ? undefined : new VirusScanner(config.CLAMD)
  const attachments = new Attachments(models, { articles, articleWriting, files, jobs, clock, scanner })
  const workingTexts = new WorkingTexts(models, clock)
  const usefulness = new Usefulness(models, { articles, clock })
  articleWriting.erased = async id => {
    await Promise.all([attachments.removeAll(id), workingTexts.forgetOf(id), usefulness.forgetOf(id)])
  }
  const ledger = new Ledger(models, clock)
  const lentPeriods = new LentPeriodKeeper(models)
  const loanNews = new LoanNews({ notifications, people })
  const loanSteps = new LoanSteps(models, { lentPeriods, ledger, loanNews, clock })
  const loanTerms = new LoanTerms(models, clock)
  const dayNews = new DayNews(notifications)
  const needs = new Needs(models, clock)
  const actions = new Actions(models, { articleWriting, clock })
  const decisions = new Decisions(models, { articleWriting, clock })
  const days = new DayService(models, { articleWriting, dayNews, needs, actions, decisions, clock })
  const newestArticles = new NewestArticles(models)
  const bylines = new Bylines(models)
  const firstSteps = new FirstSteps(models, clock)
  const feedAddresses = new FeedAddresses(models, { accounts, clock })
  const open: OpenImporter = (keeper, warn) => peopleImport({ models, organisations, teams, skills }, { clock, keeper, warn })
  const peopleImports = new PeopleImports(models, { accounts, people, leavers, jobs, open, clock })
  return {
    outbox,
    notifications,
    notificationChoices,
    mailedNotifications: new MailedNotifications(models, { outbox, clock }),
    mailEndings: new MailEndings({ partnership, choices: notificationChoices }),
    knownSettings,
    partnership,
    settings,
    logos,
    texts,
    organisations,
    teams,
    skills,
    skillKeeping,
    skillProposals,
    proposalDecisions,
    confirmations,
    skillPairs,
    knownSynonyms,
    synonyms,
    contacts,
    contactPlaces,
    contactHandovers: new ContactHandovers(models),
    people,
    leavers,
    bylines,
    covers: new Covers(models, clock),
    profileReports: new ProfileReports(models, { people, leavers, notifications, clock }),
    declaredSkills,
    teamMemberships,
    photos,
    authors,
    accounts,
    accountAdministration,
    leaving,
    invitations,
    mailedLinks: new MailedLinks({ invitations, outbox, partnership }),
    articles,
    articleWriting,
    attachments,
    attachmentReading: new AttachmentReading(models, { files, clock, scanner }),
    attachedTexts: new AttachedTexts(models),
    newestArticles,
    collections: new CollectionService(models, { articleWriting, clock }),
    collectedArticles: new CollectedArticles(models),
    days,
    dayNews,
    needs,
    agenda: new Agenda(models, { days, clock }),
    calendarAddresses: new CalendarAddresses(models, { accounts, clock }),
    calendarDays: new CalendarDays(models, clock),
    minutes: new Minutes(models, { days, dayNews, clock }),
    actions,
    decisions,
    outputs: new Outputs(models, { days, actions, decisions, clock }),
    votes: new Votes(models, { days, clock }),
    registrations: new Registrations(models, { days, dayNews, needs, clock }),
    pageImports: new PageImports({ models, organisations, teams, skills, authors, articles, attachments, files, clock, jobs, accounts }),
    exports: new Exports({ models, revisions, attachments, files, bylines, organisations, teams, skills }),
    comments,
    revisions,
    workingTexts,
    usefulness,
    history: new RevisionService({ articles, articleWriting, revisions }),
    reviews: new ReviewService(models, { articles, articleWriting, revisions, reviewNews, clock }),
    reviewNews,
    approvals: new Approvals(models, { articleWriting, reviewNews, clock }),
    dueReviews: new DueReviews(models, clock),
    kindTables: new KindTables(models, clock),
    linkedRecords: new LinkedRecords(models, { people, skills, organisations }),
    loans: new LoanService(models, { lentPeriods, loanSteps, loanTerms, loanNews, clock }),
    loanTerms,
    lentPeriods,
    dueLoans: new DueLoans(models, { loanSteps, lentPeriods, clock }),
    loanLeaving: new LoanLeaving(models, { loanSteps, loanTerms, clock }),
    ledger,
    offers: new OfferService(models, { articleWriting, clock }),
    raisedRecords: new RaisedRecords(models, clock),
    firstSteps,
    requests: new RequestService(models),
    articleOwners: new ArticleOwners(models, { articleWriting, clock }),
    feedAddresses,
    peopleImports,
    queuedHandovers: new QueuedHandovers(models, { jobs, clock }),
  } satisfies Partial<FeatureServices>
}

/** Ends at once when another process got the right to index meanwhile: two would each keep half an index. */
async function ownEngine(storage: Storage, models: Models, config: Config, log: Logger, options: ServiceOptions) {
  const onLost = () => {
    log.fatal('another process has taken over the embedded search while this one was away: it ends, so that only one indexes')
    process.exit(1)
  }
  const asked = { clock: options.clock ?? systemClock, mayJoin: options.storage?.mayJoin ?? false, onLost }
  const right = await soleSearchProcess(config, models.leases, asked)
  const mayIndex = storage.ownsStore && right !== 'elsewhere'
  const engine = await openSearchEngine(config, { ownsStore: mayIndex })
  const closeEngine = async () => {
    await engine.close()
    if (right instanceof Lease) await right.release()
  }
  return { engine, closeEngine, mayIndex }
}
