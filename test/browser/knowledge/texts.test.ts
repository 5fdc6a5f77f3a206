import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { anArticle } from '../../support/builders.ts'
import { ArticleFormPage } from '../pages/articleFormPage.ts'
import { ArticlePage } from '../pages/articlePage.ts'
import { Combobox } from '../pages/combobox.ts'
import { axeFaults } from '../support/axe.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { aSmallPartnership, type SmallPartnership } from '../support/smallPartnership.ts'

const fence = (diagram: string) => `\`\`\`mermaid\n${diagram}\n\`\`\``
const linkField = 'Link to a person, skill, organisation or article'

/** Of a page, and of frames inside it, each says so. */
const touched = "try { parent.document.title = 'touched' } catch {}; try { top.location = '/touched' } catch {}"
const hostile = [
  `graph TD\nA[one] --> B[two]\nclick A call alert("touched")\nclick B "javascript:${touched}"`,
  `%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%\ngraph TD\nA["<img src=x onerror=\\"${touched}\\">"] --> B["<script>${touched}</script>"]`,
  `graph TD\nA["<a href='javascript:${touched}' target='_top'>one</a>"] --> B["<iframe src='/account'></iframe>"]`,
  'graph TD\nA[one] --> B[two]\nclick A href "/account" _top',
  'graph TD\nA[one]\nstyle A fill:url(https://evil.example/x.png),position:fixed',
]

describe('texts of articles', () => {
  let browser: BrowserSite
  let partnership: SmallPartnership

  before(async () => {
    browser = await startBrowserSite()
    partnership = await aSmallPartnership(browser.site)
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  const written = (text: string) => anArticle(browser.site, partnership.adaeze, { title: 'Drawn', text })
  const shown = async (text: string, scripts = true) =>
    ArticlePage.open(await browser.visit({ scripts, as: partnership.tomos }), await written(text))
  const drawing = (page: Page, number = 1) => page.frameLocator(`iframe[title="Diagram ${number}"]`).locator('svg#diagram')
  /** A frame that has not said its height yet has none; one that could not draw is gone. */
  const allDrawn = (page: Page) => page.locator('iframe[height="0"]').first().waitFor({ state: 'detached' })

  it('show how they will look while they are typed, with links that are picked', async () => {
    const form = await ArticleFormPage.open(await browser.visit({ as: partnership.adaeze }))
    const preview = form.main.locator('#preview')
    await form.type({ text: '# Plan\n\n- [x] ask ' })
    await preview.getByRole('heading', { name: 'Plan' }).waitFor()
    await form.main.getByLabel('Text', { exact: true }).press('Control+End')
    const links = new Combobox(form.page, linkField)
    expect(await links.type('vmw')).to.deep.equal(['VMware skill'])
    await form.page.keyboard.press('ArrowDown')
    await form.page.keyboard.press('Enter')
    expect((await form.typed()).text).to.equal('# Plan\n\n- [x] ask [VMware](skillpool:skill/vmware)')
    expect(await links.typed()).to.equal('')
    await preview.getByRole('link', { name: 'VMware' }).waitFor()
    expect(await axeFaults(form.page)).to.deep.equal([])
  })

  it('are previewed by a button without scripts, and take links by name', async () => {
    const form = await ArticleFormPage.open(await browser.visit({ scripts: false, as: partnership.adaeze }))
    await form.type({ title: 'Plans', text: 'Ask:' })
    await form.main.getByLabel(linkField).fill('adaeze okafor')
    await form.press('Insert the link')
    await form.press('Preview')
    expect(await form.main.locator('#preview').getByRole('link', { name: 'Adaeze Okafor' }).count()).to.equal(1)
    expect((await form.typed()).title).to.equal('Plans')
  })

  it('are commented on by marking their words, which the comment leads back to', async () => {
    const article = await shown('Stop the *old* host first.\n\nThen wait.')
    const offer = article.main.getByRole('button', { name: 'Comment on these words' })
    expect(await offer.isVisible()).to.equal(false)
    await article.main.locator('#article-text em').dblclick()
    await offer.click()
    await article.page.keyboard.type('Which one?')
    await article.press('Comment')
    const passage = article.main.locator('.comment .passage')
    expect(await passage.textContent()).to.equal('old')
    expect(await passage.getByRole('link').getAttribute('href')).to.match(/#:~:text=old$/)
    expect(await axeFaults(article.page)).to.deep.equal([])
  })

  it('begin with their contents, which lead to the headings', async () => {
    const article = await shown('## First\n\nx\n\n## Second\n\ny\n\n### Third\n\nz[^1]\n\n- [ ] open\n\n[^1]: A note.')
    await article.main.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name: 'Third' }).click()
    expect(new URL(article.page.url()).hash).to.equal('#prose-third')
    expect(await axeFaults(article.page)).to.deep.equal([])
  })

  it('have diagrams that are drawn in a closed frame, and stay there as text', async () => {
    const article = await shown(`${fence('graph TD\nA[Desk] --> B[Hosts]')}\n\n${fence('graph TD\nA --> B[[')}`)
    await drawing(article.page).waitFor()
    expect(await drawing(article.page).textContent())
      .to.include('Desk')
      .and.include('Hosts')
    const frame = article.page.locator('iframe').first()
    expect(await frame.getAttribute('sandbox')).to.equal('allow-scripts')
    await allDrawn(article.page)
    expect(Number(await frame.getAttribute('height'))).to.be.greaterThan(50)
    await article.main.getByText('This diagram could not be drawn').waitFor()
    expect(await article.main.locator('pre.diagram').count()).to.equal(2)
    expect(await axeFaults(article.page)).to.deep.equal([])
  })

  it('show the text of diagrams without scripts, and have no frame without a diagram', async () => {
    const article = await shown(fence('graph TD\nA[Desk] --> B[Hosts]'), false)
    expect(await article.main.locator('pre.diagram').textContent()).to.include('A[Desk] --> B[Hosts]')
    expect(await (await shown('No diagram.')).page.locator('iframe').count()).to.equal(0)
  })

  it('let no diagram do anything to the page, whatever it says', async () => {
    const article = await shown(hostile.map(fence).join('\n\n'))
    const { page } = article
    const [address, title] = [page.url(), await page.title()]
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    page.on('dialog', dialog => {
      asked.push(dialog.message())
      void dialog.dismiss()
    })
    await page.reload()
    await allDrawn(page)
    expect(page.frames().length, 'drawn').to.be.greaterThan(3)
    expect(await page.frames()[1]?.evaluate("(() => { try { return parent.document.title } catch { return 'closed' } })()")).to.equal(
      'closed',
    )
    expect(await page.frames()[1]?.evaluate("fetch('/account').then(() => 'open', () => 'closed')")).to.equal('closed')
    for (const frame of page.frames().slice(1))
      for (const part of await frame.locator('svg a, svg .clickable, svg img').all()) await part.dispatchEvent('click')
    expect([page.url(), await page.title()]).to.deep.equal([address, title])
    const ours = new URL(address).origin
    expect(asked.filter(one => !one.startsWith(ours) || /touched|account$/.test(one))).to.deep.equal([])
    await browser.endVisits().catch(() => undefined)
  })
})
