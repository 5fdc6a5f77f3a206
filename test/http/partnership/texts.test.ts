import { expect } from 'chai'
import { load } from 'cheerio'
import type { TextName } from '../../../server/partnership/texts/publicTexts.ts'
import { aPerson } from '../../support/builders.ts'
import { formOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const titles: Record<TextName, string> = { privacy: 'Privacy notice', accessibility: 'Accessibility statement', cookies: 'Cookies' }

for (const [name, title] of Object.entries(titles) as [TextName, string][]) {
  describe(`the text of /${name}`, () => {
    let site: TestSite
    let browser: Browser
    let other: Browser

    before(async () => {
      site = await startTestSite()
      await site.services.models.settings.create({ _id: 'partnership', name: 'Mersey *ICT* <b>' })
      await site.services.knownSettings.read()
      const roles = ['member' as const, 'partnership administrator' as const]
      browser = await site.signInAs(await aPerson(site, { name: 'Priya Nair', roles }))
      other = await site.signInAs(await aPerson(site, { roles }))
    })
    beforeEach(() => site.services.models.settings.deleteMany({ _id: name }))
    after(() => site.close())

    const action = `/admin/settings/texts/${name}`
    const read = async () => (await site.visitor().get(`/${name}`).expect(200)).text
    const opened = async () => formOn((await browser.get(action).expect(200)).text, action)
    const send = (given: object, from = browser, to = action) => from.post(to).type('form').send(given)

    it('is linked from every page, and read without signing in and without a cookie', async () => {
      const start = await site.visitor().get('/sign-in').expect(200)
      expect(load(start.text)(`footer a[href="/${name}"]`)).to.have.length(1)
      const page = await site.visitor().get(`/${name}`).expect(200)
      expect(page.headers).to.not.have.property('set-cookie')
      expect(load(page.text)('h1').text()).to.equal(title)
      expect((await browser.get(`/${name}`).expect(200)).headers['cache-control']).to.include('private')
    })

    it('is a default one at first, with nothing left open', async () => {
      const page = load(await read())
      expect(page('main').text().length).to.be.greaterThan(400)
      expect(page('main').text()).to.not.match(/[{}]|undefined/)
      if (name !== 'cookies')
        expect(page('main').text()).to.include('Mersey *ICT* <b>').and.include('the administrator of your organisation')
      expect((await opened()).revision).to.equal('0')
    })

    it('is kept by administrators, with who and when, and can be given back', async () => {
      await send({ ...(await opened()), text: '## Ours\r\n\r\n**Bold** words.', as: 'text' }).expect(303)
      expect(await read())
        .to.include('<h2 id="prose-ours">Ours</h2>')
        .and.include('<strong>Bold</strong>')
        .and.match(/Changed on \d+ \w+ \d{4}/)
      const settings = (await browser.get('/admin/settings').expect(200)).text
      expect(settings).to.include('Your own text is shown. Changed by Priya Nair')
      const back = formOn((await browser.get(action).expect(200)).text, `${action}/default`)
      await send(back, browser, `${action}/default`).expect(303)
      expect(await read()).to.not.include('Ours')
      expect(load((await browser.get(action)).text)(`form[action="${action}/default"]`)).to.have.length(0)
    })

    it('is looked at before it is saved', async () => {
      const preview = await send({ ...(await opened()), text: '## Later', as: 'preview' }).expect(200)
      expect(load(preview.text)('.preview .prose').html()).to.include('<h2 id="prose-later">Later</h2>')
      expect(formOn(preview.text, action)).to.include({ text: '## Later', revision: '0' })
      expect(await read()).to.not.include('Later')
      await send({ ...formOn(preview.text, action), as: 'text' }).expect(303)
      expect(await read()).to.include('<h2 id="prose-later">Later</h2>')
    })

    it('refuses scripts beside the field, with what was typed still there; whatever came in would be harmless', async () => {
      for (const bad of ['<script>alert(1)</script>', 'a <IFRAME src=x>', '[x](javascript:alert(1))', '<img src=x onerror=alert(1)>']) {
        for (const as of ['text', 'preview']) {
          const answer = await send({ ...(await opened()), text: `## Ours\n\n${bad}`, as }).expect(422)
          expect(problemsOn(answer.text).text).to.include('neither scripts nor other HTML')
          expect(formOn(answer.text, action).text).to.equal(`## Ours\n\n${bad}`)
        }
        await site.services.models.settings.updateOne({ _id: name }, { $set: { text: bad } }, { upsert: true })
        const page = load(await read())
        expect(page('main script, main iframe, main img, main [onerror], main a[href^=javascript]'), bad).to.have.length(0)
        await site.services.models.settings.deleteMany({ _id: name })
      }
    })

    it('refuses nothing at all, and too much', async () => {
      expect(problemsOn((await send({ ...(await opened()), text: ' \n ' }).expect(422)).text).text).to.include('Write the text')
      const long = await send({ ...(await opened()), text: 'x'.repeat(50_001) }).expect(422)
      expect(problemsOn(long.text).text).to.include('50,000 characters or fewer')
      expect(formOn(long.text, action).text).to.have.length(50_001)
    })

    it('keeps the first of two administrators and shows both to the second', async () => {
      const seen = await opened()
      await send({ ...seen, text: 'Theirs' }, other).expect(303)
      const answer = await send({ ...seen, text: 'Mine' }).expect(409)
      expect(answer.text).to.include('Somebody else changed this while you were writing')
      expect(load(answer.text)('.revision-text').text()).to.include('Theirs')
      expect(formOn(answer.text, action).text).to.equal('Mine')
      await send({ revision: seen.revision }, other, `${action}/default`).expect(409)
      expect(await read()).to.include('Theirs')
      await send(formOn(answer.text, action)).expect(303)
      expect(await read()).to.include('Mine')
    })
  })
}

describe('the texts', () => {
  it('are three, and no other', async () => {
    const site = await startTestSite()
    const browser = await site.signInAs(await aPerson(site, { roles: ['member', 'partnership administrator'] }))
    for (const name of ['terms', 'constructor', '__proto__']) await browser.get(`/admin/settings/texts/${name}`).expect(404)
    await browser.post('/admin/settings/texts/terms').type('form').send({ text: 'x' }).expect(404)
    await site.close()
  })

  it('name the cookie that is really set, the only one', async () => {
    for (const [PUBLIC_URL, cookie] of [
      ['http://pool.example', 'skillpool'],
      ['https://pool.example', '__Host-skillpool'],
    ] as const) {
      const site = await startTestSite({ environment: { PUBLIC_URL } })
      const { email } = await aPerson(site)
      const signedIn = await site.visitor().post('/sign-in').type('form').send({ email, password: 'a long enough password' }).expect(303)
      const set = ([signedIn.headers['set-cookie']].flat() as string[]).map(line => line.split('=')[0])
      expect(set).to.deep.equal([cookie])
      const named = load((await site.visitor().get('/cookies').expect(200)).text)('td code').toArray()
      expect(named.map(code => load(code).text())).to.deep.equal([cookie])
      await site.close()
    }
  })
})
