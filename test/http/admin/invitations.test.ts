import { expect } from 'chai'
import { load } from 'cheerio'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anOrganisation, aPerson } from '../../support/builders.ts'
import { importedPerson, importing } from '../../support/importing.ts'
import { problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const page = '/admin/invitations'

describe('invitations of several people', () => {
  let site: TestSite
  let own: Organisation
  let browser: Browser
  let people: Person[]
  let stranger: Person

  before(async () => {
    site = await startTestSite()
    own = await anOrganisation(site, { name: 'Ellesmere' })
    const other = await anOrganisation(site, { name: 'Faraway' })
    browser = await site.signInAs(await aPerson(site, { organisation: own, roles: ['member', 'organisation administrator'] }))
    const rows = [
      { id: '1', name: 'Ann One', organisation: own.slug, email: 'ann@ellesmere.example' },
      { id: '2', name: 'Ben Two', organisation: own.slug, email: 'ben@ellesmere.example' },
      { id: '3', name: 'Cat Three', organisation: own.slug },
      { id: '4', name: 'Dan Four', organisation: own.slug, email: 'dan@ellesmere.example' },
      { id: '5', name: 'Sid Strange', organisation: other.slug, email: 'sid@faraway.example' },
    ]
    await importing(site, 'people', rows)
    const found = await Promise.all(rows.map(({ name }) => importedPerson(site, name)))
    people = found.slice(0, 4) as Person[]
    stranger = found[4] as Person
  })
  after(() => site.close())

  const slugs = (...positions: number[]) => positions.map(position => people[position]?.slug ?? '')
  const invite = (form: object) => browser.post(page).type('form').send(form)

  it('are for those of the own organisation who have an address and no account', async () => {
    const { text } = await browser.get(page).expect(200)
    const offered = load(text)('input[name=people]')
      .get()
      .map(({ attribs }) => attribs.value)
    expect(offered).to.deep.equal(slugs(0, 1, 3))
    const member = await site.signInAs(await aPerson(site, { organisation: own }))
    await member.get(page).expect(403)
    await member
      .post(page)
      .type('form')
      .send({ people: slugs(0) })
      .expect(403)
  })

  it('are refused in words when nobody, or more than a hundred, or something else is chosen', async () => {
    expect(problemsOn((await invite({}).expect(422)).text)).to.deep.equal({ people: 'Choose whom to invite' })
    await invite({ people: Array.from({ length: 101 }, (_, n) => `p${n}`) }).expect(422)
    const again = await invite({ people: slugs(1), as: 'pdf' }).expect(422)
    expect(load(again.text)('input[name=people][checked]').attr('value')).to.equal(slugs(1)[0])
  })

  it('come as one page of links that work, shown once, with the reason for whom there is none', async () => {
    const { text, headers } = await invite({ people: [...slugs(0, 2), stranger.slug, 'nobody'] }).expect(200)
    const main = load(text)('main').text()
    const links = load(text)('td')
      .get()
      .flatMap(
        cell =>
          load(cell)
            .text()
            .match(/\/links\/[\w-]+$/)?.[0] ?? [],
      )
    expect(links).to.have.length(1)
    expect(headers['cache-control']).to.match(/no-store|private/)
    expect(main).to.include('Cat Three has no e-mail address').and.to.not.include('Sid Strange')
    expect(main.match(/nobody of that address|no such person/g)).to.have.length(2)
    expect(
      (
        await site
          .visitor()
          .get(links[0] ?? '')
          .expect(200)
      ).text,
    ).to.include('Ann One')
    expect((await browser.get(page)).text).to.not.include(links[0])
    const again = await invite({ people: slugs(0) }).expect(200)
    expect(again.text).to.include('has an account already').and.to.not.include('/links/')
  })

  it('come as a file for a spreadsheet', async () => {
    await aPerson(site, { email: 'dan@ellesmere.example' })
    const { text, headers } = await invite({ people: slugs(1, 3), as: 'csv' }).expect(200)
    expect(headers['content-type']).to.include('text/csv')
    expect(headers['cache-control']).to.include('no-store')
    const [, ben, dan] = text.split('\r\n')
    expect(ben).to.match(/^Ben Two,ben@ellesmere\.example,http\S+\/links\/[\w-]+,/)
    expect(dan).to.include('There is an account with this e-mail address already')
  })
})
