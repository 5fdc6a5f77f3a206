import { expect } from 'chai'
import { load } from 'cheerio'
import sharp from 'sharp'
import { FileSweep } from '../../../server/files/fileSweep.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anOrganisation, aPerson, aSkill } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { formOn, problemsOn } from '../../support/pageForm.ts'
import { aHugePicture, aPicture } from '../../support/pictures.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const clock = new MovableClock()
const blue = { r: 20, g: 60, b: 200 }

describe('the photo on a profile', () => {
  let site: TestSite
  let own: Organisation
  let ada: Person & { email: string }
  let browser: Browser

  before(async () => {
    site = await startTestSite({ clock })
    own = await anOrganisation(site)
  })
  after(() => site.close())
  beforeEach(async () => {
    ada = await aPerson(site, { name: 'Ada Lovelace', organisation: own })
    browser = await site.signInAs(ada)
  })

  const photoPath = () => `/people/${ada.slug}/photo`
  const formPath = () => `/people/${ada.slug}/edit/photo`
  const opened = async (by = browser) => String(formOn((await by.get(formPath()).expect(200)).text, formPath()).opened)
  const send = (bytes: Buffer, { opened, name = 'me.jpg', by = browser }: { opened: string; name?: string; by?: Browser }) =>
    by.post(formPath()).field('opened', opened).attach('photo', bytes, name)
  const upload = async (bytes: Buffer, name?: string) => send(bytes, { opened: await opened(), ...(name ? { name } : {}) })
  const kept = async () => (await site.services.people.byId(ada._id))?.photo
  const files = () => site.services.storage.connection.db!.collection('files.files')
  const chunks = () => site.services.storage.connection.db!.collection<{ files_id: string }>('files.chunks')
  const filesOfAda = async () => (await files().find({ 'metadata.subject': ada._id }).toArray()).map(({ _id }) => String(_id))
  const imagesOn = (html: string) =>
    load(html)('main img')
      .toArray()
      .map(({ attribs }) => attribs.src)

  it('is written anew: a square of a fixed size, upright, without anything that the file said', async () => {
    const sent = await aPicture({ width: 900, height: 400 })
    expect(sent.includes('Zanzibar Quartz'), 'what must not be kept is in what was sent').to.equal(true)
    const answer = await upload(sent)
    expect([answer.status, answer.headers.location]).to.deep.equal([303, `/people/${ada.slug}`])
    const page = (await browser.get(`/people/${ada.slug}`).expect(200)).text
    expect(page).to.include('The photo is saved.').and.include('Change the photo')
    expect(load(page)('.site-header__person img').attr('src')).to.match(/[?]size=small&v=/)
    for (const [address, side] of [
      [imagesOn(page)[0] as string, 320],
      [`${photoPath()}?size=small`, 96],
    ] as const) {
      const { body, headers } = await browser.get(address).expect(200).expect('Content-Type', 'image/webp')
      const { format, width, height, exif, icc, xmp, iptc, orientation } = await sharp(body).metadata()
      expect({ format, width, height, exif, icc, xmp, iptc, orientation }).to.deep.equal({
        ...{ format: 'webp', width: side, height: side },
        ...{ exif: undefined, icc: undefined, xmp: undefined, iptc: undefined, orientation: undefined },
      })
      expect(body.includes('Zanzibar')).to.equal(false)
      expect(headers).to.include({ 'x-content-type-options': 'nosniff', 'content-length': String(body.length) })
      expect(headers['cache-control']).to.match(/^private, max-age=\d{1,3}$/)
      expect(headers.vary).to.include('Cookie')
    }
  })

  it('stands decorative beside the name in every list, with its size, and initials for those without', async () => {
    const skill = await aSkill(site)
    await site.services.declaredSkills.declare({ ...ada, id: ada._id, tokens: ['partnership'] }, ada.slug, [skill._id], {
      level: 'expert',
      willing: [],
    })
    await upload(await aPicture())
    await site.services.indexer.settled()
    const version = (await kept())?.version
    for (const list of ['/people', `/organisations/${own.slug}`, `/skills/${skill.slug}`, `/search?q=${ada.name}&type=person`]) {
      const $ = load((await browser.get(list).expect(200)).text)
      const row = $(`main li:has(a[href="/people/${ada.slug}"])`)
      expect(row.find('img').attr(), list).to.include({ alt: '', width: '40', height: '40', src: `${photoPath()}?size=small&v=${version}` })
    }
    await aPerson(site, { name: 'Bob Initial', organisation: own })
    expect((await browser.get(`/organisations/${own.slug}`)).text).to.include('>BI</span>')
  })

  for (const format of ['png', 'webp', 'gif'] as const)
    it(`may be ${format}, whatever the file calls itself`, async () => {
      await upload(await aPicture({ format }), 'page.html').then(({ status }) => expect(status).to.equal(303))
      const { body } = await browser.get(photoPath()).expect(200).expect('Content-Type', 'image/webp')
      expect((await sharp(body).metadata()).width).to.equal(320)
    })

  it('is not sent again to a browser that has it, and another one has another address', async () => {
    await upload(await aPicture())
    const first = await browser.get(photoPath()).expect(200)
    await browser.get(photoPath()).set('If-None-Match', String(first.headers.etag)).expect(304)
    await browser.head(photoPath()).expect(200).expect('Content-Type', 'image/webp')
    const address = imagesOn((await browser.get(`/people/${ada.slug}`)).text)
    await upload(await aPicture({ background: blue }))
    const second = await browser.get(photoPath()).set('If-None-Match', String(first.headers.etag)).expect(200)
    expect(second.body.equals(first.body)).to.equal(false)
    expect(imagesOn((await browser.get(`/people/${ada.slug}`)).text)).to.not.deep.equal(address)
  })

  it('takes the place of the one before, of which nothing is left; removed, nothing is left either', async () => {
    await upload(await aPicture())
    const first = await filesOfAda()
    await upload(await aPicture({ background: blue }))
    const photo = await kept()
    expect(await filesOfAda()).to.have.members([photo?.smallId, photo?.largeId])
    expect(await chunks().countDocuments({ files_id: { $in: first } })).to.equal(0)
    const remove = `${formPath()}/delete`
    const form = formOn((await browser.get(formPath())).text, remove)
    await browser.post(remove).type('form').send(form).expect(303)
    expect((await browser.get(`/people/${ada.slug}`)).text)
      .to.include('The photo is removed.')
      .and.include('>AL</span>')
      .and.include('Add a photo')
    expect([await kept(), await filesOfAda()]).to.deep.equal([undefined, []])
    await browser.get(photoPath()).expect(404)
    await browser.post(remove).type('form').send(form).expect(303)
  })

  describe('is seen by whoever sees the profile, and by nobody else', () => {
    it('not by visitors, and not after a suspension or when somebody left; administrators see it as long as they see the profile', async () => {
      await upload(await aPicture())
      const colleague = await site.signInAs(await aPerson(site, { organisation: own }))
      const administrator = await site.signInAs(await aPerson(site, { organisation: own, roles: ['member', 'organisation administrator'] }))
      const statuses = async () => [
        (await colleague.get(photoPath())).status,
        (await colleague.get(`${photoPath()}?size=small`)).status,
        (await administrator.get(photoPath())).status,
        (await site.visitor().get(photoPath())).status,
      ]
      expect(await statuses()).to.deep.equal([200, 200, 200, 302])
      const etag = String((await colleague.get(photoPath())).headers.etag)
      await site.services.people.suspend(ada)
      expect(await statuses()).to.deep.equal([404, 404, 200, 302])
      await colleague
        .get(photoPath())
        .set('If-None-Match', etag)
        .expect(404)
        .expect('Cache-Control', /no-store|no-cache/)
      await site.services.leavers.leave(ada)
      expect(await statuses()).to.deep.equal([404, 404, 404, 302])
    })

    it('one that there is none of, or of nobody, is missing in the same way', async () => {
      const none = await browser.get(photoPath()).expect(404)
      const nobody = await browser.get('/people/nobody/photo').expect(404)
      expect(load(none.text)('h1').text()).to.equal(load(nobody.text)('h1').text())
    })

    it('a file that is not whole any more is missing', async () => {
      await upload(await aPicture())
      const etag = String((await browser.get(photoPath()).expect(200)).headers.etag)
      await chunks().deleteMany({ files_id: (await kept())?.largeId as string })
      const missing = await browser.get(photoPath()).expect(404)
      expect(missing.headers.etag).to.not.equal(etag)
      await browser.get(`${photoPath()}?size=small`).expect(200)
    })
  })

  describe('is refused beside the field, and nothing is kept, when it is', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script><rect width="9" height="9"/></svg>'
    const noPicture = /^This is no picture in JPEG, PNG, WebP or GIF/
    const damaged = /^This picture is damaged/
    const cases: [string, () => Promise<Buffer> | Buffer, RegExp][] = [
      ['an empty file', () => Buffer.alloc(0), /^The file is empty/],
      ['a text', () => Buffer.from('hello'), noPicture],
      ['an SVG with a script inside', () => Buffer.from(svg), noPicture],
      ['an SVG behind a declaration', () => Buffer.from(`<?xml version="1.0"?><!DOCTYPE svg>${svg}`), noPicture],
      ['a PDF', () => Buffer.from('%PDF-1.7\n1 0 obj <</Type /Catalog>>'), noPicture],
      ['a page that begins like a GIF', () => Buffer.from('GIF89a/*<html><script>alert(1)</script>*/'), /^This (is no|picture is)/],
      ['a picture of another kind', () => aPicture({ format: 'tiff' }), noPicture],
      ['a picture of a phone that browsers do not show', () => aPicture({ format: 'avif' }), noPicture],
      ['a program', () => Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), noPicture],
      ['the beginning of a JPEG', async () => (await aPicture()).subarray(0, 700), damaged],
      ['the beginning of a PNG', async () => (await aPicture({ format: 'png' })).subarray(0, -60), damaged],
      ['a header and nothing else', () => aHugePicture(500, 500).subarray(0, 41), damaged],
      ['20,000 px wide', () => aHugePicture(20_000, 300), /^This picture is too large: 20,000 by 300 pixels/],
      ['20,000 px high', () => aHugePicture(300, 20_000), /^This picture is too large: 300 by 20,000 pixels/],
      ['of 64 million pixels', () => aHugePicture(8_000, 8_000), /^This picture is too large: 8,000 by 8,000 pixels/],
      ['larger than 5 MB', () => Buffer.alloc(5 * 1024 * 1024 + 1, 'a'), /^This file is larger than 5 MB/],
    ]
    for (const [what, bytes, problem] of cases)
      it(what, async () => {
        await upload(await aPicture({ background: blue }))
        const before = [await kept(), await filesOfAda()]
        const answer = await upload(await bytes())
        expect(answer.status).to.equal(422)
        expect(problemsOn(answer.text).photo).to.match(problem)
        expect([await kept(), await filesOfAda()]).to.deep.equal(before)
      })

    it('not there at all', async () => {
      const answer = await browser.post(formPath()).field('opened', await opened())
      expect(problemsOn(answer.text)).to.deep.equal({ photo: 'Choose a file' })
      expect(problemsOn((await browser.post(formPath()).type('form').send({}).expect(422)).text)).to.deep.equal({ photo: 'Choose a file' })
    })

    it('sent by somebody who may not change the profile', async () => {
      const stranger = await site.signInAs(await aPerson(site))
      await send(await aPicture(), { opened: await opened(), by: stranger }).expect(403)
      await stranger.get(formPath()).expect(403)
      expect([await kept(), await filesOfAda()]).to.deep.equal([undefined, []])
    })
  })

  it('of a picture that is something else as well keeps the picture alone', async () => {
    const hidden = '<script>alert("zanzibar")</script>PK\x03\x04'
    const polyglot = Buffer.concat([await aPicture({ format: 'png' }), Buffer.from(hidden)])
    await upload(polyglot, 'me.png.html').then(({ status }) => expect(status).to.equal(303))
    for (const size of ['small', 'large']) {
      const { body } = await browser.get(`${photoPath()}?size=${size}`).expect(200)
      expect(body.subarray(8, 12).toString()).to.equal('WEBP')
      expect(body.includes('zanzibar')).to.equal(false)
    }
  })

  describe('by two at once', () => {
    it('is kept once when the button is pressed twice', async () => {
      const [version, bytes] = [await opened(), await aPicture()]
      const answers = await Promise.all([1, 2, 3].map(() => send(bytes, { opened: version })))
      expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303])
      const photo = await kept()
      expect(await filesOfAda()).to.have.members([photo?.smallId, photo?.largeId])
      await browser.get(photoPath()).expect(200)
    })

    it('is the first one, and the second is told, until they looked', async () => {
      const administrator = await site.signInAs(await aPerson(site, { organisation: own, roles: ['member', 'organisation administrator'] }))
      const theirs = await opened(administrator)
      await upload(await aPicture())
      const first = await kept()
      const refused = await send(await aPicture({ background: blue }), { opened: theirs, by: administrator }).expect(409)
      expect(problemsOn(refused.text).form).to.include('Somebody else changed the photo')
      expect(await kept()).to.deep.equal(first)
      const remove = await administrator.post(`${formPath()}/delete`).type('form').send({ opened: theirs })
      expect([remove.status, await kept()]).to.deep.equal([409, first])
      const again = String(formOn(refused.text, formPath()).opened)
      await send(await aPicture({ background: blue }), { opened: again, by: administrator }).expect(303)
      expect(await filesOfAda()).to.have.length(2)
    })

    it('does not stand in the way of another part of the profile', async () => {
      const [version, bytes] = [await opened(), await aPicture()]
      const about = `/people/${ada.slug}/edit/about`
      const form = formOn((await browser.get(about)).text, about)
      const answers = await Promise.all([
        send(bytes, { opened: version }),
        browser
          .post(about)
          .type('form')
          .send({ ...form, about: 'Both' }),
      ])
      expect(answers.map(({ status }) => status)).to.deep.equal([303, 303])
      expect(await site.services.people.byId(ada._id)).to.have.property('photo')
    })
  })

  describe('leaves nothing behind for long:', () => {
    const about = () => ({ purpose: 'photo', subject: ada._id, type: 'image/webp' })
    const sweep = () => site.services.fileSweep.sweep()

    it('what no profile names goes after a day, what one names and what another version may name stays', async () => {
      await upload(await aPicture())
      const photo = await kept()
      const { files: store } = site.services
      const left = await store.keep(Buffer.from('left by a crash'), about())
      const unknown = await store.keep(Buffer.from('of a later version'), { ...about(), purpose: 'plans' })
      const half = await store.keep(Buffer.from('half an upload'), about())
      await files().deleteOne({ _id: half as never })
      expect(await sweep()).to.equal(0)
      clock.move(86_400_000 + 2_000)
      expect(await sweep()).to.be.at.least(2)
      expect(await store.named([left, unknown, photo?.smallId ?? '', photo?.largeId ?? ''])).to.have.length(3)
      expect(await chunks().countDocuments({ files_id: { $in: [left, half] } })).to.equal(0)
      expect(await chunks().countDocuments({ files_id: { $in: [unknown, photo?.largeId as string] } })).to.equal(2)
      expect(await sweep()).to.equal(0)
    })

    it('a sweep that asked nobody would have taken what is named too', async () => {
      await upload(await aPicture())
      const later = new MovableClock()
      later.move(3 * 86_400_000)
      const forgetful = new FileSweep(site.services.files, [{ purpose: 'photo', inUse: async () => [] }], later)
      await forgetful.sweep()
      expect(await filesOfAda()).to.deep.equal([])
      await browser.get(photoPath()).expect(404)
    })

    it('the job is there for administrators', () => {
      expect([...site.services.jobRunner.types.keys()]).to.include('sweep-files')
    })
  })
})
