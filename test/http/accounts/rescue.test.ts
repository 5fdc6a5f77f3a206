import { expect } from 'chai'
import { rescue } from '../../../server/accounts/rescue.ts'
import { aPerson } from '../../support/builders.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

const emailOfStranger = 'new.head@example.org'

describe('the rescue from the command line', () => {
  let site: TestSite

  beforeEach(async () => {
    site = await startTestSite()
  })
  afterEach(() => site.close())

  const begin = () => site.services.models.settings.create({ _id: 'partnership', name: 'Mersey' })
  const choosePassword = async (token: string) => {
    const browser = site.visitor()
    await browser.post(`/links/${token}`).type('form').send({ password: 'maple quarry tiller' }).expect(303)
    return browser
  }

  it('makes an administrator of somebody new', async () => {
    await begin()
    await aPerson(site)
    const browser = await choosePassword((await rescue(site.services, emailOfStranger.toUpperCase())).token)
    expect((await browser.get('/account').expect(200)).text)
      .to.include(emailOfStranger)
      .and.include('partnership administrator')
  })

  it('makes an administrator of somebody who has an account, also a suspended one', async () => {
    await begin()
    const person = await aPerson(site, { roles: ['member', 'editor'] })
    await site.services.models.accounts.updateOne({ _id: person._id }, { $set: { suspendedAt: new Date() } })
    const browser = await choosePassword((await rescue(site.services, person.email)).token)
    expect((await browser.get('/account').expect(200)).text).to.include('member, editor, partnership administrator')
  })

  it('is no way around the first run', async () => {
    const answer = await rescue(site.services, emailOfStranger).catch((error: Error) => error.message)
    expect(answer).to.include('There is no partnership yet')
  })
})
