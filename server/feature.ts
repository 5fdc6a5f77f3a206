import type { Router } from 'express'
import type { SignedInPerson } from './access/accessTokens.ts'
import type { Deed } from './access/may.ts'
import type { FileKeeper } from './files/fileSweep.ts'
import type { Handover } from './handover.ts'
import type { ImportContext, Importer } from './imports/importer.ts'
import type { JobType } from './jobs/jobType.ts'
import type { MailType } from './mail/mailType.ts'
import type { MetricSource } from './monitoring/metricSource.ts'
import type { Followable } from './notifications/followable.ts'
import type { NotificationKind } from './notifications/notificationKind.ts'
import type { RequestServices } from './pooling/requestServices.ts'
import type { ConfirmedSkills } from './search/confirmedSkills.ts'
import type { PinServices } from './search/pins/pinServices.ts'
import type { QueryLogServices } from './search/queryLog/queryLogServices.ts'
import type { Understanding } from './search/question/understanding.ts'
import type { Rewording } from './search/rewording.ts'
import type { NameDirectory, SearchType } from './search/searchType.ts'
import type { SuggestionSource } from './search/suggestions/suggestion.ts'
import type { Services } from './services.ts'
import type { SkillHolder } from './skills/merges/skillHolder.ts'

/** What a feature declares of itself in its feature.ts; shared rooms read declarations, never a feature's models. */
export interface Feature {
  name: string
  routes?(services: Services): Router
  searchTypes?(services: FeatureServices): readonly SearchType[]
  names?(services: FeatureServices): readonly NameDirectory[]
  /** What means the same as words of a question, and is searched too. */
  rewordings?(services: FeatureServices): readonly Rewording[]
  /** What confirms skills that people declare: it counts where people are ranked by skills. */
  confirmedSkills?(services: FeatureServices): ConfirmedSkills
  /** What it suggests to somebody who types in the search box, beside its searchable records. */
  suggestions?(services: FeatureServices): readonly SuggestionSource[]
  /** What can be imported; a type comes after those whose records its rows name. */
  importers?: readonly ImporterDeclaration[]
  /** Pages for administrators, linked from /admin. */
  administratorPages?: readonly AdministratorPage[]
  /** Questions that it answers itself, above the results. */
  directAnswers?(services: FeatureServices): readonly DirectAnswer[]
  /** What people can follow. */
  followed?(services: FeatureServices): readonly Followable[]
  /** What it tells people. */
  notifications?(services: JobServices): readonly NotificationKind[]
  /** What it has mailed. */
  mails?(services: JobServices): readonly MailType[]
  /** Records that have skills, for when two of these are merged or one is split. */
  skillHolders?(services: FeatureServices): readonly SkillHolder[]
  /** What waits for somebody, for their home page: asked at each view of it, so with few calls; only what the person may read and do. */
  waiting?(services: JobServices): (person: SignedInPerson) => Promise<readonly Waiting[]>
  /** What of somebody's needs somebody new when they leave. */
  handover?(services: FeatureServices & RequestServices): readonly Handover[]
  /** What of somebody's is theirs alone and goes when they leave, by their id. */
  forget?(services: FeatureServices): (personId: string) => Promise<void>
  /** Work that no request waits for. */
  jobs?(services: JobServices): readonly JobType[]
  /** Files that its records name. */
  files?(services: FeatureServices): readonly FileKeeper[]
  /** What it shows at /metrics. */
  metrics?(services: Services): readonly MetricSource[]
}

export interface ImporterDeclaration {
  /** In the plural: "articles". What the command calls it. */
  type: string
  /** What it needs to know of the partnership is read once, when it is opened. */
  open(services: JobServices, context: ImportContext): Promise<Importer>
}

export interface DirectAnswer {
  /** The component that prints it. */
  view: string
  /** What the component prints, or undefined when the question asks for something else. */
  answer(reader: SignedInPerson, understanding: Understanding): Promise<object | undefined>
}

/** A thing to do, or several of a kind with their `count`: "Your draft: …", "Skills proposed" 3. */
export interface Waiting {
  text: string
  href: string
  /** How many there are behind the link; left out, one. */
  count?: number
  since?: Date
}

/** What one feature declares as waiting, with its name for the log. */
export interface WaitingSource {
  feature: string
  of(person: SignedInPerson): Promise<readonly Waiting[]>
}

export interface AdministratorPage {
  href: string
  /** People and their accounts; skills and search; the site itself. */
  group: 'people' | 'knowing' | 'site'
  text: string
  hint: string
  /** Who sees the link; left out, the administrators of the partnership. */
  deed?: Deed
}

/** What declarations may use: the search service is made from them, so it is not among it. */
export type FeatureServices = Omit<
  JobServices,
  | 'following'
  | 'followedNews'
  | 'talk'
  | 'mailSending'
  | 'skillMerges'
  | 'skillSplits'
  | 'search'
  | 'related'
  | 'relatedSkills'
  | 'encodingPause'
  | 'savedSearches'
  | 'newMatches'
  | keyof PinServices
  | keyof QueryLogServices
  | keyof RequestServices
  | 'handovers'
  | 'unowned'
  | 'semanticModel'
  | 'keptPassages'
  | 'passageEncoding'
  | 'indexer'
  | 'drift'
  | 'driftWalks'
  | 'indexingState'
  | 'reindex'
  | 'fileSweep'
>

/** What jobs and what waits may use: the runner is made from them. */
export type JobServices = Omit<Services, 'jobRunner' | 'administratorPages' | 'directAnswers' | 'suggestionSources' | 'waiting' | 'close'>
