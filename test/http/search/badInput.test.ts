import { expect } from 'chai'
import { anArticle, aPerson, aSkill } from '../../support/builders.ts'
import { type Browser, startTestSite, type TestSite } from '../../support/testSite.ts'

const long = 'vmware '.repeat(1_430).slice(0, 10_000)
const typed: Record<string, string> = {
  '10,000 characters': long,
  '10,000 characters without a space': 'x'.repeat(10_000),
  'one quotation mark': '"disaster recovery',
  'three quotation marks': '"disaster" recovery"',
  'nothing but quotation marks': '""""""',
  'nothing but hyphens': '- -- --- -"" -"-"',
  'control characters and NUL': 'vm\u0000ware\u0007\u001b[31m\u0085',
  'lone surrogates and private characters': '\ud800 \ue000vmware\ue001 \uffff',
  'the language of a query': 'AND OR NOT NEAR(vmware) title:* {t0}:x ^a (b* c+ [d TO e] /.*/ ~2 \\',
  'what would end a string': "vmware'; DROP TABLE documents_1; --",
  markup: '<script>alert(1)</script><b>vmware',
  'a field that is none': 'colour:red __proto__:x constructor:y',
  'a field without its value': 'skill: organisation:"" skill:""',
  'the same field five hundred times': 'skill:x '.repeat(500),
  'five hundred terms': Array.from({ length: 500 }, (_, n) => `term${n}`).join(' '),
  'five hundred quoted and excluded terms': Array.from({ length: 500 }, (_, n) => `"a${n}" -b${n}`).join(' '),
  'two hundred terms joined by OR': Array.from({ length: 200 }, (_, n) => `"term ${n}"`).join(' OR '),
  'what regular expressions are made of': '^vm.*(ware|x)+?$ [a-z]{2,} \\b \\1 (?=x) .*.*.*.*.*',
  'what Lucene is asked with': '+vm -x && || ! ( ) { } [ ] ^2 "vm"~3 * ? : \\ / title:(a OR b) _exists_:x /vm.*/',
  'text from right to left': 'قاعدة البيانات "בסיס נתונים" \u202Evmware\u202C -קלטת',
  emoji: '\u{1F525} \u{1F469}\u200D\u{1F692} \u{1F1EC}\u{1F1E7} vmware\u{1F44D}\u{1F3FD}',
  'characters without width': '\u200Bvm\u200Bware\uFEFF s\u00ADtorage \u2060\u2066x\u2069 \u200D\u200C',
  'dates and levels that are none': 'after:0000 before:99999-99-99 after:2025-02-30 level>=x level>=expert level<awareness -after:x',
  'letters of other alphabets': 'ДАННЫЕ 数据库 قاعدة ﬁle ß',
}

const parameters = [
  'page=-1',
  'page=0',
  'page=1e9',
  'page=1000000000',
  'page=9999999',
  'page=abc',
  'page=1.5',
  'page=%00',
  'page=1&page=2',
  'page[]=2',
  'kind=nonsense',
  'organisation=nowhere',
  'organisation=%00',
  'organisation=a&organisation=b',
  'author=__proto__',
  'skill=constructor&kind=constructor&willing=toString',
  'colour=red',
  'q=a&q=b',
  'q[x]=1',
  'q[]=1',
  'q',
  'skill[$ne]=1',
  'kind[$ne]=1&organisation[$gt]=',
  '__proto__[x]=1&constructor=2',
  'sort=sideways',
  'type=nonsense',
  'type[$ne]=person',
  'type=__proto__',
  'from=yesterday',
  'from=2026-02-31',
  'from=2026-13-45&to=0000-00-00',
  'from=0000-01-01&to=9999-12-31',
  'from=2026-12-31&to=2026-01-01',
  'q=%E0%A4%A',
  'q=%',
  '%=%&%ZZ=1',
  'q=100%25',
  `${'&'.repeat(2_000)}q=a`,
  `${'skill=x&'.repeat(1_000)}`,
]

describe('an address that nobody should write', () => {
  let site: TestSite
  let browser: Browser

  before(async () => {
    site = await startTestSite()
    const person = await aPerson(site, { name: 'Petra Probe' })
    await aSkill(site, { name: 'VMware' })
    await anArticle(site, person, { title: 'Moving VMware hosts', text: 'Disaster recovery of vmware, step by step.' })
    await site.services.indexer.settled()
    browser = await site.signInAs(person)
  })
  after(() => site.close())
  afterEach(() => {
    expect(site.logged.filter(({ level, msg }) => level >= 40 || /unhandled/i.test(msg))).to.deep.equal([])
  })

  async function answered(path: string): Promise<{ status: number; text: string }> {
    const { status, text } = await browser.get(path)
    expect(status, path).to.be.oneOf([200, 400])
    expect(text, path).to.match(/<title>[^<]{3,}<\/title>/)
    expect(text, path).to.include('</main>')
    expect(text, path).not.to.match(/undefined|\[object|NaN|Infinity|Invalid Date/)
    return { status, text }
  }

  for (const [what, q] of Object.entries(typed)) {
    it(`is searched, whatever stands in it: ${what}`, async () => {
      for (const type of ['', '&type=article', '&type=person']) {
        const { status, text } = await answered(`/search?q=${encodeURIComponent(q.toWellFormed())}${type}`)
        expect(status).to.equal(200)
        expect(text).not.to.include('<script>alert')
      }
    })
  }

  for (const path of [
    '/search',
    '/search?q=vmware',
    '/search?q=vmware&type=article',
    '/people',
    '/skills',
    '/skills/vmware',
    '/knowledge',
    '/organisations',
  ]) {
    it(`is answered in words whatever its parameters are: ${path}`, async () => {
      for (const parameter of parameters) await answered(`${path}${path.includes('?') ? '&' : '?'}${parameter}`)
    })
  }

  for (const path of ['/people/%', '/people/%E0%A4%A', '/knowledge/%c0%ae', '/skills/%FF', '/organisations/%ZZ']) {
    it(`says that it could not be read: ${path}`, async () => {
      const { text } = await browser.get(path).expect(400)
      expect(text).to.include('could not be read')
    })
  }

  for (const path of [
    '/people/%00',
    '/knowledge/$ne',
    '/skills/__proto__',
    '/organisations/..%2f..%2fetc',
    `/people/${'x'.repeat(8_000)}`,
  ]) {
    it(`leads to the page that says there is none: ${path.slice(0, 40)}`, async () => {
      const { text } = await browser.get(path).expect(404)
      expect(text).to.include('Page not found')
    })
  }

  it('says what was left out of the question', async () => {
    const hints: Record<string, string> = {
      [`q=${'x'.repeat(10_000)}`]: 'Only the first 2,000 characters were searched.',
      'q=%22disaster+recovery': 'A quotation mark has no partner',
      'q=vmware&type=nonsense': 'There is nothing of the type “nonsense”',
      'q=vmware&from=yesterday': '“yesterday” is not a day, so “from” was left out',
      'q=vmware&to=2026-02-31': '“2026-02-31” is not a day, so “to” was left out',
      'q=vmware&organisation=nowhere': 'There is no organisation “nowhere”, so it was left out.',
      'q=vmware&from=2026-12-31&to=2026-01-01': 'The first day is after the last',
      'q=vmware&page=9999999': 'Only the first 10,000 results can be paged through',
    }
    for (const [parameters, hint] of Object.entries(hints)) {
      const { text } = await browser.get(`/search?${parameters}`).expect(200)
      expect(text, parameters.slice(0, 60)).to.include(hint)
    }
  })

  it('pages no further than to the ten thousandth result, and says so kindly', async () => {
    for (const number of ['501', '9999999']) {
      const { text } = await browser.get(`/search?q=vmware&type=article&page=${number}`).expect(200)
      expect(text).to.include('Only the first 10,000 results can be paged through: add a word or a filter to narrow them.')
    }
    expect((await browser.get('/search?q=vmware&type=article&page=500').expect(200)).text).to.not.include('10,000')
  })

  it('finds a word whatever invisible stands in it', async () => {
    for (const q of ['vm\u200Bware', '\uFEFFvmware', 'vm\u00ADware', '\u202Evmware\u202C']) {
      const { text } = await browser.get(`/search?q=${encodeURIComponent(q)}`).expect(200)
      expect(text, JSON.stringify(q)).to.include('/knowledge/moving-vmware-hosts')
    }
  })

  it('finds all the same when only a part makes no sense', async () => {
    for (const parameters of [
      'q=vmware&q=b',
      'q=vmware&page=abc',
      'q=vmware&skill[$ne]=1',
      'q=vmware&type=nonsense',
      'q=vm%00&q=x',
      'q=%22moving+vmware',
      'q=vmware&colour=red',
    ]) {
      const { text } = await browser.get(`/search?${parameters}`).expect(200)
      expect(text.includes('/knowledge/moving-vmware-hosts'), parameters).to.equal(!parameters.includes('%00'))
    }
  })

  it('marks nothing in a title that only looks like what the engine marks', async () => {
    const person = await aPerson(site)
    await anArticle(site, person, { title: '\ue000Turbine', slug: 'turbine', text: 'x' })
    await site.services.indexer.settled()
    for (const path of ['/knowledge', '/search?organisation=nowhere&kind=how-to&type=article']) {
      const { text } = await browser.get(path).expect(200)
      expect(text).to.include('>Turbine</a>')
    }
    const { text } = await browser.get('/search?q=turbine').expect(200)
    expect(text).to.include('><mark>Turbine</mark></a>')
  })

  it('changes nothing that is kept: a form with nested fields is a form with wrong fields', async () => {
    const kept = await site.services.models.articles.countDocuments({}).asSystem('a test counts')
    await browser.post('/knowledge').type('form').send('title[$ne]=1&text[]=a&kind=how-to&visibility=partnership').expect(422)
    await browser
      .post('/knowledge')
      .type('form')
      .send('title=%E0%A4%A&text=%')
      .expect(({ status }) => expect(status).to.be.oneOf([400, 422]))
    await browser
      .post('/knowledge')
      .type('form')
      .send('a=1&'.repeat(1_000))
      .expect(({ status }) => expect(status).to.be.oneOf([400, 413]))
    await browser
      .post('/saved-searches')
      .type('form')
      .send(`title=${'x'.repeat(600_000)}`)
      .expect(413)
      .expect(/larger than this site takes/)
    await browser
      .post('/knowledge')
      .type('json')
      .send('{"title":')
      .expect(({ status }) => expect(status).to.be.oneOf([400, 422]))
    expect(await site.services.models.articles.countDocuments({}).asSystem('a test counts')).to.equal(kept)
  })
})
