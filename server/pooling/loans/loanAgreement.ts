import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Block, Run } from '../../documents/markdownBlocks.ts'
import type { PrintedDocument } from '../../documents/printedDocument.ts'
import { dateAndTime, longDate } from '../../http/dates.ts'
import type { Services } from '../../services.ts'
import type { Loan } from './loanModel.ts'
import { loanHref, type NamedLoan, namedLoans } from './loanNames.ts'
import { factsOf, partyNames } from './loanPresenter.ts'

const text = (words: string): Run[] => [{ text: words }]
const paragraph = (words: string): Block => ({ type: 'paragraph', runs: text(words) })
const heading = (words: string): Block => ({ type: 'heading', level: 2, runs: text(words) })

/** What was agreed, on one page, as far as this reader may know of it: the cost rule stands there for those who read it. */
export async function loanAgreement(
  loan: Loan,
  person: SignedInPerson,
  services: Pick<Services, 'bylines' | 'organisations' | 'loanTerms' | 'clock'>,
  site: string,
): Promise<PrintedDocument> {
  const [named] = (await namedLoans([loan], person, services)) as [NamedLoan]
  const cost = await services.loanTerms.cost(person, loan._id)
  const facts = factsOf(loan, named, cost).map(({ term, text }) => ({ label: term, text }))
  const consents = loan.consents.map(({ party, byId, at }) => [
    text(partyNames[party]),
    text(named.nameOf(byId) ?? 'Somebody'),
    text(dateAndTime(at)),
  ])
  return {
    title: `Agreement on a loan: ${named.title}`,
    marking: 'OFFICIAL',
    facts: [...facts, { label: 'Printed', text: longDate(services.clock.now()) }, { label: 'Address', text: `${site}${loanHref(loan)}` }],
    blocks: [
      heading('Purpose'),
      paragraph(shortened(loan.purpose)),
      heading('Consents'),
      { type: 'table', rows: [[text('Who'), text('Name'), text('When')], ...consents] },
      heading('What holds'),
      paragraph(
        'The person stays employed by the home organisation, with its pay, leave and terms, and works for the borrowing organisation on the days above. The loan ends by itself after its last day. Each of the three may end it earlier; an extension needs the consent of all three again. The hours stand in the ledger of the partnership, which is corrected by counter-entries alone.',
      ),
    ],
  }
}

const longestOnPage = 900
const shortened = (words: string) =>
  words.length > longestOnPage ? `${words.slice(0, longestOnPage)}… (the rest stands on the page of the loan)` : words
