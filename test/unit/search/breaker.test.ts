import { expect } from 'chai'
import { Unavailable } from '../../../server/failures.ts'
import { Breaker } from '../../../server/search/breaker.ts'
import { IndexMissing } from '../../../server/search/searchEngine.ts'

/** An engine that is down or up, and how often it was asked. */
function aBreaker() {
  let now = 0
  let asked = 0
  const breaker = new Breaker({ now: () => new Date(now) })
  const ask = (failure?: Error) =>
    breaker
      .call(async () => {
        asked++
        if (failure !== undefined) throw failure
        return 'answer'
      })
      .catch((error: Error) => error.constructor.name)
  const down = () => ask(new Unavailable('down'))
  /** How long the pause is, to a quarter of a second. */
  const pauseMs = async () => {
    const [from, askedBefore] = [now, asked]
    for (; asked === askedBefore; now += 250) await down()
    return now - 250 - from
  }
  return { ask, down, pauseMs, wait: (ms: number) => (now += ms), asked: () => asked }
}

describe('the breaker', () => {
  it('lets answers through, and asks each time', async () => {
    const { ask, asked } = aBreaker()
    expect([await ask(), await ask()]).to.deep.equal(['answer', 'answer'])
    expect(asked()).to.equal(2)
  })

  it('does not ask again for a second after a failure, then does', async () => {
    const { ask, down, wait, asked } = aBreaker()
    expect(await down()).to.equal('Unavailable')
    wait(999)
    expect(await ask()).to.equal('Unavailable')
    expect(asked()).to.equal(1)
    wait(1)
    expect(await ask()).to.equal('answer')
    expect(asked()).to.equal(2)
  })

  it('asks an engine again at once that answers, but lacks an index still', async () => {
    const { ask, asked } = aBreaker()
    expect(await ask(new IndexMissing('not made yet'))).to.equal('IndexMissing')
    expect(await ask()).to.equal('answer')
    expect(asked()).to.equal(2)
  })

  it('waits twice as long after each further failure, but no longer than 15 seconds', async () => {
    const { down, pauseMs } = aBreaker()
    await down()
    const pauses = []
    for (let n = 0; n < 6; n++) pauses.push(await pauseMs())
    expect(pauses).to.deep.equal([1_000, 1_750, 3_750, 7_750, 14_750, 14_750])
  })

  it('begins with a second again after an answer', async () => {
    const { ask, down, wait } = aBreaker()
    await down()
    wait(1_000)
    await down()
    wait(2_000)
    expect(await ask()).to.equal('answer')
    await down()
    wait(1_000)
    expect(await ask()).to.equal('answer')
  })

  it('stays closed for failures that are not the engine’s', async () => {
    const { ask } = aBreaker()
    expect(await ask(new TypeError('a defect'))).to.equal('TypeError')
    expect(await ask()).to.equal('answer')
  })

  it('does not wait for the time of a clock that was set back', async () => {
    const { ask, down, wait } = aBreaker()
    wait(86_400_000)
    await down()
    wait(-86_400_000)
    expect(await ask()).to.equal('answer')
  })
})
