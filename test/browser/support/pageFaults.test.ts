import { expect } from 'chai'
import { pageFaults } from './pageFaults.ts'

const page = (main: string, title = 'A page') =>
  `<html lang="en"><head><title>${title}</title></head><body><header>Skillpool</header><main><h1>A page</h1>${main}</main></body></html>`

const planted: Record<string, [string, RegExp]> = {
  'a page without language': [page('').replace(' lang="en"', ''), /no language/],
  'a page without title': [page('', ''), /no title/],
  'two first headings': [page('<h1>Another</h1>'), /2 times h1/],
  'words outside all landmarks': [page('').replace('<main>', '<p>Lost</p><main>'), /in no landmark/],
  'a field without label': [page('<input name="q">'), /has no label/],
  'an empty link': [page('<a href="/"> </a>'), /says nothing/],
  'checkboxes without legend': [page('<fieldset></fieldset>'), /has no legend/],
  'several navigations without names': [page('<nav aria-label="Main"></nav><nav></nav>'), /has no name/],
  'a picture without alt text': [page('<img src="/a.png">'), /has no alt text/],
  'a label of nothing': [page('<label for="gone">Name</label>'), /nothing has the id gone/],
  'a link to nothing': [page('<a href="#gone">Title</a>'), /nothing has the id gone/],
  'an id that is there twice': [page('<p id="a"></p><p id="a"></p>'), /the id a/],
  'a level of headings left out': [page('<h3>Deep</h3>'), /left out before an h3/],
  'a heading of a row without scope': [page('<table><tbody><tr><th>A</th><td>1</td></tr></tbody></table>'), /has no scope/],
  'a list with something else in it': [page('<ul><p>Not a part</p></ul>'), /no part of it/],
}

describe('the check of accessibility', () => {
  it('finds nothing wrong with a page that is right', () => {
    expect(pageFaults(page('<h2>More</h2><label for="q">Words</label><input id="q" name="q"><img src="/a.png" alt="">'))).to.deep.equal([])
  })

  for (const [what, [html, fault]] of Object.entries(planted)) {
    it(`finds ${what}`, () => {
      expect(pageFaults(html).join('\n')).to.match(fault)
    })
  }
})
