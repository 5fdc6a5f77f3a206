import type { Feature } from '../feature.ts'
import { confirmationNotifications } from './confirmations/confirmationNotifications.ts'
import { confirmedSkills } from './confirmations/confirmedSkills.ts'
import { curationJobs } from './curation/curationJobs.ts'
import { followedSkills } from './followedSkills.ts'
import { proposalNotifications } from './proposals/proposalNotifications.ts'
import { proposalsWaiting } from './proposals/proposalsWaiting.ts'
import { levelNames, skillNames, willingNames } from './skillNames.ts'
import { skillRoutes } from './skillRoutes.ts'
import { skillsImport } from './skillsImport.ts'
import { suggestedSkills } from './suggestedSkills.ts'

export const skillsFeature: Feature = {
  name: 'skills',
  routes: skillRoutes,
  names: ({ skills }) => [skillNames(skills), levelNames, willingNames],
  suggestions: ({ skills }) => [suggestedSkills(skills)],
  confirmedSkills,
  followed: ({ skills }) => [followedSkills(skills)],
  importers: [{ type: 'skills', open: skillsImport }],
  waiting: proposalsWaiting,
  notifications: services => [...confirmationNotifications(services), proposalNotifications(services)],
  jobs: curationJobs,
  administratorPages: [
    {
      href: '/admin/skills',
      group: 'knowing',
      text: 'Skills vocabulary',
      hint: 'Skills that people miss and propose, skills that may be the same; merges and splits, which can be undone for 30 days',
      deed: { verb: 'keep skills' },
    },
    {
      href: '/skills/coverage',
      group: 'knowing',
      text: 'Coverage map',
      hint: 'Which organisation has which skill, what depends on one person, what nobody has; as CSV',
      deed: { verb: 'suspend' },
    },
  ],
}
