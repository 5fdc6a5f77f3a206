import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Team } from '../../../server/organisations/teamModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import type { Skill } from '../../../server/skills/skillModel.ts'
import { anArticle, anOrganisation, aPerson, aSkill, aTeam } from '../../support/builders.ts'
import { type TestSite, testPassword } from '../../support/testSite.ts'

type Account = Person & { email: string }

export interface SmallPartnership {
  cheshire: Organisation
  wirral: Organisation
  hosting: Team
  vmware: Skill
  backup: Skill
  /** Administrator of the partnership, in Cheshire. */
  priya: Account
  /** A member, in Wirral, who knows VMware and wrote about it. */
  adaeze: Account
  /** A member, in Cheshire, who knows a little of it. */
  tomos: Account
  moving: Article
}

/** Two councils, three people and what they wrote, indexed. */
export async function aSmallPartnership(site: TestSite): Promise<SmallPartnership> {
  await theFirstOne(site)
  const [cheshire, wirral] = [
    await anOrganisation(site, { name: 'Cheshire Council' }),
    await anOrganisation(site, { name: 'Wirral Council' }),
  ]
  const hosting = await aTeam(site, wirral, { name: 'Hosting team', description: 'Runs the hosts.' })
  const vmware = await aSkill(site, { name: 'VMware', aliases: ['vSphere'], description: 'Hosts and virtual servers.' })
  const backup = await aSkill(site, { name: 'Backup and restore' })
  const priya = await aPerson(site, {
    name: 'Priya Nair',
    organisation: cheshire,
    role: 'ICT strategy manager',
    roles: ['member', 'partnership administrator'],
  })
  const adaeze = await aPerson(site, {
    name: 'Adaeze Okafor',
    organisation: wirral,
    teamIds: [hosting._id],
    role: 'Infrastructure lead',
    about: 'I run the hosts.\n\nAsk me before you order hardware.',
    phone: '01606 555 0101',
    skills: [{ skillId: vmware._id, level: 'expert', willing: ['advise', 'lend'] }],
  })
  const tomos = await aPerson(site, {
    name: 'Tomos Hale',
    organisation: cheshire,
    skills: [{ skillId: vmware._id, level: 'working', willing: [] }],
  })
  const moving = await anArticle(site, adaeze, {
    title: 'Moving virtual servers into the shared data centre',
    text: 'VMware templates expect a tagged network.\n\n## Steps\n\n1. Plan each wave.\n2. Move it.',
    kind: 'architecture',
    owner: { teamId: hosting._id },
    skillIds: [vmware._id],
  })
  await anArticle(site, tomos, { title: 'Restoring one file', text: 'From the copy on VMware storage.', skillIds: [backup._id] })
  await site.services.indexer.settled()
  return { cheshire, wirral, hosting, vmware, backup, priya, adaeze, tomos, moving }
}

/** The person of the first run, who administrates and plays no part otherwise. */
export const ida = { name: 'Ida Rhodes', email: 'ida.rhodes@example.org' }

export async function theFirstOne({ services: { partnership } }: TestSite): Promise<void> {
  const token = (await partnership.offerFirstRun()) as string
  const first = { organisationName: 'Fire and Rescue Service', ...ida }
  await partnership.begin({ token, partnershipName: 'Mersey ICT Partnership', ...first, password: testPassword })
}
