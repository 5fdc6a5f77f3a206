import { expect } from 'chai'
import { markdownToHtml, markdownToText } from '../../../server/documents/markdown.ts'

describe('Markdown', () => {
  it('becomes headings from the second level on, lists, tables and code that can be scrolled', () => {
    const html = markdownToHtml('# A\n## B\n\n1. x\n\n| h |\n|---|\n| c |\n\n```\n<b>\n```')
    for (const part of [
      '<h2>A</h2>',
      '<h2>B</h2>',
      '<ol>',
      '<div class="prose-table" tabindex="0"><table>',
      '<pre tabindex="0">',
      '&lt;b&gt;',
    ])
      expect(html).to.include(part)
    expect(html).to.not.include('<h1')
  })

  it('links to what is safe, and tells nobody where the reader comes from', () => {
    const html = markdownToHtml('[a](https://a.example) <b@c.example> [d](/knowledge/d) https://e.example')
    expect(html.match(/<a /g)).to.have.length(4)
    expect(html.match(/rel="noopener noreferrer"/g)).to.have.length(4)
  })

  for (const text of [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](JAVASCRIPT&colon;alert(1))',
    '[x](vbscript:x) [y](file:///etc/passwd)',
    '[x](data:text/html,<script>alert(1)</script>)',
    '![x](https://evil.example/x.png)',
    '[x]: javascript:alert(1)\n\n[x]',
    '[a](https://a.example "\\" onmouseover=\\"alert(1)")',
    '<a href="https://a.example" style="position:fixed">x</a>',
    '<svg/onload=alert(1)>',
    '| <iframe src=//evil.example> |\n|---|\n| x |',
  ]) {
    it(`lets nothing run in ${text.split('\n')[0]}`, () => {
      const tags = markdownToHtml(text).match(/<[^>]*>/g) ?? []
      for (const tag of tags) {
        expect(tag).to.match(/^<\/?(h[2-6]|p|br|hr|ul|ol|li|blockquote|pre|code|strong|em|s|a|table|thead|tbody|tr|th|td|div)[\s>]/)
        expect(tag.replace(/"[^"]*"/g, '')).to.not.match(/\son|style|src/)
        expect(tag).to.not.match(/href="(?!https?:|mailto:|tel:|\/)/)
      }
    })
  }

  it('is read by the search engine without its marks', () => {
    expect(markdownToText('# Title\n\n**Bold** [link](https://a.example/path) `code`\nsame paragraph\n\n```\nfenced\n```')).to.equal(
      'Title\nBold link code same paragraph\nfenced',
    )
    expect(markdownToText('')).to.equal('')
  })

  it('answers soon, however deep it is', () => {
    const started = performance.now()
    for (const text of ['>'.repeat(20_000), '['.repeat(50_000), '*a '.repeat(30_000), '- '.repeat(5_000), '`'.repeat(99_999)])
      markdownToHtml(text)
    expect(performance.now() - started).to.be.lessThan(5_000)
  })
})
