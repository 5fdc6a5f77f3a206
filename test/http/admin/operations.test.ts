import { expect } from 'chai'
import { load } from 'cheerio'
import type { JobRunner } from '../../../server/jobs/jobRunner.ts'
import type { JobType } from '../../../server/jobs/jobType.ts'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { Reindex } from '../../../server/search/indexing/reindex.ts'
import { reindexJob } from '../../../server/search/jobs/reindexJob.ts'
import type { SearchType } from '../../../server/search/searchType.ts'
import { anArticle, aPerson } from '../../support/builders.ts'
import { aGate, aJobType, aRunner, becomes } from '../../support/jobs.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const page = '/admin/operations'
const refresh = 'meta[http-equiv=refresh]'

describe('the page of jobs and the search index', () => {
  let clock: MovableClock
  let site: TestSite
  let administrator: Person & { email: string }
  let browser: Browser
  let article: Article
  const runners: JobRunner[] = []
  /** What lets go of work that a failed test left waiting. */
  const releases: (() => void)[] = []

  beforeEach(async () => {
    clock = new MovableClock()
    site = await startTestSite({ clock })
    administrator = await aPerson(site, { roles: ['member', 'partnership administrator'] })
    browser = await site.signInAs(administrator)
    article = await anArticle(site, administrator, { title: 'Moving servers' })
    await site.services.indexer.settled()
  })
  afterEach(async () => {
    for (const release of releases.splice(0)) release()
    for (const runner of runners.splice(0)) await runner.stop()
    await site.close()
  })

  const shown = async () => load((await browser.get(page).expect(200)).text)
  const textOf = async (selector = 'main') => (await shown())(selector).text().replace(/\s+/g, ' ')
  const post = (path: string, form = {}) => browser.post(path).type('form').send(form)
  const typeNamed = (name: string) => site.services.search.types.find(({ type }) => type === name) as SearchType
  /** The site's own jobs, without the wait for other processes that a re-index begins with. */
  function ownRunner() {
    const { services } = site
    const quick = new Reindex({ ...services, leaseMs: 0 })
    const types = [...services.jobRunner.types.values()]
    return runnerOf(types.map(type => (type.name === 're-index' ? reindexJob({ ...services, reindex: quick }) : type)))
  }
  function runnerOf(types: readonly JobType[], options: { leaseMs?: number; places?: number } = {}) {
    const runner = aRunner(site, types, options)
    runners.push(runner)
    return runner
  }

  it('is for administrators of the partnership, linked from Administration', async () => {
    const links = load((await browser.get('/admin').expect(200)).text)
    expect(links(`main a[href="${page}"]`)).to.have.length(1)
    for (const role of ['member', 'editor', 'coordinator', 'organisation administrator'] as const) {
      const other = await site.signInAs(await aPerson(site, { roles: ['member', role] }))
      await other.get(page).expect(403)
      await other.post(`${page}/jobs`).type('form').send({ name: 'drift-check' }).expect(403)
      await other.post(`${page}/records/article/${article._id}/retry`).expect(403)
    }
    expect(await site.services.jobs.count('waiting')).to.equal(0)
  })

  it('says that nothing runs, what runs by itself and when, and what it runs on', async () => {
    const text = await textOf()
    expect(text).to.include('Nothing runs, and nothing waits').and.to.include('Compare the search index with the database')
    expect(text)
      .to.include(`Node ${process.versions.node}`)
      .and.to.match(/Skillpool ?0\.\d/)
    expect(text).to.match(/Database ?(embedded, in|MongoDB at) \S+, version \d/)
    expect((await shown())(refresh)).to.have.length(0)
  })

  it('starts a comparison, once for two presses, and shows what it found', async () => {
    await post(`${page}/jobs`, { name: 'drift-check' }).expect(303)
    await post(`${page}/jobs`, { name: 'drift-check' }).expect(303)
    expect(await textOf()).to.include('Waits for a free place')
    await ownRunner().workOff()
    const text = await textOf()
    expect(text).to.include('2 records compared, 0 differed, 0 mended').and.to.include('Nothing differed')
    expect(text.match(/records compared, 0 differed/g)).to.have.length(1)
  })

  it('shows what differed by kind and id, mended', async () => {
    const { live } = (await site.services.searchIndexes.of('article')) ?? { live: '' }
    await site.engine.bulk(live, [{ remove: { id: article._id, rev: article.rev } }])
    await post(`${page}/jobs`, { name: 'drift-check' }).expect(303)
    await ownRunner().workOff()
    const text = await textOf()
    expect(text).to.include('1 not in the search engine; 1 mended').and.to.include(`article ${article._id}: not in the search engine`)
    expect(text).to.not.include('Moving servers')
  })

  it('fills an index anew on request, and shows how far it is', async () => {
    const before = await site.services.searchIndexes.of('article')
    await post(`${page}/jobs`, { name: 're-index', subject: 'article' }).expect(303)
    const reported = aGate()
    const goOn = aGate()
    releases.push(goOn.open)
    site.engine.beforeBulk = async () => {
      reported.open()
      await goOn.opened
    }
    const runner = ownRunner()
    runner.start()
    await reported.opened
    const $ = await shown()
    expect($(refresh).attr('content')).to.equal('5')
    expect($('progress[aria-label="A new index of articles"]').attr('max')).to.equal('1')
    expect($('main').text()).to.include('Running since').and.to.include('a new one is filled')
    goOn.open()
    const [job] = await site.services.jobs.list(['running', 'done'], 1)
    await becomes(site, job as NonNullable<typeof job>, 'done')
    await runner.stop()
    expect(await textOf()).to.include('1 articles in the new index')
    expect((await site.services.searchIndexes.of('article'))?.live).to.not.equal(before?.live)
  })

  it('refuses to start what is none of its jobs', async () => {
    for (const form of [
      {},
      { name: 'forget-old-jobs' },
      { name: 're-index' },
      { name: 're-index', subject: 'everything' },
      { name: ['a', 'b'] },
    ]) {
      const { status, text } = await post(`${page}/jobs`, form)
      expect(status, JSON.stringify(form)).to.equal(422)
      expect(load(text)('.govuk-error-summary').text()).to.not.equal('')
    }
    expect(await site.services.jobs.count('waiting')).to.equal(0)
  })

  it('shows a job that was given up with its reason, until somebody tries it again', async () => {
    let isBroken = true
    const type = aJobType({
      title: 'Sweep the yard',
      attempts: 1,
      run: async () => {
        if (isBroken) throw new Error('the broom is <gone>')
        return 'Swept'
      },
    })
    const runner = runnerOf([type])
    const { _id } = await site.services.jobs.ask({ name: 'made-up' })
    await runner.workOff()
    expect(await textOf())
      .to.include('Given up')
      .and.to.include('the broom is <gone>')
    isBroken = false
    await post(`${page}/jobs/${_id}/retry`).expect(303)
    await runner.workOff()
    expect(await textOf())
      .to.include('Swept')
      .and.to.not.include('the broom')
    await post(`${page}/jobs/${_id}/retry`).expect(409)
    await post(`${page}/jobs/there-is-none/retry`).expect(404)
  })

  it('cancels what waits and what runs, and stops loading itself again', async () => {
    const began = aGate()
    const run = aJobType({
      run: job => {
        began.open()
        job.report({ done: 3, total: 12, message: 'rows' })
        return new Promise((_, reject) => job.signal.addEventListener('abort', () => reject(job.signal.reason)))
      },
    })
    const runner = runnerOf([run], { leaseMs: 60, places: 1 })
    const [first, second] = [
      await site.services.jobs.ask({ name: 'made-up' }),
      await site.services.jobs.ask({ name: 'made-up', subject: 'later' }),
    ]
    runner.start()
    await began.opened
    for (let tries = 0; tries < 200 && (await shown())('progress').length === 0; tries++) await new Promise(later => setTimeout(later, 10))
    expect(await textOf('.progress'))
      .to.include('3 of 12')
      .and.to.include('rows')
    expect(await textOf('.progress')).to.match(/about .+ left/)
    for (const { _id } of [second, first]) await post(`${page}/jobs/${_id}/cancel`).expect(303)
    await becomes(site, first, 'cancelled')
    await becomes(site, second, 'cancelled')
    await runner.stop()
    expect((await shown())(refresh)).to.have.length(0)
    await post(`${page}/jobs/${first._id}/cancel`).expect(409)
  })

  describe('for records that the search engine refuses', () => {
    beforeEach(async () => {
      site.engine.refuses = id => (id === article._id ? 'the text is too strange' : undefined)
      await site.services.drift.repair(typeNamed('article'), 'none', [{ type: 'article', id: article._id, kind: 'missing', engineRev: 0 }])
      await site.services.indexer.settled()
    })

    it('counts them and shows each by its id, with the reason', async () => {
      const $ = await shown()
      const row = $('table tr').filter((_, element) => $(element).text().includes('Articles'))
      expect(
        row
          .find('td')
          .get()
          .map(cell => $(cell).text().trim())
          .slice(0, 3),
      ).to.deep.equal(['0', '–', '1'])
      const text = $('main').text()
      expect(text).to.include(`article ${article._id}`).and.to.include('the text is too strange')
      expect(text).to.not.include('Moving servers')
    })

    it('asks the engine again at once on request', async () => {
      site.engine.refuses = () => undefined
      const action = `${page}/records/article/${article._id}/retry`
      expect((await shown())(`form[action="${action}"]`)).to.have.length(1)
      await post(action).expect(303)
      await site.services.indexer.drain()
      expect((await shown())(`form[action="${action}"]`)).to.have.length(0)
      await post(action).expect(404)
      await post(`${page}/records/nonsense/${article._id}/retry`).expect(404)
    })
  })

  it('shows how much is pending and for how long, and that the engine does not answer', async () => {
    site.engine.switchOff()
    await anArticle(site, administrator, { title: 'While it was away' })
    clock.move(45_000)
    const text = await textOf()
    expect(text)
      .to.match(/Articles ?1 ?for 4\d s ?0/)
      .and.to.include('does not answer')
    expect(text).to.not.include('While it was away')
  })

  describe('when the index was made for another version of the code', () => {
    it('says so, and the site asks once for a new one, whatever number of processes start', async () => {
      const { jobs, models } = site.services
      site.engine.changedAnalysis = 'another way to cut words'
      expect(await textOf()).to.include('made for another version of Skillpool')
      const processes = Array.from({ length: 4 }, () => ownRunner())
      await Promise.all(processes.map(runner => runner.workOff()))
      const done = await jobs.list(['done'], 10)
      expect(done.map(({ name, subject }) => `${name} ${subject}`)).to.have.members([
        're-index action',
        're-index article',
        're-index collection',
        're-index day',
        're-index decision',
        're-index offer',
        're-index person',
        're-index request',
      ])
      expect(await textOf()).to.not.include('made for another version')
      await ownRunner().workOff()
      expect(await models.jobs.countDocuments({ name: 're-index' })).to.equal(8)
    })

    it('leaves the filling to a process of the version that asked', async () => {
      site.engine.changedAnalysis = 'another way to cut words'
      const [newer] = (await ownRunner().types.get('re-index')?.wanted?.()) ?? []
      expect(newer).to.have.property('needs')
      await site.services.jobs.ask({ name: 're-index', subject: newer?.value ?? '', needs: newer?.needs ?? '' })
      site.engine.changedAnalysis = undefined
      await ownRunner().workOff()
      expect(await site.services.jobs.count('waiting')).to.equal(1)
    })

    it('notices a changed mapping as it does a changed way to cut words', async () => {
      const type = typeNamed('article')
      const { searchIndexes } = site.services
      expect(await searchIndexes.isOutdated(type)).to.equal(false)
      expect(
        await searchIndexes.isOutdated({ ...type, mapping: { ...type.mapping, keywords: [...type.mapping.keywords, 'more'] } }),
      ).to.equal(true)
    })
  })
})
