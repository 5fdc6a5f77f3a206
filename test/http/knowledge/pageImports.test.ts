import { expect } from 'chai'
import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx'
import { strToU8, zipSync } from 'fflate'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Organisation } from '../../../server/organisations/organisationModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { anArticle, anOrganisation, aPerson, aTeam } from '../../support/builders.ts'
import { problemsOn } from '../../support/pageForm.ts'
import { aPicture } from '../../support/pictures.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

type Given = { source?: string; visibility?: string; state?: string; owner?: string }
const page = '/knowledge/import'
const zip = (files: Record<string, string | Uint8Array>) =>
  Buffer.from(
    zipSync(
      Object.fromEntries(Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content])),
    ),
  )

const wikiPage = (title: string, text: string, more = '<ns>0</ns>') =>
  `<page><title>${title}</title>${more}<revision><text>${text}</text></revision></page>`
const dump = (...pages: string[]) => `<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/">${pages.join('')}</mediawiki>`

describe('pages from a file', () => {
  let site: TestSite
  let own: Organisation
  let editor: Person & { email: string }
  let browser: Browser

  before(async () => {
    site = await startTestSite()
    own = await anOrganisation(site, { name: 'Cheshire', slug: 'cheshire' })
    const team = await aTeam(site, own, { slug: 'desk' })
    editor = await aPerson(site, { name: 'Edda Editor', organisation: own, teamIds: [team._id], roles: ['member', 'editor'] })
    browser = await site.signInAs(editor)
  })
  after(() => site.close())

  const send = (bytes: Buffer, name: string, given: Given = {}, by = browser) => {
    const form = { visibility: 'partnership', state: 'published', owner: 'me', source: '', ...given }
    return by.post(page).field(form).attach('file', bytes, name)
  }
  const workOff = () => site.services.jobRunner.workOff()
  const look = async (path: string) => (await browser.get(path).expect(200)).text.replace(/\s+/g, ' ')
  const counted = (text: string, what: string) => new RegExp(`${what}</dt>[^<]*<dd[^>]*>\\s*([\\d,]+)`).exec(text)?.[1]
  const article = async (slug: string) =>
    (await site.services.models.articles.findOne({ slug }).asSystem('a test looks').lean<Article>()) as Article

  async function imported(bytes: Buffer, name: string, given: Given = {}): Promise<{ preview: string; done: string }> {
    const path = String((await send(bytes, name, given).expect(303)).headers.location)
    await workOff()
    const preview = await look(path)
    if (!preview.includes('What this would add')) return { preview, done: '' }
    if (!/>\s*Import\s*<\/button>/.test(preview)) return { preview, done: '' }
    await browser.post(path).expect(303)
    await workOff()
    return { preview, done: await look(path) }
  }

  const filesKept = async () => {
    const { files } = site.services
    return (await files.named(await files.idsAfter('', new Date(Date.now() + 60_000), 1_000))).length
  }

  it('are shown before anything is kept, and come with their links and files; again, they change nothing', async () => {
    const files = {
      'guide/README.md':
        '# The guide\n\nSee [setting up](setup.md#second), ![the rack](pictures/rack.jpg) and [nothing](gone.md).\n\n```\n[not](setup.md)\n```\n',
      'guide/setup.md': '---\ntitle: Setting up servers\n---\n\nBack to [the guide](./README.md) or [out](https://example.org/setup.md).\n',
      'guide/pictures/rack.jpg': await aPicture(),
      'guide/notes.bin': new Uint8Array([0, 1, 2, 3]),
      'guide/empty.md': '',
    }
    const first = await imported(zip(files), 'guide.zip')
    expect(counted(first.preview, 'Articles that would be added')).to.equal('2')
    expect(first.preview).to.include('guide/empty.md: is empty').and.include('guide/README.md: gone.md')
    expect(counted(first.done, 'Articles that were added')).to.equal('2')
    expect(counted(first.done, 'Files that were attached')).to.equal('1')
    const guide = await article('the-guide')
    expect(guide.text).to.equal(
      'See [setting up](/knowledge/setting-up-servers#second), ![the rack](rack.jpg) and [nothing](gone.md).\n\n```\n[not](setup.md)\n```',
    )
    expect(guide).to.deep.include({ state: 'published', visibility: 'partnership', authorIds: [editor._id], organisationId: own._id })
    expect((await article('setting-up-servers')).text).to.equal(
      'Back to [the guide](/knowledge/the-guide) or [out](https://example.org/setup.md).',
    )
    expect(await look('/knowledge/the-guide')).to.match(/<img src="\/knowledge\/the-guide\/attachments\/[0-9a-f]{24}" alt="the rack"/)
    await browser.get('/knowledge/the-guide/attachments/rack.jpg').expect(200).expect('Content-Type', 'image/jpeg')
    const again = await imported(zip(files), 'guide.zip')
    expect(counted(again.preview, 'Articles that stay as they are')).to.equal('2')
    expect((await article('the-guide')).revision).to.equal(1)
    const changed = await imported(zip({ ...files, 'guide/setup.md': 'Other words.' }), 'guide.zip')
    expect(counted(changed.done, 'Articles that were changed')).to.equal('1')
    const elsewhere = await imported(zip({ 'guide/setup.md': 'Other words.' }), 'guide.zip', { source: 'another wiki' })
    expect(counted(elsewhere.done, 'Articles that were added')).to.equal('1')
  })

  it('come from MediaWiki with headings, lists, tables, links and redirects', async () => {
    const xml = dump(
      wikiPage(
        'Main Page',
        "== Start ==\nRead '''this''', then [[backup_plan|the plan]] or [[Old plan]].\n* one\n** two\n# three\n{{Box|x}}\n{| class=\"wikitable\"\n! Host !! Use\n|-\n| a || b\n|}\n[https://example.org out]",
      ),
      wikiPage('Backup plan', 'Every &lt;code&gt;night&lt;/code&gt;. [[Category:Plans]]'),
      wikiPage('Old plan', '#REDIRECT [[Backup plan]]', '<ns>0</ns><redirect title="Backup plan" />'),
      wikiPage('Talk:Main Page', 'Chatter', '<ns>1</ns>'),
    )
    const { done } = await imported(Buffer.from(xml), 'wiki.xml', { visibility: 'organisation' })
    expect(counted(done, 'Articles that were added')).to.equal('2')
    expect(counted(done, 'Files that are left out')).to.equal('1')
    expect((await article('main-page')).text).to.equal(
      '## Start\n\nRead **this**, then [the plan](/knowledge/backup-plan) or [Old plan](/knowledge/backup-plan).\n\n- one\n    - two\n1. three\n\n| Host | Use |\n| --- | --- |\n| a | b |\n\n[out](https://example.org)',
    )
    expect((await article('backup-plan')).text).to.equal('Every `night`.')
  })

  it('come from Word, with headings and pictures in words', async () => {
    const heading = new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun('Restoring mail')] })
    const body = new Paragraph({ children: [new TextRun('Ask '), new TextRun({ text: 'first', bold: true }), new TextRun('.')] })
    const word = await Packer.toBuffer(new Document({ sections: [{ children: [heading, body] }] }))
    const { done } = await imported(word, 'mail.docx', { state: 'draft' })
    expect(counted(done, 'Articles that were added')).to.equal('1')
    expect(await article('restoring-mail')).to.deep.include({ text: 'Ask **first**.', state: 'draft' })
  })

  it('come from an HTML export of Confluence, without what stands around them', async () => {
    const html = (title: string, main: string) =>
      `<html><head><title>DESK : ${title}</title></head><body><div id="breadcrumb">Up</div><span id="title-text"> DESK : ${title} </span><div id="main-content" class="wiki-content"><div><p>${main}</p></div></div><div id="footer">Foot</div></body></html>`
    const files = {
      'DESK/index.html': '<div class="pageSection"><a href="Printers_1.html">Printers</a></div>',
      'DESK/Printers_1.html': html('Printers', 'See <a href="Paper_2.html">paper</a>.<script>x()</script>'),
      'DESK/Paper_2.html': html('Paper', 'A <strong>ream</strong> <a href="attachments/1/list.txt">list</a>'),
      'DESK/attachments/1/list.txt': 'A4',
    }
    await imported(zip(files), 'space.zip')
    expect((await article('printers')).text).to.equal('See [paper](/knowledge/paper).')
    expect((await article('paper')).text).to.equal('A **ream** [list](/knowledge/paper/attachments/list.txt)')
  })

  it('that are hostile, damaged or nothing are refused by the name of what was sent, and nothing of them is kept', async () => {
    const before = await site.services.models.articles.countDocuments({}).asSystem('a test counts')
    const filesBefore = await filesKept()
    const bomb = zip({ 'a.md': new Uint8Array(60_000_000) })
    const refused: [Buffer, string, RegExp][] = [
      [zip({ '../../etc/passwd.md': 'x', 'b.md': '# B' }), 'up.zip', /“up.zip” has a file whose name leads out of the archive/],
      [zip({ 'a\u0000.md': 'x' }), 'nul.zip', /“nul.zip” has a file whose name leads out/],
      [bomb, 'bomb.zip', /“bomb.zip” would unpack to far more than it may/],
      [zip({ 'b.md': '# B\n\nText.' }).subarray(0, 60), 'half.zip', /“half.zip” is damaged/],
      [Buffer.from('no zip'), 'words.zip', /“words.zip” is no zip archive/],
      [zip({ 'run.exe': 'MZ' }), 'programs.zip', /There is no page in “programs.zip”/],
      [Buffer.from(''), 'empty.md', /“empty.md” is empty/],
      [Buffer.from([0, 1, 2]), 'binary.md', /“binary.md” is no text/],
      [Buffer.from('PK no'), 'odd.docx', /“odd.docx” is damaged, or no Word document/],
      [Buffer.from('<mediawiki><page>'), 'cut.xml', /“cut.xml” is no XML that can be read/],
    ]
    for (const [bytes, name, says] of refused) {
      const { preview } = await imported(bytes, name)
      expect(preview.replaceAll('&#34;', '"'), name).to.match(says).and.include('Nothing of it was kept')
    }
    expect(problemsOn((await send(Buffer.from('x'), 'x.exe').expect(422)).text).file).to.include('“x.exe” is none of these')
    expect(
      problemsOn((await browser.post(page).field({ visibility: 'organisation', state: 'draft', owner: 'me' }).expect(422)).text).file,
    ).to.equal('Choose a file')
    expect(await site.services.models.articles.countDocuments({}).asSystem('a test counts')).to.equal(before)
    expect(await filesKept(), 'files').to.equal(filesBefore)
  })

  it('are for editors and administrators, into their own organisation, and for whoever sent them', async () => {
    const member = await site.signInAs(await aPerson(site, { organisation: own }))
    await member.get(page).expect(403)
    await send(Buffer.from('# X'), 'x.md', {}, member).expect(403)
    const path = String((await send(Buffer.from('# X'), 'x.md').expect(303)).headers.location)
    const other = await site.signInAs(await aPerson(site, { organisation: own, roles: ['editor'] }))
    await other.get(path).expect(404)
    await other.post(path).expect(404)
    await workOff()
    await browser.post(`${path}/cancel`).expect(303)
    await browser.get(path).expect(404)
  })

  it('of another Skillpool take nobody’s place: what needs approval begins as a draft, and what is elsewhere stays there', async () => {
    const elsewhere = await aPerson(site)
    const theirs = await anArticle(site, elsewhere, { title: 'Theirs', slug: 'theirs', text: 'Kept.' })
    const own = (title: string, more: string) =>
      `---\ntitle: ${title}\nslug: ${title.toLowerCase()}\nrevision: 1\norganisation: elsewhere\nstate: published\nvisibility: partnership\n${more}\n---\n\nTaken.\n`
    const files = {
      'articles/theirs.md': own('Theirs', `id: ${theirs._id}\nauthors: [${elsewhere.name}]`),
      'articles/level.md': own('Level', 'id: level\nkind: service-level-agreement'),
    }
    const { done } = await imported(zip(files), 'other.zip')
    expect(counted(done, 'Articles that were added')).to.equal('2')
    expect(await article('theirs')).to.deep.include({ text: 'Kept.', organisationId: elsewhere.organisationId })
    const made = await site.services.models.articles.find({ text: 'Taken.' }).asSystem('a test looks').sort({ title: 1 }).lean<Article[]>()
    expect(made.map(({ title, state, organisationId }) => [title, state, organisationId === editor.organisationId])).to.deep.equal([
      ['Level', 'draft', true],
      ['Theirs', 'published', true],
    ])
  })
})
