import type { Feature } from '../feature.ts'
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
}
