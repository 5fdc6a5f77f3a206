import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setImmediate as soon } from 'node:timers/promises'
import { expect } from 'chai'
import { load } from 'cheerio'
import sharp from 'sharp'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import { mostOfAnArticle } from '../../../server/knowledge/attachments/attachments.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { IndexedWrite } from '../../../server/storage/indexedWrite.ts'
import { aBomb, aCompoundFile, anOpenDocument, aPdf, aPresentation, aWordDocument, aWorkbook, aZip } from '../../support/attachables.ts'
import { anArticle, anOrganisation, aPerson, asReader } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { problemsOn } from '../../support/pageForm.ts'
import { aHugePicture, aPicture } from '../../support/pictures.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const clock = new MovableClock()
const text = Buffer.from('Rack,Room\nA1,Cellar\n')
const bytesOf = (hex: string) => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(600)])

describe('attachments of an article', () => {
  let site: TestSite
  let own: Organisation
  let ada: Person & { email: string }
  let browser: Browser
  let reader: Browser
  let article: Article

  before(async () => {
    site = await startTestSite({ clock, environment: { ATTACHMENT_MAX_MB: '1' } })
    own = await anOrganisation(site)
    ada = await aPerson(site, { name: 'Ada Lovelace', organisation: own })
    browser = await site.signInAs(ada)
    reader = await site.signInAs(await aPerson(site))
  })
  after(() => site.close())
  beforeEach(async () => {
    article = await anArticle(site, ada)
  })

  const page = (of = article) => `/knowledge/${of.slug}/attachments`
  const send = (bytes: Uint8Array, name: string, by = browser, to = page()) => by.post(to).attach('attachment', Buffer.from(bytes), name)
  const kept = () => site.services.attachments.of(article)
  const files = () => site.services.storage.connection.db!.collection('files.files')
  const chunks = () => site.services.storage.connection.db!.collection('files.chunks')
  const filesOfArticle = () => files().countDocuments({ 'metadata.subject': article._id })
  const attached = async (bytes: Uint8Array = text, name = 'racks.csv') => {
    await send(bytes, name).expect(303)
    const all = await kept()
    return { ...all.at(-1)!, href: `${page()}/${all.at(-1)?._id}` }
  }

  it('are shown with type and size, and come back byte for byte, for saving only', async () => {
    const { href } = await attached()
    const $ = load((await reader.get(`/knowledge/${article.slug}`).expect(200)).text)
    expect($(`a[href="${href}"]`).text()).to.equal('racks.csv')
    expect($('.attachment .row__facts').text().replace(/\s+/g, ' ').trim()).to.equal('CSV table, 20 bytes')
    expect($.text()).to.not.include('Add or remove')
    const { headers, text: body } = await reader
      .get(href)
      .expect(200)
      .expect('Content-Type', /^text\/csv/)
    expect(body).to.equal(text.toString())
    expect(headers).to.include({ 'x-content-type-options': 'nosniff', 'content-disposition': 'attachment; filename=racks.csv' })
    expect(headers['content-security-policy']).to.equal("default-src 'none'; sandbox")
    expect(headers['cache-control']).to.match(/^private, /)
    const own = (await browser.get(`/knowledge/${article.slug}`)).text
    expect(own).to.include('Add or remove')
    expect((await browser.get(page()).expect(200)).text).to.include('by Ada Lovelace')
  })

  for (const [kind, name, bytes] of [
    ['pdf', 'plan.pdf', aPdf(['One'])],
    ['docx', 'plan.docx', aWordDocument(['One'])],
    ['docm', 'plan.docm', aWordDocument(['One'], { 'word/vbaProject.bin': Buffer.from('macro') })],
    ['pptx', 'plan.pptx', aPresentation(['One'])],
    ['xlsx', 'plan.xlsx', aWorkbook('Prices', ['One'])],
    ['odt', 'plan.odt', anOpenDocument('text', ['One'])],
    ['ods', 'plan.ods', anOpenDocument('spreadsheet', ['One'])],
    ['odp', 'plan.odp', anOpenDocument('presentation', ['One'])],
    ['doc', 'plan.doc', aCompoundFile('WordDocument')],
    ['xls', 'plan.xls', aCompoundFile('Workbook')],
    ['ppt', 'plan.ppt', aCompoundFile('PowerPoint Document')],
    ['locked', 'plan.docx', aCompoundFile('EncryptedPackage')],
    ['text', 'plan.md', Buffer.from('# One')],
    ['text', 'windows.txt', Buffer.from('Caf\xe9', 'latin1')],
    ['text', 'wide.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('One', 'utf16le')])],
  ] as const)
    it(`may be ${kind}: ${name}`, async () => {
      const { kind: known, name: shown } = await attached(bytes, name)
      expect([known, shown]).to.deep.equal([kind, name])
    })

  const strange: Record<string, string> = {
    '../../etc/passwd': 'passwd.pdf',
    '..\\..\\windows\\system.ini': 'system.ini.pdf',
    'plan.pdf.exe': 'plan.pdf.exe.pdf',
    'a\u202efdp.exe': 'afdp.exe.pdf',
    '.htaccess': 'htaccess.pdf',
    '...': 'attachment.pdf',
    [`${'long '.repeat(100)}.PDF`]: `${'long '.repeat(24).trim()}.pdf`,
    'plan<script>.pdf': 'plan_script_.pdf',
    'Zürich – Äußeres.pdf': 'Zürich – Äußeres.pdf',
    '\ue000mark\ue001.pdf': 'mark.pdf',
  }
  for (const [sent, shown] of Object.entries(strange))
    it(`are called ${shown} when they were sent as ${JSON.stringify(sent.slice(0, 40))}`, async () => {
      const { name, href } = await attached(aPdf(['One']), sent)
      expect(name).to.equal(shown)
      await reader.get(href).expect(200).expect('Content-Type', 'application/pdf')
    })

  it('have no NUL in their names, however they are sent', async () => {
    const head = Buffer.from(
      '--x\r\nContent-Disposition: form-data; name="attachment"; filename="a\0b.pdf"\r\nContent-Type: text/html\r\n\r\n',
    )
    const body = Buffer.concat([head, aPdf(['One']), Buffer.from('\r\n--x--\r\n')])
    const { status } = await browser.post(page()).set('Content-Type', 'multipart/form-data; boundary=x').send(body)
    expect(status).to.be.oneOf([303, 400, 422])
    for (const { name } of await kept()) expect(name).to.not.include('\0')
  })

  const hostile: readonly (readonly [name: string, bytes: () => Uint8Array, said: string])[] = [
    ['empty.pdf', () => Buffer.alloc(0), 'is empty'],
    ['setup.pdf', () => bytesOf('4d5a90000300'), 'a program for Windows'],
    ['tool.pdf', () => bytesOf('7f454c460201'), 'a program for Linux'],
    ['tool.docx', () => bytesOf('cffaedfe0700'), 'a program for macOS'],
    ['Applet.txt', () => bytesOf('cafebabe00'), 'a program'],
    ['link.txt', () => bytesOf('4c00000001140200'), 'a shortcut of Windows'],
    ['files.docx', () => aZip({ 'a.txt': 'a' }), 'a zip archive'],
    ['files.pdf', () => aZip({ 'setup.exe': 'MZ' }), 'a zip archive'],
    ['files.jar', () => aZip({ 'META-INF/MANIFEST.MF': 'a' }), 'a zip archive'],
    ['broken.docx', () => aWordDocument(['One']).subarray(0, 200), 'a damaged archive'],
    ['bomb.docx', () => aBomb(40), 'unpacks to far more'],
    ['bomb.zip', () => aZip({ 'zeros.bin': new Uint8Array(40 * 1024 * 1024) }), 'unpacks to far more'],
    ['drawing.odg', () => anOpenDocument('graphics', ['One']), 'an OpenDocument file other than'],
    ['files.rar', () => bytesOf('526172211a0700'), 'a RAR archive'],
    ['files.7z', () => bytesOf('377abcaf271c'), 'a 7-Zip archive'],
    ['files.tgz', () => bytesOf('1f8b0800'), 'a gzip archive'],
    ['files.xz', () => bytesOf('fd377a585a00'), 'an xz archive'],
    ['installer.msi', () => aCompoundFile('Installer'), 'a file of an old program'],
    ['page.html', () => Buffer.from('<!doctype html><script>alert(1)</script>'), 'a web page'],
    ['page.txt', () => Buffer.from('\n <HTML><body onload=alert(1)>'), 'a web page'],
    ['page.csv', () => Buffer.from('<script>alert(1)</script>'), 'a web page'],
    ['picture.svg', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'an SVG picture'],
    ['picture.png', () => Buffer.from('<?xml version="1.0"?><!-- a --><svg onload="alert(1)"/>'), 'an SVG picture'],
    ['page.pdf', () => Buffer.from('<iframe src="javascript:alert(1)">'), 'a web page'],
    ['letter.rtf', () => Buffer.from('{\\rtf1 One}'), 'a Rich Text'],
    ['letter.ps', () => Buffer.from('%!PS-Adobe-3.0'), 'a PostScript'],
    ['scan.tiff', () => bytesOf('49492a0008'), 'a TIFF picture'],
    ['scan.bmp', () => bytesOf('424d0000ff'), 'a BMP picture'],
    ['film.pdf', () => bytesOf('000000206674797069736f6d'), 'a video'],
    ['song.txt', () => bytesOf('49443303000000'), 'a sound'],
    ['noise.txt', () => bytesOf('0102030405'), 'not known here'],
    ['nul.csv', () => Buffer.from('a,b\0c'), 'not known here'],
    ['broken.png', () => bytesOf('89504e470d0a1a0a'), '“broken.png”'],
    ['broken.jpg', () => bytesOf('ffd8ffe000'), '“broken.jpg”'],
    ['huge.png', () => aHugePicture(9_000, 9_000), 'too large'],
    ['large.txt', () => Buffer.alloc(1024 * 1024 + 1, 'a'), 'is larger than 1 MB'],
  ]
  for (const [name, bytes, said] of hostile)
    it(`are not ${name}, which is named and leaves nothing behind: ${said}`, async () => {
      const answer = await send(bytes(), name).expect(422)
      expect(problemsOn(answer.text).attachment).to.include(said).and.include(`“${name}”`)
      expect([await kept(), await filesOfArticle()]).to.deep.equal([[], 0])
      expect(await chunks().countDocuments({ files_id: { $nin: (await files().find().toArray()).map(({ _id }) => _id) } })).to.equal(0)
    })

  /** What is one thing to us, and another to whoever would run it: taken, since it is that one thing, and never shown as the other. */
  const twofold: readonly (readonly [name: string, bytes: () => Promise<Buffer> | Buffer])[] = [
    ['page.html', () => Buffer.concat([aPdf(['One']), Buffer.from('<script>alert(1)</script>')])],
    ['page.pdf', () => Buffer.concat([Buffer.from('<script>alert(1)</script>'), aPdf(['One'])])],
    ['script.js', () => Buffer.from('alert(1)')],
    ['style.css', () => Buffer.from('@import "https://evil.example/x.css"')],
    ['sheet.xml', () => Buffer.from('<?xml version="1.0"?><?xml-stylesheet href="javascript:alert(1)"?><a/>')],
    ['entities.xml', () => Buffer.from('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')],
    ['formula.csv', () => Buffer.from('=HYPERLINK("https://evil.example","Pay")\n')],
    ['shell.sh', () => Buffer.from('#!/bin/sh\nrm -rf /\n')],
    ['run.bat', () => Buffer.from('@echo off\r\nformat c:\r\n')],
    ['page.hta', async () => Buffer.concat([await aPicture({ format: 'gif' }), Buffer.from('<script>alert(1)</script>')])],
    ['page.svg', async () => Buffer.concat([await aPicture({ format: 'png' }), Buffer.from('<svg onload="alert(1)"/>')])],
    ['page.jpg.html', async () => Buffer.concat([await aPicture(), Buffer.from('<script>alert(1)</script>')])],
    ['slip.docx', () => aWordDocument(['One'], { '../../../../tmp/slipped.txt': Buffer.from('slipped') })],
    ['macros.docx', () => aWordDocument(['One'], { 'word/vbaProject.bin': Buffer.from('macro') })],
    ['linked.docx', () => aWordDocument(['One'], { 'word/_rels/a.rels': Buffer.from('<a Target="https://evil.example"/>') })],
  ]
  const shownForSaving = /^(application\/(pdf|vnd\.[\w.-]+)|text\/(plain|csv)|image\/(jpeg|png|webp|gif))(; charset=utf-8)?$/
  for (const [name, bytes] of twofold)
    it(`that are something else too (${name}) are for saving only, under the name of what they are`, async () => {
      const sent = await bytes()
      const { name: shown, href } = await attached(sent, name)
      const { headers, body } = await reader.get(href).buffer().expect(200)
      expect(headers['content-type']).to.match(shownForSaving)
      expect(headers).to.include({ 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox" })
      expect(headers['content-disposition']).to.match(/^attachment; filename=/)
      expect(shown).to.match(/\.(pdf|docx|docm|txt|csv|xml|jpg|png|webp|gif)$/)
      if (headers['content-type']?.startsWith('image/')) {
        expect(sent.includes('alert(1)'), 'what must not be kept is in what was sent').to.equal(true)
        expect((body as Buffer).includes('alert(1)')).to.equal(false)
      }
    })

  it('are one file, in its field', async () => {
    expect(problemsOn((await browser.post(page()).type('form').send({}).expect(422)).text).attachment).to.equal('Choose a file')
    const two = await send(text, 'a.csv').attach('attachment', text, 'b.csv').expect(422)
    expect(problemsOn(two.text).attachment).to.include('Choose one file')
    expect(await filesOfArticle()).to.equal(0)
  })

  it('that are pictures are written anew without what their files say, with a thumbnail', async () => {
    const sent = await aPicture({ width: 900, height: 400 })
    expect(sent.includes('Zanzibar Quartz'), 'what must not be kept is in what was sent').to.equal(true)
    const { href, thumbnail } = await attached(sent, 'rack.png')
    expect((await kept())[0]).to.include({ name: 'rack.png.jpg', kind: 'jpeg' })
    for (const [address, side] of [
      [href, 900],
      [`${href}/thumbnail`, 240],
    ] as const) {
      const { body } = await reader.get(address).buffer().expect(200)
      const { width, height, exif, orientation } = await sharp(body).metadata()
      expect({ longest: Math.max(width, height), exif, orientation }).to.deep.equal({
        longest: side,
        exif: undefined,
        orientation: undefined,
      })
      expect(body.includes('Zanzibar')).to.equal(false)
    }
    const image = load((await reader.get(`/knowledge/${article.slug}`)).text)('.attachment img')
    expect(image.attr()).to.include({ src: `${href}/thumbnail`, alt: '', width: String(thumbnail?.width) })
    expect(await filesOfArticle()).to.equal(2)
  })

  it('that are pictures are shown by the text of their article, its preview and its collection, to whoever reads it', async () => {
    const { href } = await attached(await aPicture({ width: 900, height: 400 }), 'rack.jpg')
    const words = '![The rack](rack.jpg) ![Another](other.jpg)'
    const write = new IndexedWrite<Article>(site.services.models.articles, 'title', site.services.clock)
    await write.update({ _id: article._id }, { $set: { text: words } })
    const collection = await site.services.collections.create(asReader(ada), {
      ...{ title: 'Racks', summary: '', articleIds: [article._id], owner: { personId: ada._id } },
      ...{ visibility: 'partnership', chosenOrganisationIds: [], revision: 0 },
    })
    const preview = async (address: string) =>
      (await browser.post(address).type('form').send({ text: words }).expect(200)).body.html as string
    const shown = `<img src="${href}" alt="The rack" width="`
    for (const page of [`/knowledge/${article.slug}`, `/knowledge/collections/${collection.slug}/whole`]) {
      const html = (await reader.get(page).expect(200)).text
      expect(html, page).to.include(shown).and.include('Another <span class="muted">(picture not available)')
    }
    expect(await preview(`/knowledge/new/preview?article=${article.slug}`)).to.include(shown)
    expect(await preview('/knowledge/new/preview')).to.not.include('<img')
    const hidden = await anArticle(site, ada, { state: 'draft' })
    await reader.post(`/knowledge/new/preview?article=${hidden.slug}`).type('form').send({ text: words }).expect(404)
  })

  it('are added and removed by those who may change the article, and seen by those who may read it', async () => {
    const { href } = await attached()
    expect((await send(text, 'theirs.csv', reader)).status).to.equal(403)
    await reader.get(page()).expect(403)
    await reader.post(`${href}/delete`).expect(403)
    const hidden = await anArticle(site, ada, { state: 'draft' })
    await send(text, 'draft.csv', browser, page(hidden)).expect(303)
    const [draft] = await site.services.attachments.of(hidden)
    for (const path of ['', '/thumbnail']) await reader.get(`${page(hidden)}/${draft?._id}${path}`).expect(404)
    await reader.get(`${page()}/${draft?._id}`).expect(404)
    await browser.get(`${page()}/${draft?._id}`).expect(404)
    expect((await send(text, 'theirs.csv', reader, page(hidden))).status).to.equal(404)
    expect(await kept()).to.have.length(1)
    await browser.post(`${href}/delete`).expect(303)
    await reader.get(href).expect(404)
    expect((await browser.post(`${href}/delete`).expect(404)).text).to.include('somebody may have removed it')
    expect([await kept(), await filesOfArticle()]).to.deep.equal([[], 0])
  })

  it('of an article that several fill at once are as many as it may have', async () => {
    const others = Array.from({ length: mostOfAnArticle - 2 }, (_, n) => send(text, `${n}.csv`))
    for (const sending of others) await sending.expect(303)
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(name => send(text, `${name}.csv`)))
    const refused = answers.filter(({ status }) => status === 422)
    expect([await kept(), refused]).to.satisfy(([all, no]: [unknown[], unknown[]]) => all.length === mostOfAnArticle && no.length === 2)
    expect((await browser.get(page())).text).to.include(`at most ${mostOfAnArticle}`)
    expect(await filesOfArticle()).to.equal(mostOfAnArticle)
  })

  it('go with their article', async () => {
    await attached()
    await attached(await aPicture(), 'rack.jpg')
    await browser.post(`/knowledge/${article.slug}/delete`).expect(303)
    expect([await kept(), await filesOfArticle()]).to.deep.equal([[], 0])
  })

  it('leave nothing behind when the connection is lost', async () => {
    const server = createServer(site.app).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const cookies = browser.jar.getCookies({ domain: '127.0.0.1', path: '/', secure: false, script: false }).toValueString()
    const socket = connect(port, '127.0.0.1')
    const head = `POST ${page()} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nCookie: ${cookies}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 900000\r\nContent-Type: multipart/form-data; boundary=x\r\n\r\n`
    socket.write(`${head}--x\r\nContent-Disposition: form-data; name="attachment"; filename="plan.pdf"\r\n\r\n%PDF-${'a'.repeat(600_000)}`)
    const before = await chunks().countDocuments({})
    while ((await chunks().countDocuments({})) === before) await soon()
    socket.destroy()
    while ((await chunks().countDocuments({})) > before) await soon()
    expect([await kept(), await filesOfArticle()]).to.deep.equal([[], 0])
    server.close()
  })

  it('keep their files when others are swept', async () => {
    const { fileId } = await attached()
    const left = await site.services.files.keep(text, site.services.attachments.about(article))
    clock.move(86_400_000 + 2_000)
    await site.services.fileSweep.sweep()
    expect((await site.services.files.named([fileId, left])).map(({ _id }) => _id)).to.deep.equal([fileId])
  })
})
