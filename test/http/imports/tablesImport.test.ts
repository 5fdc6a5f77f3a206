import { expect } from 'chai'
import { CannotStart } from '../../../server/failures.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anOrganisation, aPerson } from '../../support/builders.ts'
import { importedPerson, importing } from '../../support/importing.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

describe('importing people, organisations, teams and skills', () => {
  let site: TestSite
  before(async () => {
    site = await startTestSite()
  })
  after(() => site.close())

  it('takes CSV, with lists between semicolons, and finds the people by their skills', async () => {
    await importing(site, 'organisations', '\ufeffid,name,type,domains\r\nmv,Mid Vale Council,council,midvale.example;mv.example\r\n')
    await importing(site, 'teams', 'id,name,organisation\nmv-net,Mid Vale networks,mv\n')
    await importing(site, 'skills', 'id,name,group,aliases\nsan,Storage area networks,Infrastructure,SAN;fibre channel\n')
    const people =
      'id,name,organisation,teams,role,skills\nx1,"Ward, Nia",Mid Vale Council,Mid Vale networks,Storage lead,fibre channel=expert+advise\n'
    const done = await importing(site, 'people', people)
    expect(done.refusals).to.deep.equal([])
    const nia = await importedPerson(site, 'Nia Ward')
    expect(nia).to.include({ role: 'Storage lead', status: 'active' })
    expect(nia?.skills[0]).to.include({ level: 'expert' })
    expect(nia?.skills[0]?.willing).to.deep.equal(['advise'])
    await site.services.indexer.settled()
    const browser = await site.signInAs(await aPerson(site))
    const page = await browser.get('/search').query({ q: 'fibre channel', type: 'person' }).expect(200)
    expect(page.text).to.contain('Nia Ward')
    expect(await importing(site, 'people', people)).to.include({ unchanged: 1 })
  })

  it('leaves what a row does not say, and says no to what does not exist', async () => {
    await anOrganisation(site, { name: 'Dane Fire' })
    await importing(site, 'people', [{ id: 'd1', name: 'Ed Dane', organisation: 'Dane Fire', phone: '01606 1', about: 'Radio.' }])
    const done = await importing(site, 'people', [
      { id: 'd1', name: 'Ed Dane', organisation: 'Dane Fire', role: 'Radio engineer' },
      { id: 'd2', name: 'No Place', organisation: 'Nowhere' },
      { id: 'd3', name: 'No Skill', organisation: 'Dane Fire', skills: [{ skill: 'Levitation', level: 'expert' }] },
      { id: 'd4', name: 'No Level', organisation: 'Dane Fire', skills: [{ skill: 'Levitation', level: 'wizard' }] },
    ])
    expect(done).to.include({ changed: 1, refused: 3 })
    expect(await importedPerson(site, 'Ed Dane')).to.include({ phone: '01606 1', about: 'Radio.', role: 'Radio engineer', rev: 2 })
    expect(await importedPerson(site, 'No Skill')).to.equal(null)
  })

  it('takes somebody who was invited before for the same person, by the e-mail address', async () => {
    const organisation = await anOrganisation(site, { name: 'Bollin Police' })
    const before = await aPerson(site, { name: 'Jo Early', email: 'jo.early@bollin.example', organisation })
    await importing(site, 'people', [
      { id: 'b1', name: 'Jo Early', organisation: 'Bollin Police', email: 'Jo.Early@bollin.example', role: 'Analyst' },
    ])
    const people = await site.services.models.people.find({ name: 'Jo Early' }).asSystem('a test looks').lean()
    expect(people.map(({ _id, role }) => ({ _id, role }))).to.deep.equal([{ _id: before._id, role: 'Analyst' }])
  })

  it('hides somebody who has left', async () => {
    await anOrganisation(site, { name: 'Gowy NHS' })
    await importing(site, 'people', [{ id: 'g1', name: 'Al Gone', organisation: 'Gowy NHS', status: 'left' }])
    expect((await importedPerson(site, 'Al Gone'))?.readers).to.deep.equal([])
  })

  it('leaves somebody suspended hidden, also when the file says that they work there', async () => {
    const row = { id: 's1', name: 'Sue Spended', organisation: 'Dane Fire', status: 'active' }
    await importing(site, 'people', [row])
    await site.services.people.suspend((await importedPerson(site, 'Sue Spended')) as Person)
    const hidden = (await importedPerson(site, 'Sue Spended'))?.readers
    await importing(site, 'people', [{ ...row, role: 'Officer' }])
    expect(await importedPerson(site, 'Sue Spended')).to.deep.include({ role: 'Officer', readers: hidden })
    expect(hidden).to.not.include('partnership')
  })

  it('keeps one skill per name and alias', async () => {
    const done = await importing(site, 'skills', [
      { id: 's1', name: 'PowerShell', aliases: ['pwsh'] },
      { id: 's2', name: 'Pwsh' },
      { id: 's1', name: 'PowerShell', group: 'Automation' },
    ])
    expect(done).to.include({ added: 1, changed: 1, refused: 1 })
    expect(done.refusals[0]?.reason).to.contain('PowerShell')
  })

  it('takes what the features declare, and says what that is when asked for anything else', async () => {
    const failure = await importing(site, 'tables', [{ id: 't1' }]).catch((error: unknown) => error)
    expect(failure).to.be.instanceOf(CannotStart)
    expect((failure as Error).message).to.contain('organisations, teams, skills, people, confirmations, articles')
  })

  it('stops before anything is written when a column is wrong or missing', async () => {
    const wrong = await importing(site, 'organisations', 'id,name,colour\nz1,Zed Council,red\n').catch(error => error)
    expect(wrong).to.be.instanceOf(CannotStart)
    expect(wrong.message).to.contain('"colour"').and.contain('domains')
    const missing = await importing(site, 'organisations', 'id,type\nz1,council\n').catch(error => error)
    expect(missing.message).to.contain('"name" is missing')
    const otherType = await importing(site, 'people', [{ id: 'z2', title: 'An article', text: 'Not a person.' }]).catch(error => error)
    expect(otherType).to.be.instanceOf(CannotStart)
    expect(await site.services.models.organisations.findOne({ name: 'Zed Council' }).asSystem('a test looks').lean()).to.equal(null)
  })
})
