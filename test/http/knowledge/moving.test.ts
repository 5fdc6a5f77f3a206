import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect } from 'chai'
import { unzipSync, zipSync } from 'fflate'
import { importExample } from '../../../scripts/support/examplePartnership.ts'
import { writeZip } from '../../../server/files/zipStream.ts'
import { projectRoot } from '../../../server/http/projectRoot.ts'
import { importRows } from '../../../server/imports/importRun.ts'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import { keepPages, type PageReport } from '../../../server/knowledge/imports/pages/pageImport.ts'
import { readPages } from '../../../server/knowledge/imports/pages/readPages.ts'
import { filesOfUpload } from '../../../server/knowledge/imports/pages/sentFiles.ts'
import { IndexedWrite } from '../../../server/storage/indexedWrite.ts'
import { openTable } from '../../../server/tables/openTable.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

type Archive = Record<string, Uint8Array>
const basis = ['organisations', 'teams', 'skills', 'people']

async function exported({ services }: TestSite): Promise<Archive> {
  const out = new PassThrough()
  const [bytes] = await Promise.all([buffer(out), writeZip(services.exports.files({}), out)])
  return unzipSync(bytes)
}

async function imported({ services }: TestSite, archive: Archive): Promise<PageReport> {
  const read = await readPages(filesOfUpload('all.zip', zipSync(archive)))
  return keepPages(services, { read, defaults: { source: 'all', visibility: 'partnership', state: 'published' } })
}

const articlesOf = ({ services }: TestSite) =>
  services.models.articles.find({}).asSystem('a test compares').sort({ slug: 1 }).lean<Article[]>()
const textOf = (archive: Archive) =>
  Object.fromEntries(Object.entries(archive).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]))
const linksOf = (text: string) => [...text.matchAll(/\]\(<?([^)>]+)>?\)/g)].map(([, target]) => target)

describe('the whole knowledge of the example, exported and imported into an empty site', () => {
  let first: TestSite
  let second: TestSite
  let archive: Archive
  let report: PageReport

  before(async function () {
    this.timeout(180_000)
    first = await startTestSite()
    await importExample(first.services, problem => expect.fail(problem))
    await saveAgain(first)
    second = await startTestSite()
    for (const type of basis) {
      const table = await openTable(`${projectRoot}/examples/partnership/${type}.jsonl`)
      await importRows(second.services, { type, table, refuse: ({ reason }) => expect.fail(reason) })
    }
    archive = await exported(first)
    report = await imported(second, archive)
  })
  after(async () => {
    await first.close()
    await second.close()
  })

  /** One with several revisions, one of which its readers could not read, and with a link to another. */
  async function saveAgain({ services }: TestSite) {
    const [article] = await services.articles.bySourceIds(['power-failure'])
    const { _id: personId } = (await services.models.people.findOne({ sourceId: 'joanna-whitlock' }).asSystem('a test writes')) as {
      _id: string
    }
    const revisions = await Promise.all(
      [2, 3].map(revision =>
        services.revisions.keep({
          articleId: article?._id as string,
          revision,
          title: article?.title as string,
          text: `${article?.text}\n\nSee [hosts](/knowledge/host-upgrades), revision ${revision}.`,
          kind: article?.kind as string,
          fields: article?.fields ?? [],
          summary: `Change ${revision}`,
          readers: revision === 2 ? [`person:${personId}`] : (article?.readers ?? []),
          savedAt: new Date(`2026-01-0${revision}T10:00:00Z`),
          savedById: personId,
        }),
      ),
    )
    await new IndexedWrite<Article>(services.models.articles, 'title', services.clock).update({ _id: article?._id as string }, {
      $set: { revision: 3, text: revisions[1]?.text as string },
      $push: { revisionIds: { $each: revisions.map(({ _id }) => _id) } },
    } as never)
  }

  it('is taken without a refusal', async () => {
    const there = (await articlesOf(first)).length
    expect(report.pages.filter(({ outcome }) => outcome !== 'added')).to.deep.equal([])
    expect(report.tally).to.include({ added: there, refused: 0 })
    expect(report).to.deep.include({ leftOut: [], notAttached: [], broken: [], attached: 2, collections: 3 })
  })

  it('is the same again, byte for byte', async () => {
    const again = textOf(await exported(second))
    const before = textOf(archive)
    expect(Object.keys(again).sort()).to.deep.equal(Object.keys(before).sort())
    expect(Object.keys(before).filter(name => before[name] !== again[name])).to.deep.equal([])
    expect(Object.keys(before).length).to.be.greaterThan(150)
  })

  it('has the same texts, links, revisions, readers and addresses', async () => {
    const [before, after] = await Promise.all([articlesOf(first), articlesOf(second)])
    const told = (articles: readonly Article[]) =>
      articles.map(({ slug, title, text, revision, revisionIds, marking, visibility, state }) => ({
        ...{ slug, title, text, revision, marking, visibility, state },
        revisions: revisionIds.length,
        links: linksOf(text),
      }))
    expect(told(after)).to.deep.equal(told(before))
    expect(told(before).some(({ links }) => links.includes('/knowledge/host-upgrades'))).to.equal(true)
    expect(Math.max(...told(before).map(({ revisions }) => revisions))).to.equal(3)
    const hidden = await second.services.models.revisions.findOne({ summary: 'Change 2' }).lean()
    expect(hidden?.readers).to.not.include('partnership')
  })

  it('changes nothing when it is imported once more, into either site', async () => {
    for (const site of [first, second]) {
      const { tally } = await imported(site, archive)
      expect(tally).to.include({ added: 0, changed: 0, refused: 0 })
    }
  })

  it('would be seen to differ: a word, a revision or a link that is lost on the way', async () => {
    const before = textOf(archive)
    const place = 'articles/lesson-learned-four-minutes-without-power.md'
    const name = Object.keys(before).find(found => found === place) ?? (Object.keys(before).find(found => /power/.test(found)) as string)
    const changed = {
      ...archive,
      [name]: Buffer.from((before[name] as string).replace('/knowledge/host-upgrades', '/knowledge/elsewhere')),
    }
    const { tally } = await imported(second, changed)
    expect(tally).to.include({ changed: 1 })
    const again = textOf(await exported(second))
    expect(Object.keys(before).filter(found => before[found] !== again[found])).to.include(name)
    expect(Object.keys(again).length).to.equal(Object.keys(before).length + 1)
  })
})
