import type { Connection } from 'mongoose'
import { accountModels } from './accounts/accountModels.ts'
import { handoverModel } from './admin/handover/handoverModel.ts'
import { adminModels } from './admin/peopleImport/peopleUploadModel.ts'
import { commentModel } from './comments/commentModel.ts'
import { calendarModel } from './days/calendar/calendarModel.ts'
import { dayModel } from './days/dayModel.ts'
import { minutesModel } from './days/minutes/minutesModel.ts'
import { ballotModel } from './days/outputs/ballotModel.ts'
import { needModel } from './days/registrations/needModel.ts'
import { feedModels } from './feeds/feedModel.ts'
import { homeModels } from './home/firstStepsModel.ts'
import { jobModels } from './jobs/jobModel.ts'
import { articleModel } from './knowledge/articles/articleModel.ts'
import { attachmentModels } from './knowledge/attachments/attachmentModel.ts'
import { collectionModel } from './knowledge/collections/collectionModel.ts'
import { pageUploadModel } from './knowledge/pageImports/pageUploadModel.ts'
import { revisionModel } from './knowledge/revisions/revisionModel.ts'
import { usefulnessModel } from './knowledge/usefulness/usefulnessModel.ts'
import { workingTextModel } from './knowledge/workingTexts/workingTextModel.ts'
import { mailModels } from './mail/mailModel.ts'
import { notificationChoiceModel } from './notifications/choices/notificationChoiceModel.ts'
import { notificationModels } from './notifications/followingModel.ts'
import { notificationModel } from './notifications/notificationModel.ts'
import { organisationModel } from './organisations/organisationModel.ts'
import { teamModel } from './organisations/teamModel.ts'
import { settingModels } from './partnership/settingModel.ts'
import { personModel } from './people/personModel.ts'
import { profileReportModel } from './people/reports/profileReportModel.ts'
import { ledgerModel } from './pooling/ledger/ledgerModel.ts'
import { lentPeriodModel } from './pooling/loans/lentPeriodModel.ts'
import { loanModel } from './pooling/loans/loanModel.ts'
import { loanCommentModel, loanCostModel } from './pooling/loans/loanTermsModel.ts'
import { offerModel } from './pooling/offers/offerModel.ts'
import { requestModel } from './pooling/requests/requestModel.ts'
import { programmeModels } from './programme/actionModel.ts'
import { driftWalkModel } from './search/indexing/driftWalkModel.ts'
import { searchIndexModel } from './search/indexing/searchIndexModel.ts'
import { encodingPauseModel } from './search/meaning/encodingPause.ts'
import { passageModel } from './search/meaning/passageModel.ts'
import { pinModel } from './search/pins/pinModel.ts'
import { queryLogModels } from './search/queryLog/queryLogModels.ts'
import { savedSearchModel } from './search/saved/savedSearchModel.ts'
import { synonymModel } from './search/synonyms/synonymModel.ts'
import { confirmationModel } from './skills/confirmations/confirmationModel.ts'
import { skillMergeModels } from './skills/merges/skillMergeModel.ts'
import { dismissedPairModel } from './skills/pairs/dismissedPairModel.ts'
import { skillProposalModel } from './skills/proposals/skillProposalModel.ts'
import { skillModel } from './skills/skillModel.ts'
import { skillSplitModel } from './skills/splits/skillSplitModel.ts'
import { leaseModel } from './storage/leases.ts'
import { migrationModel } from './storage/migrations/migrationModel.ts'

/** All collections of one connection. A service takes the ones of its own feature from here. */
export type Models = ReturnType<typeof defineModels>

export const defineModels = (connection: Connection) => ({
  ...accountModels(connection),
  ...adminModels(connection),
  ...feedModels(connection),
  ...homeModels(connection),
  ...jobModels(connection),
  comments: commentModel(connection),
  ...mailModels(connection),
  ...notificationModels(connection),
  notifications: notificationModel(connection),
  notificationChoices: notificationChoiceModel(connection),
  ...settingModels(connection),
  handovers: handoverModel(connection),
  organisations: organisationModel(connection),
  teams: teamModel(connection),
  skills: skillModel(connection),
  skillProposals: skillProposalModel(connection),
  confirmations: confirmationModel(connection),
  ...skillMergeModels(connection),
  skillSplits: skillSplitModel(connection),
  dismissedSkillPairs: dismissedPairModel(connection),
  people: personModel(connection),
  profileReports: profileReportModel(connection),
  articles: articleModel(connection),
  ...attachmentModels(connection),
  revisions: revisionModel(connection),
  workingTexts: workingTextModel(connection),
  usefulnessVotes: usefulnessModel(connection),
  collections: collectionModel(connection),
  days: dayModel(connection),
  dayNeeds: needModel(connection),
  dayMinutes: minutesModel(connection),
  ballots: ballotModel(connection),
  calendarSecrets: calendarModel(connection),
  ...programmeModels(connection),
  pageUploads: pageUploadModel(connection),
  loans: loanModel(connection),
  loanCosts: loanCostModel(connection),
  loanComments: loanCommentModel(connection),
  lentPeriods: lentPeriodModel(connection),
  offers: offerModel(connection),
  ledgerEntries: ledgerModel(connection),
  requests: requestModel(connection),
  driftWalks: driftWalkModel(connection),
  searchIndexes: searchIndexModel(connection),
  synonymGroups: synonymModel(connection),
  savedSearches: savedSearchModel(connection),
  passages: passageModel(connection),
  encodingPauses: encodingPauseModel(connection),
  pins: pinModel(connection),
  ...queryLogModels(connection),
  leases: leaseModel(connection),
  migrations: migrationModel(connection),
})
