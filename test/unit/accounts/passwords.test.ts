import { expect } from 'chai'
import { hashPassword, isPassword, newPasswordField, weaknessOf } from '../../../server/accounts/passwords.ts'

const email = 'udo.pooch@cheshire.example'

describe('passwords', () => {
  it('are kept as argon2id with the parameters that OWASP recommends', async () => {
    expect(await hashPassword('three odd words')).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })

  it('are recognised, also when a keyboard composes letters differently', async () => {
    const kept = await hashPassword('crème brûlée tonight')
    expect(await isPassword('crème brûlée tonight'.normalize('NFD'), kept)).to.equal(true)
    expect(await isPassword('creme brulee tonight', kept)).to.equal(false)
  })

  it('are wrong where nobody has one, and that takes about as long to say', async () => {
    const kept = await hashPassword('three odd words')
    await isPassword('a guess', undefined)
    const known = await durationOf(() => isPassword('a guess', kept))
    const unknown = await durationOf(() => isPassword('a guess', undefined))
    expect(await isPassword('the password of nobody at all', undefined)).to.equal(false)
    expect(unknown / known).to.be.within(0.2, 5)
  })

  for (const weak of [
    'Udo.Pooch@Cheshire.example',
    'udo.pooch12345',
    'Password12345!',
    'p@ssw0rdp@ssw0rd',
    'aaaaaaaaaaaaaa',
    'qwertyuiop',
    '123456789012',
    'Skillpool2026!!',
  ]) {
    it(`refuse ${weak}`, () => expect(weaknessOf(weak, email)).to.be.a('string'))
  }

  for (const good of ['a long enough password', 'correct horse battery staple', 'maple-quarry-tiller', 'Xk93;mbq-LLwe', '4829-1834-2834']) {
    it(`accept ${good}`, () => {
      expect(weaknessOf(good, email)).to.equal(undefined)
      expect(weaknessOf(good, '12345@cheshire.example')).to.equal(undefined)
    })
  }

  it('have from 12 to 200 characters', () => {
    const takes = (length: number) => newPasswordField.safeParse('x'.repeat(length)).success
    expect([11, 12, 200, 201].map(takes)).to.deep.equal([false, true, true, false])
  })
})

async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 5; round++) {
    const before = performance.now()
    await work()
    times.push(performance.now() - before)
  }
  return times.sort((a, b) => a - b)[2] ?? 0
}
