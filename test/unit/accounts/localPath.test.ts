import { expect } from 'chai'
import { localPath } from '../../../server/accounts/localPath.ts'

describe('where somebody is sent back to after signing in', () => {
  for (const asked of ['/people', '/search?q=vmware&page=2', '/knowledge/moving-servers']) {
    it(`is ${asked}, as asked`, () => expect(localPath(asked)).to.equal(asked))
  }

  const elsewhere = [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\\/evil.example',
    'javascript:alert(1)',
    '/.//evil.example',
    '/people/..//evil.example',
    ' /people',
    'people',
    '',
    '/sign-out',
    '/sign-in?back=/',
    undefined,
    ['/people', '//evil.example'],
  ]
  for (const asked of elsewhere) {
    it(`is the home page instead of ${JSON.stringify(asked)}`, () => expect(localPath(asked)).to.equal('/'))
  }
})
