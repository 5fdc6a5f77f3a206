import { expect } from 'chai'
import { longestTexts } from '../../../scripts/benchmark/longestTexts.ts'
import { markdownToHtml, markdownToText, readMarkdown } from '../../../server/documents/markdown.ts'

/** Characters of HTML for one of the text: a note that is referred to again and again takes the most. */
const mostDrawn = 30

describe('Markdown', () => {
  it('becomes headings from the second level on, lists, tables and code that can be scrolled', () => {
    const html = markdownToHtml('# A\n## B\n\n1. x\n\n| h |\n|---|\n| c |\n\n```\n<b>\n```')
    for (const part of [
      '<h2 id="prose-a">A</h2>',
      '<h2 id="prose-b">B</h2>',
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
        expect(tag).to.match(
          /^<\/?(h[2-6]|p|br|hr|ul|ol|li|blockquote|pre|code|strong|em|s|a|table|thead|tbody|tr|th|td|div|section|sup|span)[\s>]/,
        )
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

  it('says what is done and what is to do, and leads to notes and back', () => {
    const html = markdownToHtml('- [ ] pack\n- [x] ask\n- [y] neither\n\nSure[^1].\n\n[^1]: Asked **twice**.')
    expect(html).to.include('<li class="task"><span class="govuk-visually-hidden">To do: </span>pack')
    expect(html).to.include('<li class="task task--done"><span class="govuk-visually-hidden">Done: </span>ask')
    expect(html).to.include('<li>[y] neither')
    expect(html).to.include('<a href="#fn-prose-1"').and.include('<li id="fn-prose-1"><p>Asked <strong>twice</strong>.')
    expect(html).to.include('<a href="#fnref-prose-1" aria-label="Back to where note 1 is"')
    expect(markdownToText('- [x] ask\n\nSure[^1].\n\n[^1]: Asked **twice**.')).to.equal('ask\nSure.\nAsked twice.')
  })

  it('gives headings ids that stay, differ, and are never the page’s own', () => {
    const { headings } = readMarkdown('# Main\n\n## `main` & more\n\n### Main\n\n## !!\n\n## Déjà vu').draw()
    expect(headings).to.deep.equal([
      { id: 'prose-main', text: 'Main', level: 2 },
      { id: 'prose-main-more', text: 'main & more', level: 2 },
      { id: 'prose-main--2', text: 'Main', level: 3 },
      { id: 'prose-section', text: '!!', level: 2 },
      { id: 'prose-deja-vu', text: 'Déjà vu', level: 2 },
    ])
    const inComment = markdownToHtml('# A\n\nx[^1] y[^1]\n\n[^1]: z', 'c1')
    const ids = [...inComment.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(ids).to.deep.equal(['prose-c1-a', 'fnref-prose-c1-1', 'fnref-prose-c1-1:1', 'fn-prose-c1-1'])
  })

  it('links to records by the title of today; what is not there for the reader stays in words', () => {
    const text = '[Old *name*](skillpool:article/moving) [Ann](skillpool:person/ann) [x](skillpool:secret/x) [y](skillpool:article/../z)'
    const known = readMarkdown(text)
    expect(known.links).to.deep.equal(['article/moving', 'person/ann'])
    const { html } = known.draw(new Map([['article/moving', '<New>']]))
    expect(html).to.include('<a href="/knowledge/moving" rel="noopener noreferrer">&lt;New&gt;</a>')
    expect(html).to.include('<span class="missing-link">Ann <span class="muted">(not available)</span></span>')
    expect(html).to.not.include('skillpool:').and.not.include('Old')
    expect(markdownToHtml(text)).to.include('<a href="/knowledge/moving" rel="noopener noreferrer">Old <em>name</em></a>')
  })

  it('shows the pictures that it is given, by name, and the words of all others', () => {
    const href = '/knowledge/hosts/attachments/0123456789abcdef01234567'
    const pictures = new Map([
      ['the rack.png', { href, width: 800, height: 600 }],
      ['evil.png', { href: 'https://evil.example/x.png', width: 1, height: 1 }],
    ])
    const read = readMarkdown('![A "*rack*"](<the rack.png>) ![x](evil.png) ![out](https://evil.example/x.png) ![](gone.png)')
    expect(read.hasPictures).to.equal(true)
    const { html } = read.draw(undefined, pictures)
    expect(html).to.include(`<img src="${href}" alt="A &quot;rack&quot;" width="800" height="600" loading="lazy" />`)
    expect(html).to.not.include('evil.example')
    expect(html).to.include('out <span class="muted">(picture not available)</span>').and.include('gone.png <span')
    expect(readMarkdown('[x](y.png)').hasPictures).to.equal(false)
    expect(markdownToHtml('![The rack](rack.png)')).to.include('The rack <span class="muted">(picture not available)')
    expect(markdownToText('![The rack](rack.png)')).to.equal('The rack')
  })

  it('shows a diagram as its text', () => {
    const read = readMarkdown('```mermaid\ngraph TD\nA-->B["<script>"]\n```')
    expect(read.hasDiagram).to.equal(true)
    expect(read.draw().html).to.include('<pre tabindex="0" class="diagram"><code>graph TD\nA--&gt;B["&lt;script&gt;"]')
    expect(readMarkdown('```js\ngraph\n```').hasDiagram).to.equal(false)
  })

  // What a text costs is bounded by what it is drawn as; `npm run bench` says how long the slowest takes.
  for (const { name, text } of longestTexts())
    it(`is drawn in bounded length when it is ${name} from end to end`, () => {
      const drawnLength = markdownToHtml(text).length
      expect(drawnLength)
        .to.be.greaterThan(0)
        .and.at.most(mostDrawn * text.length)
    })
})
