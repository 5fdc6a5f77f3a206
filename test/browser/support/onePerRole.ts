import { type Role, roles } from '../../../server/access/roles.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { aPerson } from '../../support/builders.ts'
import type { TestSite } from '../../support/testSite.ts'
import type { SmallPartnership } from './smallPartnership.ts'

/** For each role somebody in Wirral, all of the same name: what a page says of them is no difference between pages. */
export async function onePerRole(site: TestSite, { wirral, vmware }: SmallPartnership): Promise<[Role, Person & { email: string }][]> {
  const people: [Role, Person & { email: string }][] = []
  for (const role of roles) {
    const skills = [{ skillId: vmware._id, level: 'working' as const, willing: [] }]
    const person = await aPerson(site, {
      name: 'Sam Everyman',
      organisation: wirral,
      skills,
      roles: [...new Set<Role>(['member', role])],
    })
    people.push([role, person])
  }
  await site.services.indexer.settled()
  return people
}
