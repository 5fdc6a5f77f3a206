import { expect } from 'chai'
import { type BrowserSite, startBrowserSite } from './browserSite.ts'
import { launchChromium } from './launchChromium.ts'

describe('the browser of these tests', () => {
  let browser: BrowserSite

  before(async () => {
    browser = await startBrowserSite()
  })
  after(() => browser.close())

  const complaint = () => browser.endVisits().then(() => '', String)

  it('must be there: tests without it fail and say what to do', async () => {
    const error = await launchChromium('/nowhere/chromium').catch(reason => reason)
    expect(String(error)).to.include('/nowhere/chromium').and.include('CHROMIUM')
  })

  it('complains of an error in a script', async () => {
    const page = await browser.visit()
    await page.route('**/main-*.js', route => route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("a planted fault")' }))
    await page.goto('/sign-in')
    expect(await complaint()).to.include('/sign-in: Error: a planted fault')
  })

  for (const scripts of [true, false]) {
    it(`complains of what the content security policy refuses, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const page = await browser.visit({ scripts })
      await page.route('**/sign-in', async route => {
        const response = await route.fetch()
        await route.fulfill({ response, body: `${await response.text()}<p style="color: red">a planted fault</p>` })
      })
      await page.goto('/sign-in')
      expect(await complaint()).to.match(/Content Security Policy/)
    })
  }

  it('complains of a file that is not there', async () => {
    const page = await browser.visit()
    await page.route('**/main-*.css', route => route.fulfill({ status: 404 }))
    await page.goto('/sign-in')
    expect(await complaint()).to.match(/main-\w+\.css answered 404/)
  })

  it('does not complain of a page as it is', async () => {
    await (await browser.visit()).goto('/sign-in')
    expect(await complaint()).to.equal('')
  })
})
