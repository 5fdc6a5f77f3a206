import { expect } from 'chai'
import { addressOf, hiddenFields, questionOf } from '../../../server/search/question/questionAddress.ts'
import { searchOf } from './searchTypes.ts'

const read = (query: Record<string, unknown>) => questionOf(query, searchOf)
/** As Express reads it: one value is text, several are an array. */
const queryOf = (address: string) => {
  const parameters = new URL(address, 'http://127.0.0.1').searchParams
  const values = [...new Set(parameters.keys())].map(name => [name, parameters.getAll(name)] as const)
  return Object.fromEntries(values.map(([name, all]) => [name, all.length === 1 ? all[0] : all]))
}

describe('a question in an address', () => {
  it('is everything, from the beginning, when the address says nothing', () => {
    expect(read({})).to.deep.equal({ question: { q: '', filters: {}, page: 1 }, hints: [] })
  })

  it('is read with its type, filters, days, order and page', () => {
    const query = {
      q: 'storage',
      type: 'article',
      organisation: ['north', 'south'],
      kind: 'how-to',
      from: '2026-03-01',
      to: '2026-03-31',
      sort: 'date',
      page: '3',
    }
    expect(read(query)).to.deep.equal({
      question: {
        q: 'storage',
        type: 'article',
        filters: { organisation: ['north', 'south'], kind: ['how-to'] },
        from: new Date('2026-03-01T00:00:00Z'),
        before: new Date('2026-04-01T00:00:00Z'),
        sort: 'date',
        page: 3,
      },
      hints: [],
    })
  })

  it('leaves out what makes no sense, and says so where somebody could miss it', () => {
    const { question, hints } = read({
      q: 'a',
      type: 'ticket',
      from: 'yesterday',
      to: '2026-13-01',
      page: '-4',
      sort: 'size',
      nowhere: 'x',
    })
    expect(question).to.deep.equal({ q: 'a', filters: {}, page: 1 })
    expect(hints).to.have.length(3)
    expect(hints[0]).to.include('“ticket”')
    expect(hints[1]).to.include('“yesterday”').and.to.include('“from”')
    expect(hints[2]).to.include('“2026-13-01”').and.to.include('“to”')
    expect(read({ from: '', to: '' }).hints, 'twin: an empty field is no mistake').to.deep.equal([])
  })

  it('takes a day that is not in its month for a mistake', () => {
    const { question, hints } = read({ from: '2026-02-30' })
    expect(question).to.not.have.property('from')
    expect(hints).to.have.length(1)
    expect(read({ to: '9999-12-31' }).question, 'nor one that no engine takes').to.not.have.property('before')
    expect(read({ from: '2028-02-29' }).question.from, 'twin: a leap day is one').to.deep.equal(new Date('2028-02-29T00:00:00Z'))
  })

  it('survives parameters of other shapes', () => {
    const { question } = read({
      q: { a: 'b' },
      type: ['article', 'person'],
      organisation: [{ a: 1 }, 'north', 7],
      page: ['2'],
      from: ['2026-03-01'],
    })
    expect(question).to.deep.include({ q: '', type: 'article', filters: { organisation: ['north'] }, page: 1 })
    expect(read({ organisation: Array.from({ length: 500 }, (_, n) => `o${n}`) }).question.filters.organisation).to.have.length(50)
    expect(read({ q: ['one', 'two'] }).question.q).to.equal('one')
  })

  it('goes no deeper than 10,000 results, and says so', () => {
    const { question, hints } = read({ page: '501' })
    expect(question.page).to.equal(500)
    expect(hints[0]).to.include('10,000')
    expect(read({ page: '500' })).to.deep.equal({ question: { q: '', filters: {}, page: 500 }, hints: [] })
  })

  it('makes the address that it was read from', () => {
    const addresses = [
      '/search?',
      '/search?q=data+centre',
      '/search?q=%22a%26b%22&type=article&organisation=north&organisation=south&kind=how-to&from=2026-03-01&to=2026-03-31&sort=date&page=3',
      '/search?to=2999-12-31',
    ]
    for (const address of addresses) expect(addressOf(read(queryOf(address)).question)).to.equal(address)
  })

  it('makes addresses with a part changed', () => {
    const { question } = read({ q: 'a', type: 'article', sort: 'date', page: '4' })
    expect(addressOf(question, { page: 5 })).to.equal('/search?q=a&type=article&sort=date&page=5')
    expect(addressOf(question, { page: 1, filters: { skill: ['x y'] } })).to.equal('/search?q=a&type=article&skill=x+y&sort=date')
  })

  it('gives a form what it does not offer itself', () => {
    const { question } = read({ q: 'a', type: 'article', from: '2026-03-01', to: '2026-03-31', sort: 'date', kind: ['how-to', 'lesson'] })
    const offered = (field: string, slug: string) => field === 'kind' && slug === 'lesson'
    expect(hiddenFields(question, offered)).to.deep.equal([
      { name: 'q', value: 'a' },
      { name: 'type', value: 'article' },
      { name: 'from', value: '2026-03-01' },
      { name: 'to', value: '2026-03-31' },
      { name: 'sort', value: 'date' },
      { name: 'kind', value: 'how-to' },
    ])
    expect(hiddenFields(read({}).question, offered)).to.deep.equal([])
  })
})
