import type { Router } from 'express'
import type { Deed } from './access/may.ts'
import type { NameDirectory, SearchType } from './search/searchType.ts'
import type { Services } from './services.ts'

/** What a feature declares of itself in its feature.ts; shared rooms read declarations, never a feature's models. */
export interface Feature {
  name: string
  routes?(services: Services): Router
  searchTypes?(services: FeatureServices): readonly SearchType[]
  names?(services: FeatureServices): readonly NameDirectory[]
  /** Pages for administrators, linked from /admin. */
  administratorPages?: readonly AdministratorPage[]
}

export interface AdministratorPage {
  href: string
  text: string
  hint: string
  /** Who sees the link; left out, the administrators of the partnership. */
  deed?: Deed
}

/** What declarations may use: the search service is made from them, so it is not among it. */
export type FeatureServices = Omit<Services, 'search' | 'indexer' | 'drift' | 'reindex' | 'administratorPages' | 'close'>
