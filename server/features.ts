import { accountsFeature } from './accounts/feature.ts'
import { adminFeature } from './admin/feature.ts'
import { daysFeature } from './days/feature.ts'
import type { Feature } from './feature.ts'
import { feedsFeature } from './feeds/feature.ts'
import { filesFeature } from './files/feature.ts'
import { homeFeature } from './home/feature.ts'
import { jobsFeature } from './jobs/feature.ts'
import { knowledgeFeature } from './knowledge/feature.ts'
import { mailFeature } from './mail/feature.ts'
import { monitoringFeature } from './monitoring/feature.ts'
import { notificationsFeature } from './notifications/feature.ts'
import { organisationsFeature } from './organisations/feature.ts'
import { partnershipFeature } from './partnership/feature.ts'
import { peopleFeature } from './people/feature.ts'
import { poolingFeature } from './pooling/feature.ts'
import { programmeFeature } from './programme/feature.ts'
import { searchFeature } from './search/feature.ts'
import { skillsFeature } from './skills/feature.ts'

/** A feature comes after those whose records its imported rows name. */
export const features: readonly Feature[] = [
  homeFeature,
  accountsFeature,
  organisationsFeature,
  skillsFeature,
  peopleFeature,
  knowledgeFeature,
  programmeFeature,
  poolingFeature,
  daysFeature,
  searchFeature,
  feedsFeature,
  notificationsFeature,
  mailFeature,
  filesFeature,
  jobsFeature,
  adminFeature,
  partnershipFeature,
  monitoringFeature,
]
