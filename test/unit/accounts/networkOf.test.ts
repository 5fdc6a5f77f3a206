import { expect } from 'chai'
import { networkOf } from '../../../server/accounts/networkOf.ts'

describe('the network that tries are counted for', () => {
  const cases: Record<string, string> = {
    '192.0.2.7': '192.0.2.7',
    '::ffff:192.0.2.7': '192.0.2.7',
    '2001:db8:1:2:3:4:5:6': '2001:db8:1:2',
    '2001:0DB8:0001:0002::1': '2001:db8:1:2',
    '2001:db8::1': '2001:db8:0:0',
    '::1': '0:0:0:0',
    'fe80::1%eth0': 'fe80:0:0:0',
    '': '',
  }
  for (const [address, network] of Object.entries(cases)) {
    it(`of "${address}" is ${network}`, () => expect(networkOf(address)).to.equal(network))
  }
})
