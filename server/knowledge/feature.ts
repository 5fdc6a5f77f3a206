import type { Feature } from '../feature.ts'
import type { SearchType } from '../search/searchType.ts'
import { articleHandovers } from './articles/articleHandover.ts'
import { articleRoutes } from './articles/articleRoutes.ts'
import { articleSearchType } from './articles/articleSearchDocument.ts'
import { articlesWithSkills } from './articles/articlesWithSkills.ts'
import { draftsWaiting } from './articles/draftsWaiting.ts'
import { attachmentJobs } from './attachments/attachmentJobs.ts'
import { attachmentsImport } from './attachments/attachmentsImport.ts'
import { collectionHandover } from './collections/collectionHandover.ts'
import { collectionSearchType } from './collections/collectionSearchDocument.ts'
import { collectionsImport } from './collections/collectionsImport.ts'
import { followedNewsJob } from './followedNews/followedNewsJob.ts'
import { followedNewsNotification } from './followedNews/followedNewsNotification.ts'
import { articlesImport } from './imports/articlesImport.ts'
import { followedKinds } from './kinds/followedKinds.ts'
import { kindDirectory } from './kinds/kindDirectory.ts'
import { pageImportJobs } from './pageImports/pageImportJobs.ts'
import { approvalHandover } from './reviews/approvalHandover.ts'
import { stateDirectory } from './reviews/articleStates.ts'
import { reviewNotifications } from './reviews/reviewNotifications.ts'
import { reviewsDue } from './reviews/reviewsDue.ts'
import { approvalsWaiting, reviewsWaiting } from './reviews/reviewsWaiting.ts'
import { commentNotification } from './talk/commentNotification.ts'
import { followedArticles } from './talk/followedArticles.ts'
import { forgetWorkingTexts } from './workingTexts/forgetWorkingTexts.ts'

export const knowledgeFeature: Feature = {
  name: 'knowledge',
  routes: articleRoutes,
  searchTypes: ({ models, clock, comments, attachedTexts }) => [
    articleSearchType(models.articles, { clock, comments, attachedTexts }) as unknown as SearchType,
    collectionSearchType(models.collections) as unknown as SearchType,
  ],
  names: () => [kindDirectory, stateDirectory],
  skillHolders: ({ models, clock }) => [articlesWithSkills(models, clock)],
  waiting: services => async person =>
    (await Promise.all([approvalsWaiting(services)(person), reviewsWaiting(services)(person), draftsWaiting(services)(person)])).flat(),
  handover: services => [...articleHandovers(services), approvalHandover(services), collectionHandover(services)],
  forget:
    ({ workingTexts, usefulness }) =>
    async personId => {
      await Promise.all([workingTexts.forget(personId), usefulness.forget(personId)])
    },
  jobs: services => [
    followedNewsJob(services),
    reviewsDue(services),
    ...attachmentJobs(services),
    forgetWorkingTexts(services),
    ...pageImportJobs(services),
  ],
  followed: ({ articles }) => [followedArticles(articles), followedKinds],
  notifications: services => [followedNewsNotification(services), ...reviewNotifications(services), commentNotification(services)],
  files: ({ attachments, pageImports }) => [attachments.keeper(), pageImports.keeper()],
  importers: [
    { type: 'articles', open: articlesImport },
    { type: 'attachments', open: attachmentsImport },
    { type: 'collections', open: collectionsImport },
  ],
}
