import { expect } from 'chai'
import { load } from 'cheerio'
import { aPerson } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

describe('the settings', () => {
  const clock = new MovableClock()
  let site: TestSite
  let browser: Browser
  let other: Browser

  before(async () => {
    site = await startTestSite({ clock })
    const administrator = { roles: ['member' as const, 'partnership administrator' as const] }
    browser = await site.signInAs(await aPerson(site, { name: 'Priya Nair', ...administrator }))
    other = await site.signInAs(await aPerson(site, { name: 'Udo Pooch', ...administrator }))
  })
  beforeEach(async () => {
    await site.services.models.settings.deleteMany({ _id: { $ne: 'sign-in-secret' } })
    await site.services.models.settings.create({ _id: 'partnership', name: 'Mersey' })
    clock.move(3_000)
  })
  after(() => site.close())

  const page = async () => (await browser.get('/admin/settings').expect(200)).text
  const send = (section: string, given: object, from = browser) => from.post(`/admin/settings/${section}`).type('form').send(given)
  const opened = async (section: string) => formOn(await page(), `/admin/settings/${section}`)
  const styleOn = (html: string) => load(html)('link[rel=stylesheet]').last().attr('href') ?? ''

  it('are for administrators of the partnership alone', async () => {
    for (const roles of [['member'], ['member', 'organisation administrator']] as const) {
      const somebody = await site.signInAs(await aPerson(site, { roles: [...roles] }))
      await somebody.get('/admin/settings').expect(403)
      await send('partnership', { name: 'Theirs', revision: 0 }, somebody).expect(403)
      await somebody.get('/admin/settings/texts/privacy').expect(403)
    }
    expect((await browser.get('/admin').expect(200)).text).to.include('href="/admin/settings"')
    expect(await page()).to.include('value="Mersey"')
  })

  it('change the name on every page, with who changed it', async () => {
    await send('partnership', { ...(await opened('partnership')), name: '  Mersey and   Dee ' }).expect(303)
    expect((await site.visitor().get('/sign-in').expect(200)).text).to.include('Sign in – Mersey and Dee</title>')
    expect(await page()).to.match(/Changed by Priya Nair, \d+ \w+ \d{4} at \d\d:\d\d\./)
  })

  it('of another process are seen here within seconds', async () => {
    await site.visitor().get('/sign-in').expect(200)
    await site.services.models.settings.updateOne({ _id: 'partnership' }, { $set: { name: 'Renamed elsewhere', colour: '#7a1f5c' } })
    clock.move(2_500)
    const { text } = await site.visitor().get('/sign-in').expect(200)
    expect(text).to.include('Renamed elsewhere')
    expect(styleOn(text)).to.match(/^\/identity-7a1f5c-/)
  })

  it('are looked up once for many who ask at once', async () => {
    const { settings } = site.services.models
    const { find } = settings
    let looks = 0
    settings.find = function counted(this: typeof settings, ...asked: Parameters<typeof find>) {
      looks++
      return find.apply(this, asked)
    } as typeof find
    clock.move(2_500)
    await Promise.all(Array.from({ length: 20 }, () => site.visitor().get('/sign-in').expect(200)))
    settings.find = find
    expect(looks).to.equal(1)
  })

  describe('of the colour', () => {
    it('give pages a style sheet of their own, which browsers keep, and none without a colour', async () => {
      expect((await site.visitor().get('/sign-in').expect(200)).text).to.not.include('/identity-')
      await send('partnership', { ...(await opened('partnership')), colour: '7A1F5C' }).expect(303)
      const address = styleOn((await site.visitor().get('/sign-in').expect(200)).text)
      expect(address).to.match(/^\/identity-7a1f5c-[0-9a-f]{12}\.css$/)
      const sheet = await site.visitor().get(address).expect(200)
      expect(sheet.type).to.equal('text/css')
      expect(sheet.headers).to.not.have.property('set-cookie')
      expect(sheet.headers['cache-control']).to.include('immutable').and.include('public')
      expect(sheet.text).to.include('--header: #7a1f5c').and.include('prefers-color-scheme: dark').and.include('prefers-contrast: more')
      expect(await page()).to.include('White text on #7a1f5c has a contrast of 9.')
      await send('partnership', { ...(await opened('partnership')), colour: '' }).expect(303)
      expect((await site.visitor().get('/sign-in').expect(200)).text).to.not.include('/identity-')
    })

    it('have a style sheet for colours that can be read and for nothing else', async () => {
      const made = await site.visitor().get('/identity-7a1f5c-000000000000.css').expect(200)
      expect(made.headers['cache-control'], 'of another version').to.equal('no-store')
      for (const address of ['/identity-ffffff-000000000000.css', '/identity-7a1f5c.css', '/identity-red-000000000000.css'])
        await site.visitor().get(address).expect(404)
    })

    it('refuse one that white cannot be read on, with the ratio and the nearest one that can', async () => {
      const answer = await send('partnership', { ...(await opened('partnership')), name: 'Typed', colour: '#5fa8d3' }).expect(422)
      const problem = problemsOn(answer.text).colour
      expect(problem).to.include('White text on #5fa8d3 has a contrast of 2.61 : 1').and.include('4.50 : 1')
      const proposed = /colour that has it is (#[0-9a-f]{6})/.exec(problem ?? '')?.[1]
      const typed = formOn(answer.text, '/admin/settings/partnership')
      expect(typed).to.include({ name: 'Typed', colour: '#5fa8d3' })
      await send('partnership', { ...typed, colour: proposed }).expect(303)
    })

    it('refuse what is no colour beside the field, with what was typed still there', async () => {
      for (const colour of ['red', '#12345', '#0f4c5c; background: url(//evil.example)', '<script>']) {
        const answer = await send('partnership', { ...(await opened('partnership')), name: '', colour }).expect(422)
        expect(problemsOn(answer.text)).to.have.keys('name', 'colour')
        expect(formOn(answer.text, '/admin/settings/partnership').colour).to.equal(colour)
      }
      expect((await site.visitor().get('/sign-in').expect(200)).text).to.not.include('/identity-')
    })
  })

  describe('that two administrators change at once', () => {
    for (const [section, mine, theirs, shown] of [
      ['partnership', { name: 'Mine' }, { name: 'Theirs' }, 'Theirs'],
      ['help', { helpName: 'My desk' }, { helpName: 'Their desk', helpEmail: 'desk@their.example' }, 'desk@their.example'],
      [
        'security',
        { securityContact: 'me@mine.example' },
        { securityContact: 'https://their.example/report' },
        'https://their.example/report',
      ],
    ] as const) {
      it(`keep the first and show both to the second: ${section}`, async () => {
        const seen = await opened(section)
        await send(section, { ...seen, ...theirs }, other).expect(303)
        const answer = await send(section, { ...seen, ...mine }).expect(409)
        const again = formOn(answer.text, `/admin/settings/${section}`)
        expect(again).to.include(mine)
        expect(load(answer.text)(`#${section} .govuk-summary-list`).text()).to.include(shown)
        expect(answer.text).to.include('Somebody else changed this while you were writing')
        await send(section, again).expect(303)
        expect(await opened(section)).to.include(mine)
      })
    }

    it('keep one of several that are sent in the same moment', async () => {
      const seen = await opened('help')
      const answers = await Promise.all([1, 2, 3, 4].map(number => send('help', { ...seen, helpName: `Desk ${number}` })))
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 409, 409, 409])
    })

    it('keep the revision of whoever made a mistake, so that nobody is overwritten unseen', async () => {
      const seen = await opened('partnership')
      await send('partnership', { ...seen, name: 'Theirs' }, other).expect(303)
      const mistaken = await send('partnership', { ...seen, name: 'Mine', colour: 'red' }).expect(422)
      await send('partnership', { ...formOn(mistaken.text, '/admin/settings/partnership'), colour: '' }).expect(409)
    })
  })

  describe('of whom to ask', () => {
    it('are shown where people sign in, to visitors, and on pages of failures', async () => {
      const before = (await site.visitor().get('/nowhere').expect(404)).text
      expect(before).to.include('ask the administrator of your organisation')
      await send('help', {
        ...(await opened('help')),
        helpName: 'ICT <desk>',
        helpEmail: 'Desk@Cheshire.example',
        helpPhone: '01244 500100',
      }).expect(303)
      for (const path of ['/sign-in', '/', '/nowhere']) {
        const { text } = await site.visitor().get(path)
        expect(text, path).to.include('ICT &lt;desk&gt;').and.include('mailto:desk@cheshire.example').and.include('tel:01244500100')
      }
    })

    it('refuse an address or a number of nobody, and what is neither', async () => {
      const answer = await send('help', { revision: 0, helpEmail: 'not an address', helpPhone: 'ring me' }).expect(422)
      const problems = problemsOn(answer.text)
      expect(problems.helpEmail).to.include('like name@example.org')
      expect(problems.helpPhone).to.include('in digits')
      const nobody = await send('help', { revision: 0, helpPhone: '01244 500100' }).expect(422)
      expect(problemsOn(nobody.text)).to.have.keys('helpName')
      expect(formOn(nobody.text, '/admin/settings/help').helpPhone).to.equal('01244 500100')
    })
  })

  it('are not taken from a form without any of its fields', async () => {
    await send('partnership', {}).expect(422)
    await send('help', { helpName: ['two', 'names'] }).expect(422)
    await send('security', { securityContact: ['a@b.example', 'c@d.example'] }).expect(422)
  })
})
