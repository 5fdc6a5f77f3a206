import { expect } from 'chai'
import { load } from 'cheerio'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, anOrganisation, aPerson } from '../../support/builders.ts'
import { importedPerson } from '../../support/importing.ts'
import { aRunner } from '../../support/jobs.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, headingOf, linksOn, problemsOn } from '../../support/pageForm.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const page = '/admin/people/import'
const header = 'id,name,organisation,role,email\n'

describe('people from a file, by page', () => {
  let clock: MovableClock
  let site: TestSite
  let wirral: Organisation
  let olive: Person & { email: string }
  let browser: Browser

  before(async () => {
    clock = new MovableClock()
    site = await startTestSite({ clock })
  })
  after(() => site.close())
  beforeEach(async () => {
    wirral = await anOrganisation(site)
    olive = await aPerson(site, { name: 'Olive Own', organisation: wirral, roles: ['member', 'organisation administrator'] })
    browser = await site.signInAs(olive)
  })

  const upload = (content: string | Buffer, fields: Record<string, string> = {}, name = 'people.csv', by = browser) => {
    const request = by.post(page)
    for (const [field, value] of Object.entries(fields)) request.field(field, value)
    return request.attach('file', Buffer.from(content), name)
  }
  const sent = async (content: string | Buffer, fields = {}, by = browser): Promise<string> =>
    (await upload(content, fields, 'people.csv', by).expect(303)).headers.location as string
  const textOf = async (address: string) =>
    load((await browser.get(address).expect(200)).text)('main')
      .text()
      .replace(/\s+/g, ' ')
  const confirm = async (address: string) =>
    browser
      .post(address)
      .type('form')
      .send(formOn((await browser.get(address).expect(200)).text, address))
  const problem = async (content: string | Buffer, name?: string) =>
    problemsOn((await upload(content, {}, name).expect(422)).text).file ?? ''
  const rowsOf = (count: number, prefix: string) =>
    header + Array.from({ length: count }, (_, n) => `${prefix}${n},Person ${n},${wirral.slug},,\n`).join('')

  it('first shows what it would come to and saves nothing, then does that, and nothing when it is sent again', async () => {
    await aPerson(site, { name: 'Una Same', organisation: wirral, email: 'una.same@wirral.example', role: 'Analyst' })
    const tag = wirral.slug
    const file = `${header}${tag}-1,Nia Newcome,${tag},Engineer,\n${tag}-2,Una Same,${tag},Lead,una.same@wirral.example\n${tag}-3,No Place,Nowhere,,\n`
    const address = await sent(file)
    const preview = await textOf(address)
    expect(preview)
      .to.include('Nia Newcome')
      .and.to.match(/Una Same: role/)
      .and.to.include('there is no organisation "Nowhere"')
    expect(preview).to.match(/would be added1 .*would be changed1 .*would be refused1/)
    expect(await importedPerson(site, 'Nia Newcome')).to.equal(null)
    await confirm(address).then(({ status }) => expect(status).to.equal(303))
    expect(await textOf(address)).to.match(/were added1 .*were changed1 .*were refused1/)
    expect(await importedPerson(site, 'Nia Newcome')).to.include({ role: 'Engineer', organisationId: wirral._id })
    const refused = await browser.get(`${address}/refused.csv`).expect(200)
    expect(refused.text).to.equal(`\ufeffline,id,reason\r\n4,${tag}-3,"there is no organisation ""Nowhere"""\r\n`)
    expect(await textOf(await sent(file)))
      .to.match(/stay as they are2 /)
      .and.to.include('There is nothing to save')
    const kept = await site.services.models.peopleUploads.findById(address.split('/').at(-1)).lean()
    expect(kept).to.not.have.property('text')
  })

  it('lets only whom the preview names leave, only when the box is ticked, and never while rows are refused', async () => {
    const leaver = await aPerson(site, { name: 'Lea Leaver', organisation: wirral })
    const leaving = await site.signInAs(leaver)
    const file = `${header}${wirral.slug}-1,Kim Keeper,${wirral.slug},,\n`
    expect(await textOf(await sent(file))).to.not.include('Lea Leaver')
    const fields = { absentLeave: 'yes', organisationId: wirral._id }
    expect(await textOf(await sent(`${file}x,No Place,Nowhere,,\n`, fields)))
      .to.include('Nobody leaves')
      .and.to.not.include('Lea Leaver')
    const address = await sent(file, fields)
    expect(await textOf(address))
      .to.include('Lea Leaver')
      .and.to.not.include('Olive Own')
    await confirm(address)
    expect(await importedPerson(site, 'Lea Leaver')).to.include({ status: 'left' })
    await leaving.get('/people').expect(302)
    await browser.get('/people').expect(200)
  })

  it('says who left and still owns something, with a link to hand it over', async () => {
    const leaver = await aPerson(site, { name: 'Lea Leaver', organisation: wirral })
    await aPerson(site, { name: 'Noel Nothing', organisation: wirral })
    await anArticle(site, leaver)
    const fields = { absentLeave: 'yes', organisationId: wirral._id }
    const address = await sent(`${header}${wirral.slug}-1,Kim Keeper,${wirral.slug},,\n`, fields)
    await confirm(address)
    expect(await textOf(address))
      .to.match(/marked as left2/)
      .and.to.include('Lea Leaver Published articles: 1')
      .and.not.include('Noel Nothing')
    expect(linksOn((await browser.get(address)).text)).to.include(`/admin/people/${leaver.slug}/handover`)
  })

  it('keeps administrators of an organisation to their own people, and everybody from giving what they may not', async () => {
    const other = await anOrganisation(site)
    const stranger = await aPerson(site, {
      name: 'Stan Stranger',
      organisation: other,
      email: `stan@${other.slug}.example`,
      sourceId: 'stan',
    })
    const { slug } = wirral
    const rows = [
      `a-${slug},Not Mine,${other.slug},,member`,
      `stan,Stan Taken,${slug},,member`,
      `b-${slug},Stan Taken,${slug},${stranger.email},member`,
      `c-${slug},Too High,${slug},,member;partnership administrator`,
      `d-${slug},Olive Own,${slug},${olive.email},member`,
    ]
    await site.services.models.people.db.collection('people').updateOne({ _id: olive._id as never }, { $set: { email: olive.email } })
    const text = await textOf(await sent(`id,name,organisation,email,roles\n${rows.join('\n')}`))
    expect(text)
      .to.match(/would be refused5/)
      .and.to.not.include(stranger.name)
    for (const reason of [
      'whose people you keep',
      'whom you do not keep',
      'that of another person',
      'give or take "partnership',
      'change your own',
    ])
      expect(text).to.include(reason)
    await upload(header, { absentLeave: 'yes', organisationId: other._id }).expect(403)
    expect(await importedPerson(site, 'Stan Stranger')).to.include({ organisationId: other._id })
  })

  it('is for administrators, and a file for whoever sent it', async () => {
    const address = await sent(rowsOf(1, wirral.slug))
    const second = await site.signInAs(await aPerson(site, { organisation: wirral, roles: ['member', 'organisation administrator'] }))
    for (const path of [address, `${address}/refused.csv`]) await second.get(path).expect(404)
    await second.post(address).type('form').send({ seen: 'x' }).expect(404)
    const member = await site.signInAs(await aPerson(site, { organisation: wirral, roles: ['member', 'editor', 'coordinator'] }))
    await member.get(page).expect(403)
    await upload(header, {}, 'people.csv', member).expect(403)
  })

  describe('reads what spreadsheets save', () => {
    const row = (name: string, separator = ',') =>
      [
        ['id', 'name', 'organisation'],
        [`${wirral.slug}-9`, name, wirral.slug],
      ]
        .map(cells => cells.join(separator))
        .join('\r\n')
    const kinds: Record<string, (name: string) => Buffer> = {
      'UTF-8 with a byte order mark': name => Buffer.from(`\ufeff${row(name)}`),
      semicolons: name => Buffer.from(row(name, ';')),
      'UTF-16 with tabs': name => Buffer.from(`\ufeff${row(name, '\t')}`, 'utf16le'),
      'UTF-16, the other way round': name => Buffer.from(`\ufeff${row(name)}`, 'utf16le').swap16(),
      'Windows-1252': name => Buffer.from(row(name).replace('’', '\x92'), 'latin1'),
    }
    for (const [kind, bytes] of Object.entries(kinds))
      it(kind, async () => expect(await textOf(await sent(bytes('Zoë O’Brien')))).to.include('Zoë O’Brien'))
  })

  describe('says what is wrong with a file, and keeps nothing of it', () => {
    afterEach(async () => expect(await site.services.models.peopleUploads.countDocuments({ createdById: olive._id })).to.equal(0))

    it('that is none, is empty, or has only columns', async () => {
      expect(problemsOn((await browser.post(page).type('form').send({}).expect(422)).text).file).to.equal('Choose a file')
      expect(await problem('')).to.include('is empty')
      expect(await problem(header)).to.include('has no rows')
    })
    it('that is a workbook, a picture or of another name', async () => {
      expect(await problem(Buffer.from('PK\x03\x04\0\0'))).to.include('CSV UTF-8')
      expect(await problem(Buffer.from([0xff, 0xfe, 0x00]))).to.include('CSV UTF-8')
      expect(await problem(Buffer.from([0x41, 0x81, 0xe9]))).to.include('CSV UTF-8')
      expect(await problem(header, 'people.xlsx')).to.include('.csv')
    })
    it('with wrong or missing columns', async () => {
      expect(await problem('id,name,organisation,shoe size\n1,A,B,44\n')).to.include('"shoe size" is not a column')
      expect(await problem('id;name\n1;A\n')).to.include('the column "organisation" is missing')
    })
    it('with 100,000 rows, or larger than 5 MB', async () => {
      expect(await problem(rowsOf(100_000, 'p'))).to.match(/more than 20,000 rows|larger than 5 MB/)
      expect(await problem(`id,name,organisation\n${'1,A,B\n'.repeat(100_000)}`)).to.include('more than 20,000 rows')
      expect(await problem(Buffer.alloc(5 * 1024 * 1024 + 1, 'a'))).to.include('5 MB')
    })
    it('and keeps what was chosen beside it', async () => {
      const { text } = await upload('id\n1\n', { absentLeave: 'yes', organisationId: wirral._id }).expect(422)
      expect(load(text)('input[name=absentLeave]').attr('checked')).to.not.equal(undefined)
      expect(load(text)('select[name=organisationId] option[selected]').attr('value')).to.equal(wirral._id)
      problemsOn((await upload(header, { absentLeave: 'yes', organisationId: '' }).expect(422)).text)
      await upload(header, { absentLeave: 'perhaps' }).expect(422)
    })
  })

  it('refuses an id or an address that is there twice, with the line of the first', async () => {
    const { slug } = wirral
    const text = await textOf(await sent(`${header}1,A B,${slug},,x@y.example\n1,C D,${slug},,\n2,E F,${slug},,X@Y.example\n`))
    expect(text).to.include('id "1" is in line 2 already').and.to.include('email "X@Y.example" is in line 2 already')
  })

  it('writes a formula back as text', async () => {
    const { text } = await browser.get(`${await sent(`${header}"=HYPERLINK(1)",A B,Nowhere,,\n`)}/refused.csv`).expect(200)
    expect(text).to.include("'=HYPERLINK(1)")
  })

  it('asks again when somebody changed people meanwhile, and saves once for two presses', async () => {
    const address = await sent(`${header}${wirral.slug}-5,Ida Late,${wirral.slug},Lead,\n`)
    const seen = formOn((await browser.get(address)).text, address)
    await aPerson(site, { name: 'Ida Late', organisation: wirral, sourceId: `${wirral.slug}-5`, role: 'Before' })
    const again = await browser.post(address).type('form').send(seen).expect(409)
    expect(again.text).to.include('People were changed since you looked')
    const now = formOn(again.text, address)
    const answers = await Promise.all([1, 2].map(() => browser.post(address).type('form').send(now)))
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 409])
    const kept = await site.services.models.people.find({ name: 'Ida Late' }).asSystem('a test looks').lean<Person[]>()
    expect(kept.map(({ role }) => role)).to.deep.equal(['Lead'])
  })

  it('leaves many rows to a job, whose page shows how far it is', async () => {
    const address = await sent(rowsOf(2_001, `${wirral.slug}-`))
    await confirm(address)
    expect(headingOf((await browser.get(address)).text)).to.equal('People are being imported')
    await browser.post(`${address}/cancel`).expect(409)
    const types = [...site.services.jobRunner.types.values()].filter(({ name }) => name === 'people-import')
    await aRunner(site, types).workOff()
    expect(await textOf(address)).to.match(/were added2,001/)
  })

  it('puts a file away on request, and after a day', async () => {
    const address = await sent(rowsOf(1, wirral.slug))
    await browser.post(`${address}/cancel`).expect(303)
    await browser.get(address).expect(404)
    const second = await sent(rowsOf(1, wirral.slug))
    clock.move(86_400_001)
    browser = await site.signInAs(olive)
    await browser.get(second).expect(404)
    await site.services.peopleImports.forgetOld()
    expect(await site.services.models.peopleUploads.countDocuments({})).to.equal(0)
  })
})
