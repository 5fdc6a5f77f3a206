import { beginExample, type ExampleAccount, importExample, openExampleAccounts } from '../../../scripts/support/examplePartnership.ts'
import type { Role } from '../../../server/access/roles.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { type TestSite, testPassword } from '../../support/testSite.ts'

export interface Example {
  accounts: ExampleAccount[]
  /** Who signs in as this role. */
  as(role: Role): ExampleAccount
  /** Opens an account for somebody else of the example. */
  accountOf(slug: string): Promise<ExampleAccount>
}

/** The partnership that the demo shows, indexed. */
export async function anExample({ services }: TestSite): Promise<Example> {
  const first = await beginExample(services, testPassword)
  await importExample(services, problem => {
    throw new Error(problem)
  })
  const accounts = await openExampleAccounts(services, testPassword, first)
  await services.indexer.settled()
  return {
    accounts,
    as: wanted => accounts.find(({ role }) => role === wanted) as ExampleAccount,
    async accountOf(slug) {
      const known = accounts.find(({ email }) => email.startsWith(slug.replace('-', '.')))
      if (known !== undefined) return known
      const person = (await services.models.people.findOne({ slug }).asSystem('a test opens an account').lean<Person>()) as Person
      const email = person.email ?? `${slug}@example.org`
      await services.accounts.open({ personId: person._id, email, password: testPassword })
      return { role: 'member', name: person.name, email }
    },
  }
}
