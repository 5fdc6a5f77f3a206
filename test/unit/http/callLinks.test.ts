import { expect } from 'chai'
import { mailHref, telHref } from '../../../server/http/callLinks.ts'

describe('links to call and to write', () => {
  for (const [typed, href] of [
    ['01606 555 0101', 'tel:016065550101'],
    ['+44 (0)151 555 0100', 'tel:+441515550100'],
    ['(0151) 555 0100', 'tel:01515550100'],
    ['0151 555 0100 ext. 12', 'tel:01515550100;ext=12'],
    ['0151 555 0100 extension 7', 'tel:01515550100;ext=7'],
    ['0151 555 0100 / 07700 900123', 'tel:01515550100'],
    ['0151 555 0100 or 07700 900123', 'tel:01515550100'],
    ['ask the desk', 'tel:'],
  ] as const)
    it(`calls ${href} for “${typed}”`, () => expect(telHref(typed)).to.equal(href))

  it('write to the address alone', () => {
    expect(mailHref('ada@example.org')).to.equal('mailto:ada@example.org')
    expect(mailHref('ada?bcc=eve&subject=x@example.org')).to.equal('mailto:ada%3Fbcc%3Deve%26subject%3Dx@example.org')
  })
})
