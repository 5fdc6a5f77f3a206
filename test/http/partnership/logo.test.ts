import { expect } from 'chai'
import { load } from 'cheerio'
import sharp from 'sharp'
import { aPerson } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, problemsOn } from '../../support/pageForm.ts'
import { aHugePicture, aPicture } from '../../support/pictures.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const clock = new MovableClock()
const formPath = '/admin/settings/logo'
const dayMs = 86_400_000

describe('the logo of the partnership', () => {
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
    await site.services.models.settings.create({ _id: 'partnership', name: 'Mersey & Dee' })
    clock.move(3_000)
  })
  after(() => site.close())

  const page = async (by = browser) => (await by.get('/admin/settings').expect(200)).text
  const opened = async (by = browser) => String(formOn(await page(by), formPath).revision)
  const send = (bytes: Buffer, revision: string, by = browser) =>
    by.post(formPath).field('revision', revision).attach('logoFile', bytes, 'logo.png')
  const upload = async (bytes: Buffer) => send(bytes, await opened())
  const inHeader = (html: string) => load(html)('header img').attr()
  const headerOf = async (path = '/sign-in', by: Browser = site.visitor()) => inHeader((await by.get(path)).text)
  const kept = async () => (await site.services.settings.find('logo')).logo
  const files = async () => {
    const found = await site.services.storage.connection.db!.collection('files.files').find({ 'metadata.purpose': 'logo' }).toArray()
    return found.map(({ _id }) => String(_id))
  }

  it('stands on every page with the name as alternative text, also where there is no page', async () => {
    expect(await headerOf()).to.equal(undefined)
    await upload(await aPicture({ width: 800, height: 200 })).then(({ status }) => expect(status).to.equal(303))
    for (const path of ['/sign-in', '/privacy', '/there-is-no-such-page'])
      expect(await headerOf(path), path).to.include({ alt: 'Mersey & Dee', width: '176', height: '44' })
    expect(await headerOf('/', browser)).to.include({ alt: 'Mersey & Dee' })
    expect(load(await page())('header').text()).to.not.include('Mersey')
    expect(await page()).to.match(/Changed by Priya Nair/)
  })

  it('is written anew, without what the file said, and kept by browsers for as long as it is this one', async () => {
    const sent = await aPicture({ width: 800, height: 200 })
    expect(sent.includes('Zanzibar Quartz'), 'what must not be kept is in what was sent').to.equal(true)
    await upload(sent)
    const address = String((await headerOf())?.src)
    expect(address).to.match(/^\/logo\/[0-9a-f]{16}$/)
    const { body, headers } = await site.visitor().get(address).expect(200).expect('Content-Type', 'image/webp')
    expect(headers['cache-control']).to.equal('public, max-age=31536000, immutable')
    expect(headers).to.not.have.property('set-cookie')
    const { width, height, exif } = await sharp(body).metadata()
    expect([width, height, exif]).to.deep.equal([352, 88, undefined])
    expect(body.includes('Zanzibar')).to.equal(false)
  })

  it('with nothing behind it is seen on white, and a small one stays small', async () => {
    const ink = { create: { width: 20, height: 10, channels: 4 as const, background: { r: 0, g: 0, b: 0, alpha: 1 } } }
    const clear = { create: { width: 40, height: 20, channels: 4 as const, background: { r: 0, g: 0, b: 0, alpha: 0 } } }
    await upload(
      await sharp(clear)
        .composite([{ input: ink }])
        .png()
        .toBuffer(),
    )
    const header = await headerOf()
    expect(header).to.include({ width: '40', height: '20' })
    const { body } = await site.visitor().get(String(header?.src)).expect(200)
    const { data, info } = await sharp(body).raw().toBuffer({ resolveWithObject: true })
    expect([...data.subarray(0, 3)]).to.deep.equal([255, 255, 255])
    expect(data[(10 * info.width + 20) * info.channels]).to.equal(0)
  })

  it('has another address when it is another one; the one before is gone, and swept', async () => {
    await upload(await aPicture({ format: 'png' }))
    const first = String((await headerOf())?.src)
    await upload(await aPicture({ format: 'webp', background: { r: 20, g: 60, b: 200 } }))
    const second = String((await headerOf())?.src)
    expect(second).to.not.equal(first)
    const gone = await site.visitor().get(first).expect(404)
    expect(gone.headers['cache-control'] ?? '').to.not.include('public')
    clock.move(2 * dayMs)
    await site.services.fileSweep.sweep()
    expect(await files()).to.deep.equal([(await kept())?.fileId])
    await site.visitor().get(second).expect(200)
  })

  it('is removed, and the name stands there again', async () => {
    await upload(await aPicture())
    const address = String((await headerOf())?.src)
    await browser
      .post(`${formPath}/delete`)
      .type('form')
      .send({ revision: await opened() })
      .expect(303)
    expect(await headerOf()).to.equal(undefined)
    expect(load(await page())('header').text()).to.include('Mersey & Dee')
    await site.visitor().get(address).expect(404)
    await browser.post(`${formPath}/delete`).type('form').send({ revision: 0 }).expect(303)
  })

  it('sent twice is kept once', async () => {
    const [bytes, revision] = [await aPicture(), await opened()]
    const before = (await files()).length
    const answers = await Promise.all([send(bytes, revision), send(bytes, revision)])
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303])
    expect((await files()).length - before).to.equal(1)
  })

  it('of two administrators at once is that of the first; the second hears of it and chooses again', async () => {
    const revision = await opened(other)
    await upload(await aPicture())
    const first = await kept()
    const late = await send(await aPicture({ background: { r: 20, g: 60, b: 200 } }), revision, other)
    expect(late.status).to.equal(409)
    expect(load(late.text)('.govuk-error-summary').text()).to.include('Somebody else changed the logo')
    expect(await kept()).to.deep.equal(first)
    const again = formOn(late.text, formPath).revision as string
    await send(await aPicture({ background: { r: 20, g: 60, b: 200 } }), again, other).expect(303)
    await other.post(`${formPath}/delete`).type('form').send({ revision: again }).expect(409)
  })

  it('is for administrators of the partnership alone', async () => {
    const somebody = await site.signInAs(await aPerson(site, { roles: ['member', 'organisation administrator'] }))
    await send(await aPicture(), '0', somebody).expect(403)
    await somebody.post(`${formPath}/delete`).type('form').send({ revision: 0 }).expect(403)
    expect(await kept()).to.equal(undefined)
  })

  describe('is refused beside the field, and nothing is kept, when it is', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script><rect width="9" height="9"/></svg>'
    const white = { r: 255, g: 255, b: 255 }
    const cases: [string, () => Promise<Buffer> | Buffer, RegExp][] = [
      ['an empty file', () => Buffer.alloc(0), /^The file is empty/],
      ['an SVG', () => Buffer.from(svg), /^This is no picture in/],
      ['a text', () => Buffer.from('hello'), /^This is no picture in/],
      ['half of a PNG', async () => (await aPicture({ format: 'png' })).subarray(0, -60), /^This picture is damaged/],
      ['20,000 px wide', () => aHugePicture(20_000, 300), /^This picture is too large/],
      ['larger than 1 MB', () => Buffer.alloc(1024 * 1024 + 1, 'a'), /^This file is larger than 1 MB/],
      ['white on white', () => aPicture({ format: 'png', background: white }), /^Nothing of this picture is seen on white/],
    ]
    for (const [what, bytes, problem] of cases)
      it(what, async () => {
        const before = await files()
        const answer = await upload(await bytes())
        expect(answer.status).to.equal(422)
        expect(problemsOn(answer.text).logoFile).to.match(problem)
        expect([await kept(), await files()]).to.deep.equal([undefined, before])
      })

    it('not there at all', async () => {
      const answer = await browser.post(formPath).field('revision', '0')
      expect(problemsOn(answer.text).logoFile).to.equal('Choose a file')
    })
  })
})
