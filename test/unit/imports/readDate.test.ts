import { expect } from 'chai'
import { readDate } from '../../../server/imports/readDate.ts'

const now = new Date('2026-11-23T10:30:00Z')
const day = (given: unknown) => readDate(given, now)?.toISOString().slice(0, 10)

describe('a date in a row', () => {
  it('is read from ISO 8601, whole or in part', () => {
    expect(day('2024-02-29')).to.equal('2024-02-29')
    expect(day('2024-03')).to.equal('2024-03-01')
    expect(day('1987')).to.equal('1987-01-01')
    expect(day(1987)).to.equal('1987-01-01')
    expect(readDate('2024-02-29T23:30:00+01:00', now)?.toISOString()).to.equal('2024-02-29T22:30:00.000Z')
  })

  it('is read the British way', () => {
    expect(day('26/11/2009')).to.equal('2009-11-26')
    expect(day('26 November 2009')).to.equal('2009-11-26')
    expect(day('7th Dec 2009')).to.equal('2009-12-07')
  })

  it('is taken from words around it', () => {
    expect(day('CACM December, 1958')).to.equal('1958-12-01')
    expect(day('CACM JUly, 1964')).to.equal('1964-07-01')
    expect(day('CACM May,1967')).to.equal('1967-05-01')
    expect(day('CACM October 1970')).to.equal('1970-10-01')
    expect(day('Proceedings of 1999, volume 3')).to.equal('1999-01-01')
    expect(day('November 26, 2009')).to.equal('2009-11-26')
  })

  it('can be relative to today', () => {
    expect(day({ daysAgo: 3 })).to.equal('2026-11-20')
    expect(day({ monthsAgo: 2 })).to.equal('2026-09-01')
    expect(day({ monthsAgo: 11 })).to.equal('2025-12-01')
  })

  it('is nothing when it is no date', () => {
    for (const given of ['', 'soon', '31/02/2024', '2024-13-01', {}, { daysAgo: 'x' }, null, undefined, true, [2024]]) {
      expect(readDate(given, now), JSON.stringify(given)).to.equal(undefined)
    }
  })
})
