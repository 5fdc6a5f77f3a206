import { expect } from 'chai'
import { importRows } from '../../../server/imports/importRun.ts'
import type { Revision } from '../../../server/knowledge/revisions/revisionModel.ts'
import { anOrganisation, aPerson, aSkill, aTeam } from '../../support/builders.ts'
import { importedArticle, importedPerson, importing } from '../../support/importing.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

describe('importing articles', () => {
  let site: TestSite
  before(async () => {
    site = await startTestSite()
  })
  after(() => site.close())

  it('publishes them to the partnership, with profiles for authors whom nobody knew', async () => {
    const row = {
      id: 1,
      title: 'Extraction of roots',
      text: 'By subtraction.',
      authors: ['Sugai, I.', 'Perlis,A.J.'],
      date: 'CACM December, 1958',
    }
    expect(await importing(site, 'articles', [row])).to.include({ added: 1, refused: 0 })
    const article = await importedArticle(site, '1')
    const author = await importedPerson(site, 'A. J. Perlis')
    expect(article).to.include({ title: 'Extraction of roots', state: 'published', visibility: 'partnership', rev: 1, revision: 1 })
    expect(article?.updatedAt.toISOString()).to.equal('1958-12-01T00:00:00.000Z')
    expect(article?.authorIds).to.include(author?._id)
    expect(article?.readers).to.include('partnership')
    expect(article?.revisionIds).to.have.length(1)
  })

  it('finds them on the site, by word and by author', async () => {
    await importing(site, 'articles', [{ id: 'found', title: 'Quorum witness disks', text: 'Clusters need one.', authors: ['Udo Pooch'] }])
    await site.services.indexer.settled()
    const browser = await site.signInAs(await aPerson(site))
    const page = await browser.get('/search').query({ q: 'quorum witness' }).expect(200)
    expect(page.text).to.contain('Quorum').and.contain('Udo Pooch')
  })

  it('changes nothing when repeated, not even the rev, and adds nobody twice', async () => {
    const rows = [
      { id: 'again-1', title: 'Twice', text: 'The same.', authors: ['Ada Twice'], date: '2020-05-01' },
      { id: 'again-2', title: '', text: '', authors: [] },
    ]
    await importing(site, 'articles', rows)
    expect(await importing(site, 'articles', rows)).to.include({ added: 0, changed: 0, unchanged: 2 })
    expect(await importedArticle(site, 'again-1')).to.include({ rev: 1, revision: 1 })
    expect(await importedArticle(site, 'again-2')).to.include({ title: 'Untitled', rev: 1 })
    const people = await site.services.models.people.countDocuments({ name: 'Ada Twice' }).asSystem('a test counts')
    expect(people).to.equal(1)
  })

  it('raises rev and revision when a row has changed, keeps the old text, and leaves what the row does not say', async () => {
    await importing(site, 'articles', [{ id: 'change', title: 'Before', text: 'Old text.', authors: ['Ann Change'], kind: 'architecture' }])
    const done = await importing(site, 'articles', [{ id: 'change', title: 'After', text: 'New text.' }])
    expect(done).to.include({ added: 0, changed: 1 })
    const article = await importedArticle(site, 'change')
    expect(article).to.include({ title: 'After', kind: 'architecture', rev: 2, revision: 2, slug: 'before' })
    expect(article?.authorIds).to.have.length(1)
    const revisions = await site.services.models.revisions
      .find({ articleId: String(article?._id) })
      .sort({ revision: 1 })
      .lean<Revision[]>()
    expect(revisions.map(({ text }) => text)).to.deep.equal(['Old text.', 'New text.'])
    expect(article?.revisionIds).to.deep.equal(revisions.map(({ _id }) => _id))
  })

  it('refuses a wrong row with line and reason, keeps nothing of it, and keeps the others', async () => {
    const done = await importing(site, 'articles', [
      { id: 'right', title: 'Right', authors: ['Ivo Right'] },
      { id: 'w1', title: 'No such place', authors: ['Nobody Kept'], organisation: 'Atlantis' },
      { id: 'w2', title: 'No such kind', kind: 'poem', authors: ['Nobody Kept'] },
      { id: 'w3', title: 'To nobody', visibility: 'chosen', authors: ['Nobody Kept'] },
      { id: 'w4', title: 'To no team', visibility: 'team', authors: ['Nobody Kept'] },
      { id: 'w5', title: 'Unknown skill', skills: ['Alchemy'], authors: ['Nobody Kept'] },
      { title: 'No id' },
      { id: 'w7', title: 'Extra', colour: 'red' },
    ])
    expect(done).to.include({ added: 1, refused: 7 })
    expect(done.refusals.map(({ line }) => line).sort()).to.deep.equal([2, 3, 4, 5, 6, 7, 8])
    const reasons = done.refusals.map(({ reason }) => reason).join('\n')
    for (const part of [
      '"Atlantis"',
      'kind must be one of',
      'chosen names no organisation',
      'owner is not a team',
      '"Alchemy"',
      'id is missing',
      '"colour"',
    ]) {
      expect(reasons).to.contain(part)
    }
    expect(await importedPerson(site, 'Nobody Kept')).to.equal(null)
    expect(await importedArticle(site, 'w1')).to.equal(null)
  })

  it('takes organisations, teams, skills and people by the id of their file or by name', async () => {
    const organisation = await anOrganisation(site, { name: 'Weaver Vale Council', sourceId: 'weaver' })
    const team = await aTeam(site, organisation, { name: 'Networks' })
    const skill = await aSkill(site, { name: 'Core switching', aliases: ['backbone switching'] })
    const author = await aPerson(site, { name: 'Cara Wren', organisation, sourceId: 'p7' })
    const row = {
      id: 'named',
      title: 'Core switches',
      authors: ['p7'],
      organisation: 'weaver',
      owner: 'networks',
      skills: ['Backbone Switching'],
      visibility: 'team',
    }
    expect((await importing(site, 'articles', [row])).refusals).to.deep.equal([])
    const article = await importedArticle(site, 'named')
    expect(article).to.deep.include({
      organisationId: organisation._id,
      owner: { teamId: team._id },
      skillIds: [skill._id],
      authorIds: [author._id],
    })
    expect(article?.readers).not.to.include('partnership')
  })

  it('does not guess between people of one name, but takes the one of the organisation', async () => {
    const here = await anOrganisation(site, { name: 'Hartford Council' })
    const kim = await aPerson(site, { name: 'Kim Double', organisation: here })
    await aPerson(site, { name: 'Kim Double' })
    const done = await importing(site, 'articles', [
      { id: 'which', title: 'Which Kim', authors: ['Kim Double'] },
      { id: 'this', title: 'This Kim', authors: ['Double, Kim'], organisation: 'Hartford Council' },
    ])
    expect(done.refusals).to.have.length(1)
    expect(done.refusals[0]?.reason).to.contain('2 people have the name')
    expect((await importedArticle(site, 'this'))?.authorIds).to.deep.equal([kim._id])
  })

  it('drops a date that cannot be read, and says how many', async () => {
    const done = await importing(site, 'articles', [{ id: 'undated', title: 'Undated', date: 'once upon a time' }])
    expect(done.added).to.equal(1)
    expect([...done.warnings.values()]).to.deep.equal([1])
  })

  it('lets the later of two rows with one id have the last word', async () => {
    const done = await importing(site, 'articles', [
      { id: 'same', title: 'First' },
      { id: 'same', title: 'Second' },
    ])
    expect(done).to.include({ added: 1, changed: 1 })
    expect(await importedArticle(site, 'same')).to.include({ title: 'Second', rev: 2 })
  })

  it('gives articles of one title addresses of their own, within a batch and over batches', async () => {
    await importing(site, 'articles', [
      { id: 't1', title: 'Same title' },
      { id: 't2', title: 'Same title' },
    ])
    await importing(site, 'articles', [{ id: 't3', title: 'Same title' }])
    const slugs = await Promise.all(['t1', 't2', 't3'].map(async id => (await importedArticle(site, id))?.slug))
    expect(new Set(slugs).size).to.equal(3)
  })

  it('keeps more rows than one batch has', async () => {
    const rows = Array.from({ length: 1_100 }, (_, position) => ({
      id: `many-${position}`,
      title: `Many ${position}`,
      authors: [`Writer ${position % 30}`],
    }))
    expect(await importing(site, 'articles', rows)).to.include({ added: 1_100, refused: 0 })
    expect(await importing(site, 'articles', rows)).to.include({ unchanged: 1_100 })
  })

  it('waits for fewer rows where they are long, so that memory does not grow with their texts', async () => {
    const keptAfter = async (text: string) => {
      const reads: number[] = []
      const rows = (async function* () {
        for (let line = 1; line <= 12; line++) yield { line, cells: { id: `long-${line}`, text, organisation: 'Nowhere' } }
      })()
      const table = { file: 'long.jsonl', columns: undefined, rows }
      await importRows(site.services, { type: 'articles', table, refuse: () => undefined, progress: ({ read }) => reads.push(read) })
      return reads
    }
    expect(await keptAfter('x'.repeat(999_000))).to.deep.equal([5, 10, 12])
    expect(await keptAfter('x')).to.deep.equal([12])
  })
})
