import { type Role, roles } from '../../../server/access/roles.ts'
import { aPerson } from '../../support/builders.ts'
import type { TestSite } from '../../support/testSite.ts'
import type { SmallPartnership } from './smallPartnership.ts'

/** Somebody in Wirral for each role. */
export async function onePerRole(site: TestSite, { wirral, vmware }: SmallPartnership): Promise<[Role, { email: string }][]> {
  const people: [Role, { email: string }][] = []
  for (const role of roles) {
    const skills = [{ skillId: vmware._id, level: 'working' as const, willing: [] }]
    const person = await aPerson(site, {
      name: `Somebody ${role}`,
      organisation: wirral,
      skills,
      roles: [...new Set<Role>(['member', role])],
    })
    people.push([role, person])
  }
  await site.services.indexer.settled()
  return people
}
