import { expect } from 'chai'
import type { ExampleAccount } from '../../../scripts/support/examplePartnership.ts'
import { AccountsPage } from '../pages/accountsPage.ts'
import { ArticleFormPage } from '../pages/articleFormPage.ts'
import { ArticlePage } from '../pages/articlePage.ts'
import { HandoverPage } from '../pages/handoverPage.ts'
import { HomePage } from '../pages/homePage.ts'
import { LinkPage } from '../pages/linkPage.ts'
import { MergePage } from '../pages/mergePage.ts'
import { PeopleImportPage } from '../pages/peopleImportPage.ts'
import { ProfileFormPage } from '../pages/profileFormPage.ts'
import { ProfilePage } from '../pages/profilePage.ts'
import { SearchPage } from '../pages/searchPage.ts'
import { SignInPage } from '../pages/signInPage.ts'
import { SitePage } from '../pages/sitePage.ts'
import { SkillsPage } from '../pages/skillsPage.ts'
import { anExample, type Example } from '../support/anExample.ts'
import { type BrowserSite, startBrowserSite } from '../support/browserSite.ts'
import { aFileOf120People } from '../support/fileOfPeople.ts'
import { sidewaysFaults } from '../support/sideways.ts'
import { picture } from '../support/walkPictures.ts'

const password = 'maple quarry tiller'
const text = `The fire service has a tape library that stands idle at night. **Anybody in these three organisations may book it.**

## Before

1. Label the tapes with the name of your organisation.
2. Book the night in the shared calendar, two days before.

## What went wrong

The first time nobody had the *combination* of the server room. It is with the duty officer now.`

const phone = {
  width: 390,
  newcomer: 'Ada Newman',
  title: 'Borrowing the tape library',
  system: 'payroll',
  leaver: 'kwame-mensah',
  owned: 'Publishing map layers that partners can rely on',
  receiver: 'Peggy Ollerenshaw',
  hosts: false,
}
const desktop = {
  width: 1280,
  newcomer: 'Ben Newman',
  title: 'A night on the tapes of the fire service',
  system: 'directory',
  leaver: 'joanna-whitlock',
  owned: 'When the only expert leaves',
  receiver: 'Amara Finch',
  hosts: true,
}

describe('a first week in the example partnership', () => {
  let browser: BrowserSite
  let example: Example
  let colleague: ExampleAccount
  let ofFire: ExampleAccount
  let ofHospitals: ExampleAccount
  let ofSaltmoor: ExampleAccount

  before(async () => {
    browser = await startBrowserSite()
    example = await anExample(browser.site)
    colleague = await example.accountOf('tendai-moyo')
    ofFire = await example.accountOf('emeka-nwosu')
    ofHospitals = await example.accountOf('chidi-ezenwa')
    ofSaltmoor = await example.accountOf('iqra-mahmood')
  })
  afterEach(() => browser.endVisits())
  after(() => browser.close())

  for (const [device, { width, newcomer, title, system, leaver, owned, receiver, hosts }] of Object.entries({ phone, desktop })) {
    describe(`on a ${device}:`, () => {
      const visit = (as?: { email: string }) => browser.visit({ width, ...(as ? { as } : {}) })
      const administrator = () => visit(example.as('partnership administrator'))

      async function look({ page }: SitePage, name: string): Promise<void> {
        await picture(page, `${name}-${device}`)
        expect(await sidewaysFaults(page, device === 'phone' ? [width] : undefined), name).to.deep.equal([])
      }

      it('a newcomer comes from the invitation to a complete profile, finds whom to ask and is found', async function () {
        this.timeout(180_000)
        const accounts = await AccountsPage.open(await administrator())
        await accounts.press('Invite somebody')
        await accounts.invite({
          name: newcomer,
          email: `${newcomer.toLowerCase().replace(' ', '.')}@saltmoor.example`,
          organisation: 'Saltmoor Borough Council',
        })
        const link = await LinkPage.open(await visit(), await accounts.link())
        await look(link, 'invitation')
        await link.choosePassword(password)
        const { page } = link
        const home = new HomePage(page)
        expect(await home.stepsDone()).to.equal('0 of 4 done')
        await look(home, 'home-newcomer')

        await home.follow('Complete your profile')
        const form = new ProfileFormPage(page)
        const profile = new ProfilePage(page)
        await form.follow('Change name and role')
        await form.type('Role', 'Service desk analyst')
        await form.press('Save')
        await profile.follow('Change about')
        await form.type('About', 'I answer the phone, and write down what solved it.')
        await form.press('Save')
        await profile.follow('Change contact')
        await form.type('Phone', '01606 555 0142')
        await form.press('Save')
        await profile.follow('Change skills')
        const skills = new SkillsPage(page)
        await skills.declare({ skill: 'Service desk, Problem management', level: 'Practitioner', willing: ['Advise'] })
        await skills.declare({ skill: 'Backup and restore', level: 'Working', willing: ['Be lent'] })
        await skills.follow('Back to the profile')
        await look(profile, 'profile-newcomer')

        await home.goHome()
        expect(await home.stepsDone()).to.equal('2 of 4 done')
        await home.follow('Follow a skill, a person, a team or an organisation')
        await home.follow('VMware')
        await home.press('Follow VMware')
        await browser.site.services.indexer.settled()
        const search = new SearchPage(page)
        await search.ask('vmware storage')
        expect(await search.people()).to.include('Tomos Hale')
        await look(search, 'search')
        await search.follow('Tomos Hale')
        expect(await profile.contact()).to.include('E-mail')
        await look(profile, 'profile')
        await search.ask('skill:"service desk" organisation:saltmoor')
        expect(await search.people()).to.include(newcomer)
        await home.goHome()
        expect(await home.stepsDone(), 'nothing is left to do').to.equal(undefined)
        await home.goTo('Organisations')
        await home.follow('Who to call: everybody on one page, to look up or to print')
        await look(home, 'contacts')
        await home.goTo('Skills')
        await look(home, 'skills')
      })

      it('an editor writes an article and shares it with two other organisations: theirs find it, nobody else does', async () => {
        const form = await ArticleFormPage.open(await visit(example.as('editor')))
        await form.type({ title, kind: 'How-to', text, skills: 'Backup and restore' })
        await form.type({ readers: 'Your organisation and those chosen below' })
        for (const chosen of ['County Fire and Rescue Service', 'Weaverdale Hospitals NHS Trust'])
          await form.main.getByRole('checkbox', { name: chosen, exact: true }).check()
        await look(form, 'writing')
        await form.press('Publish')
        const article = new ArticlePage(form.page)
        expect(await article.notice()).to.equal('The article is published.')
        await look(article, 'article')

        await browser.site.services.indexer.settled()
        const found = async (reader: ExampleAccount) => (await SearchPage.open(await visit(reader), `"${title}"`)).articles()
        for (const reader of [colleague, ofFire, ofHospitals]) expect(await found(reader), reader.name).to.deep.equal([title])
        expect(await found(ofSaltmoor)).to.deep.equal([])
        const other = await visit(ofSaltmoor)
        expect((await other.goto(new URL(article.page.url()).pathname))?.status()).to.equal(404)
      })

      it('an administrator imports 120 people, who are there', async () => {
        const home = new HomePage(await administrator())
        await look(home, 'home-administrator')
        await home.goTo('Administration')
        await look(home, 'administration')
        await home.follow('Settings')
        await look(home, 'settings')
        const imports = await PeopleImportPage.open(home.page)
        await imports.send(aFileOf120People('Dunmere District Council', system))
        expect(await imports.count('would be added')).to.equal('120')
        await look(imports, 'import-preview')
        await imports.press('Save these changes')
        expect(await imports.count('were added')).to.equal('120')
        await imports.follow('Invite several people')
        await browser.site.services.indexer.settled()
        expect(await (await SearchPage.open(imports.page, 'Lowri Jessop')).people()).to.include('Lowri Jessop')
      })

      it('an administrator merges two skills after a look at what changes, and undoes it', async () => {
        const [merged, kept] = ['Data centre facilities', 'Data centre moves']
        const merging = await MergePage.open(await administrator())
        await merging.choose({ merged, kept })
        expect(await merging.changes())
          .to.match(/\d+ people declare Data centre facilities, and will declare Data centre moves/)
          .and.to.include('The address /skills/data-centre-facilities will lead to Data centre moves.')
        await look(merging, 'merge-preview')
        await merging.press(`Merge ${merged} into ${kept}`)
        expect(await merging.state('merged')).to.equal('merged')
        await look(merging, 'merged')
        const reader = new SitePage(await visit(example.as('member')))
        await reader.page.goto('/skills/data-centre-facilities')
        expect(await reader.heading()).to.equal(kept)

        await merging.press('Undo the merge')
        expect(await merging.state('undone')).to.equal('undone')
        await reader.page.goto('/skills/data-centre-facilities')
        expect(await reader.heading()).to.equal(merged)
      })

      it('an administrator suspends a leaver, and hands over what they owned', async () => {
        const leaving = await example.accountOf(leaver)
        const accounts = await AccountsPage.open(await administrator())
        await accounts.find(leaving.name)
        await accounts.follow(leaving.name)
        await accounts.press('Suspend')
        expect(await accounts.notice()).to.include(`${leaving.name} is suspended`)
        const refused = await SignInPage.open(await visit())
        await refused.signIn(leaving.email)
        expect(await refused.problems()).to.have.length(1)

        const handover = new HandoverPage(accounts.page)
        await handover.openForm()
        await look(handover, 'handover')
        await handover.answer('Who is called instead', receiver)
        await handover.answer('New owner of the articles', receiver)
        if (hosts) await handover.answer('New host of the days', receiver)
        await handover.press('Hand over and mark as left')
        expect(await handover.notice()).to.include('marked as left')
        await look(handover, 'handed-over')

        const { page } = handover
        await page.goto('/knowledge')
        const search = new SearchPage(page)
        await search.ask(`"${owned}"`)
        await search.follow(owned)
        expect(await new ArticlePage(page).owner()).to.equal(receiver)
        expect(await search.main.getByRole('link', { name: leaving.name }).count()).to.equal(0)
      })
    })
  }
})
