import { expect } from 'chai'
import { load } from 'cheerio'
import type { Role } from '../../../server/access/roles.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anOrganisation, aPerson, aSkill, aTeam } from '../../support/builders.ts'
import { importing } from '../../support/importing.ts'
import { formOn, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const wordsOf = (html: string, selector: string) => load(html)(selector).text().replace(/\s+/g, ' ').trim()
const linesOn = (html: string) =>
  load(html)('.call-line')
    .toArray()
    .map(line => load(line).text().replace(/\s+/g, ' ').trim())

describe('contacts', () => {
  let site: TestSite
  let council: Organisation
  let fire: Organisation
  let keeper: Browser
  let member: Browser
  let ann: Person
  let ben: Person

  before(async () => {
    site = await startTestSite({ clock: { now: () => new Date('2026-04-20T12:00:00Z') } })
    council = await anOrganisation(site, { name: 'Mid Vale Council', slug: 'mid-vale' })
    fire = await anOrganisation(site, { name: 'Dane Fire and Rescue Service', slug: 'dane-fire', type: 'fire' })
    ann = await aPerson(site, { name: 'Ann Lee', organisation: council, phone: '01244 500100', email: 'ann@mid-vale.example' })
    ben = await aPerson(site, { name: 'Ben Cole', organisation: council, phone: '01244 500200' })
    keeper = await signInAs(council, 'organisation administrator')
    member = await signInAs(fire)
  })
  after(() => site.close())

  const signInAs = async (organisation: Organisation, ...roles: Role[]) =>
    site.signInAs(await aPerson(site, { organisation, roles: ['member', ...roles] }))
  const post = (path: string, given: object, by = keeper) => by.post(path).type('form').send(given)
  const asked = async (q: string, by = member) => (await by.get('/search').query({ q }).expect(200)).text
  const answered = async (q: string) =>
    load(await asked(q))('.who-to-call .row__title')
      .toArray()
      .map(title => load(title).text())

  it('are kept by form, and shown with links to call and to write', async () => {
    const team = await aTeam(site, council, { name: 'Server team', slug: 'server-team' })
    const path = `/teams/${team.slug}/contacts`
    expect(linksOn((await keeper.get(`/teams/${team.slug}`)).text)).to.include(path)
    const form = formOn((await keeper.get(path).expect(200)).text)
    const filled = { ...form, contact1: 'Ann Lee', cover1: 'Ben Cole', contact2: 'Service desk, desk@mid-vale.example, 01244 1' }
    await post(path, filled).expect(303).expect('Location', `/teams/${team.slug}`)
    const { text } = await member.get(`/teams/${team.slug}`).expect(200)
    expect(linesOn(text)).to.deep.equal([
      'First point of contact Ann Lee answers now 01244 500100 ann@mid-vale.example',
      'Cover Ben Cole 01244 500200',
      'First step of escalation Service desk 01244 1 desk@mid-vale.example',
    ])
    expect(wordsOf(text, '.call-line--now')).to.equal(linesOn(text)[0])
    expect(linksOn(text)).to.include.members(['tel:01244500100', 'mailto:ann@mid-vale.example', 'mailto:desk@mid-vale.example'])
    expect(formOn((await keeper.get(path)).text)).to.include({ contact1: 'Ann Lee', contact2: filled.contact2, contact3: '', opened: '1' })
  })

  it('say who answers while somebody is away, and why', async () => {
    const annsBrowser = await site.signInAs(ann)
    const absence = `/people/${ann.slug}/absence`
    const form = formOn((await annsBrowser.get(absence).expect(200)).text)
    const away = { ...form, from: '2026-04-10', until: '2026-05-03', cover: 'Ben Cole', note: 'Ring Ben.' }
    await post(absence, away, annsBrowser).expect(303)
    expect((await member.get(`/people/${ann.slug}`)).text)
      .to.include('Away until 3 May 2026.')
      .and.include('Ring Ben.')
    const { text } = await member.get('/teams/server-team').expect(200)
    expect(linesOn(text).slice(0, 2)).to.deep.equal([
      'First point of contact Ann Lee away until 3 May 2026 01244 500100 ann@mid-vale.example',
      'Cover Ben Cole answers now 01244 500200',
    ])
    expect(wordsOf(text, '.call-list__why')).to.equal('Ann Lee is away until 3 May 2026; Ben Cole covers.')
    const back = formOn((await annsBrowser.get(absence)).text)
    await post(absence, { ...back, from: '', until: '', cover: '', note: '' }, annsBrowser).expect(303)
    expect(wordsOf((await member.get('/teams/server-team')).text, '.call-line--now')).to.include('Ann Lee')
  })

  it('warn those who can mend it, and nobody else, and tell no name of somebody suspended', async () => {
    await aTeam(site, council, { name: 'Nameless team', slug: 'nameless' })
    const sam = await aPerson(site, { name: 'Sam Stopped', organisation: council })
    const shaken = await aTeam(site, council, { name: 'Shaken team', callOrder: [{ contact: { personId: sam._id } }] })
    await site.services.people.suspend(sam)
    const { text } = await keeper.get('/organisations/contacts').expect(200)
    const warnings = wordsOf(text, '.contact-warnings')
    expect(warnings)
      .to.include('Nameless team names nobody to call.')
      .and.include('Shaken team names Sam Stopped who left or is suspended.')
    expect(linksOn(text)).to.include('/teams/nameless/contacts')
    for (const path of ['/organisations/contacts', `/teams/${shaken.slug}`, '/search?q=call+shaken+team']) {
      const page = (await member.get(path).expect(200)).text
      expect(page, path).to.not.include('Sam Stopped').and.to.not.include('contact-warnings')
      expect(page, path).to.include('Nobody answers')
    }
  })

  const keepers: [string, () => Promise<Browser>, boolean][] = [
    ['a member', () => signInAs(council), false],
    ['an editor', () => signInAs(council, 'editor'), false],
    ['an administrator of another organisation', () => signInAs(fire, 'organisation administrator'), false],
    ['an administrator of the organisation', () => signInAs(council, 'organisation administrator'), true],
    ['an administrator of the partnership', () => signInAs(fire, 'partnership administrator'), true],
  ]
  for (const [who, signIn, may] of keepers) {
    it(`${who} ${may ? 'keeps' : 'does not keep'} them and the absences of others`, async () => {
      const browser = await signIn()
      const team = await aTeam(site, council)
      for (const path of ['/organisations/mid-vale/contacts', `/teams/${team.slug}/contacts`, `/people/${ben.slug}/absence`]) {
        await browser.get(path).expect(may ? 200 : 403)
        await post(path, { cover1: 'Nobody At All', from: 'soon' }, browser).expect(may ? 422 : 403)
        await post(path, formOn((await keeper.get(path)).text), browser).expect(may ? 303 : 403)
        await post(path, {}, keeper).set('Sec-Fetch-Site', 'cross-site').expect(403)
      }
      await post('/teams/nowhere/contacts', {}, browser).expect(404)
    })
  }

  it('are refused where they cannot be read: beside the field, with everything typed still there', async () => {
    const team = await aTeam(site, council)
    await aPerson(site, { name: 'Jo Twin', organisation: council })
    await aPerson(site, { name: 'Jo Twin', organisation: council })
    const path = `/teams/${team.slug}/contacts`
    const form = formOn((await keeper.get(path)).text)
    const typed = {
      ...form,
      contact1: 'Zed Nobody',
      cover1: 'desk@nowhere',
      cover2: 'Ben Cole',
      contact3: 'Jo Twin',
      cover4: 'x'.repeat(201),
    }
    const { cover4: _long, ...short } = typed
    const again = await post(path, short).expect(422)
    expect(Object.keys(problemsOn(again.text)).sort()).to.deep.equal(['contact1', 'contact2', 'contact3', 'cover1'])
    expect(formOn(again.text)).to.deep.equal({ ...form, ...short })
    expect(problemsOn((await post(path, typed).expect(422)).text)).to.deep.equal({ cover4: 'Use 200 characters or fewer' })
    expect(wordsOf((await member.get(`/teams/${team.slug}`)).text, 'main')).to.include('Nobody is named yet.')
  })

  it('of two administrators at once, the second is told and loses nothing', async () => {
    const team = await aTeam(site, council)
    const path = `/teams/${team.slug}/contacts`
    const form = formOn((await keeper.get(path)).text)
    await post(path, { ...form, contact1: 'Ann Lee' }).expect(303)
    const again = await post(path, { ...form, contact1: 'Ben Cole' }).expect(409)
    expect(problemsOn(again.text).form).to.include('Somebody else changed the contacts')
    expect(formOn(again.text)).to.include({ contact1: 'Ben Cole' })
    await post(path, formOn(again.text)).expect(303)
  })

  for (const [what, given, problems] of [
    ['no first day', { until: '2026-05-03' }, { from: 'Enter the first day' }],
    ['no last day', { from: '2026-05-03' }, { until: 'Enter the last day' }],
    ['days the wrong way round', { from: '2026-05-03', until: '2026-05-02' }, { until: 'The last day must not be before the first' }],
    ['a day that is none', { from: '2026-02-30', until: '2026-03-01' }, { from: 'Write the day as 2026-05-03' }],
    [
      'themselves as cover',
      { from: '2026-05-01', until: '2026-05-02', cover: 'Ben Cole' },
      { cover: 'Nobody covers for themselves. Name somebody else' },
    ],
  ] as const) {
    it(`refuse an absence with ${what}`, async () => {
      const path = `/people/${ben.slug}/absence`
      const again = await post(path, { note: 'A note.', ...given }).expect(422)
      expect(problemsOn(again.text)).to.deep.equal(problems)
      expect(formOn(again.text)).to.include({ note: 'A note.', ...given })
      expect((await site.services.people.byId(ben._id))?.absence).to.equal(undefined)
    })
  }

  it('are found in one search, by name, kind, description and skill, and explained', async () => {
    const skill = await aSkill(site, { name: 'Virtualisation', aliases: ['VMware'] })
    const hosting = await aTeam(site, council, { name: 'Hosting', description: 'Runs the data centre in Crewe.' })
    await aTeam(site, fire, { name: 'Networks' })
    await aPerson(site, {
      organisation: council,
      teamIds: [hosting._id],
      skills: [{ skillId: skill._id, level: 'expert', willing: [] }],
    })
    expect(await answered('who do I call about the data centre')).to.deep.equal(['Hosting'])
    expect(await answered('call network')).to.deep.equal(['Networks'])
    expect(await answered('contact fire service')).to.deep.equal(['Dane Fire and Rescue Service'])
    expect(await answered('fire service phone number')).to.deep.equal(['Dane Fire and Rescue Service'])
    expect(await answered('escalate vmware')).to.deep.equal(['Hosting'])
    expect(await answered('who do I ring')).to.deep.equal(['Dane Fire and Rescue Service'])
    expect(wordsOf(await asked('call network'), '.who-to-call')).to.include('Shown because its name has “network”.')
    expect(wordsOf(await asked('escalate vmware'), '.who-to-call')).to.include('Shown because 1 person of it declared Virtualisation.')
  })

  it('leave questions alone that ask for something else', async () => {
    for (const q of ['network', 'call centre network', 'ring main network', 'networks of the contact centre', 'call zzyzx'])
      expect(await answered(q), q).to.deep.equal([])
  })

  it('are answered while the search engine is away', async () => {
    site.engine.switchOff()
    try {
      expect(await answered('contact fire service')).to.deep.equal(['Dane Fire and Rescue Service'])
    } finally {
      site.engine.switchOn()
    }
  })

  it('are imported before the people they name, with absences', async () => {
    const orders = { contact: 'i-ann', cover: 'Desk, desk@i.example', escalation: ['i-ben / i-ann'] }
    expect((await importing(site, 'organisations', [{ id: 'i', name: 'Import Council', ...orders }])).refusals).to.deep.equal([])
    const csv = 'id,name,organisation,contact,cover,escalation\ni-net,Import networks,i,i-ann,,i-ben / i-ann;Desk, desk@i.example\n'
    expect(
      (
        await importing(
          site,
          'teams',
          csv
            .replace('Desk, desk@i.example', '"Desk, desk@i.example"')
            .replace('i-ben / i-ann;"Desk, desk@i.example"', '"i-ben / i-ann;Desk, desk@i.example"'),
        )
      ).refusals,
    ).to.deep.equal([])
    const people = [
      { id: 'i-ann', name: 'Ada Import', organisation: 'i', absence: { from: { daysAgo: 1 }, until: { daysAgo: -3 }, cover: 'i-ben' } },
      { id: 'i-ben', name: 'Bob Import', organisation: 'i' },
    ]
    expect((await importing(site, 'people', people)).refusals).to.deep.equal([])
    expect(await importing(site, 'people', people)).to.include({ unchanged: 2 })
    const { text } = await member.get('/teams/import-networks').expect(200)
    expect(wordsOf(text, '.call-list__why')).to.equal('Ada Import is away until 23 April 2026; Bob Import covers.')
    expect(linesOn(text)).to.deep.equal([
      'First point of contact Ada Import away until 23 April 2026',
      'First step of escalation Bob Import answers now',
      'Cover Ada Import away until 23 April 2026',
      'Step 2 of the escalation Desk desk@i.example',
    ])
    const wrong = await importing(site, 'teams', [{ id: 'w', name: 'Wrong', organisation: 'i', cover: 'i-ann' }])
    expect(wrong.refusals[0]?.reason).to.include('contact is missing')
    const days = { from: '2026-05-03', until: '2026-05-01' }
    const backwards = await importing(site, 'people', [{ id: 'i-cy', name: 'Cy', organisation: 'i', absence: days }])
    expect(backwards.refusals[0]?.reason).to.include('absence ends before it begins')
  })
})
