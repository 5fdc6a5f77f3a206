import type { Feature } from '../feature.ts'
import { curationJobs } from './curation/curationJobs.ts'
import { followedSkills } from './followedSkills.ts'
import { skillNames, willingNames } from './skillNames.ts'
import { skillRoutes } from './skillRoutes.ts'
import { skillsImport } from './skillsImport.ts'

export const skillsFeature: Feature = {
  name: 'skills',
  routes: skillRoutes,
  names: ({ skills }) => [skillNames(skills), willingNames],
  followed: ({ skills }) => [followedSkills(skills)],
  importers: [{ type: 'skills', open: skillsImport }],
  jobs: curationJobs,
  administratorPages: [
    {
      href: '/admin/skills',
      text: 'Skills vocabulary',
      hint: 'What people propose, what is there twice, merging and undoing it, what nobody uses',
      deed: { verb: 'keep skills' },
    },
  ],
}
