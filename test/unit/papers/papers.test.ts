import { expect } from 'chai'
import { readConfig } from '../../../server/config.ts'
import { brokenLinks, readPaper, readPapers, settingsInExample, settingsInTable, settingsOf, unknownCommands } from './papers.ts'

const { scripts } = JSON.parse(readPaper('package.json').text) as { scripts: Record<string, string> }

describe('papers', () => {
  const papers = readPapers()

  it('link to what is there', () => {
    expect(papers.flatMap(brokenLinks)).to.deep.equal([])
    expect(papers.length).to.be.greaterThan(10)
  })

  it('that link to a missing file or heading are noticed', () => {
    const text = '[a](docs/nowhere.md) [b](README.md#no-such-heading) [c](README.md#two-commands) [d](https://example.org/x)'
    expect(brokenLinks({ file: 'made-up.md', text })).to.deep.equal([
      'made-up.md: docs/nowhere.md',
      'made-up.md: README.md#no-such-heading',
    ])
  })

  it('name commands that there are', () => {
    const named = ['README.md', 'CONTRIBUTING.md', 'docs/administration.md', 'docs/performance.md', 'docs/search-quality.md'].map(readPaper)
    expect(named.flatMap(paper => unknownCommands(paper, Object.keys(scripts)))).to.deep.equal([])
    expect(unknownCommands({ file: 'x.md', text: '`npm run fly` and `npm run demo`' }, ['demo'])).to.deep.equal(['x.md: npm run fly'])
  })

  it('list every decision', () => {
    const decisions = papers.filter(({ file }) => /decisions\/\d{4}-/.test(file)).map(({ file }) => file.split('/').at(-1) as string)
    const index = readPaper('docs/decisions/README.md').text
    expect(decisions.filter(file => !index.includes(`](${file})`))).to.deep.equal([])
    expect(decisions).to.have.length.greaterThan(5)
  })
})

describe('settings', () => {
  const accepted = settingsOf(readPaper('server/config.ts').text).sort()
  const example = readPaper('.env.example').text

  it('are all in the table of the README and in .env.example, and no others', () => {
    expect(accepted).to.include('LOG_LEVEL').and.to.have.length.greaterThan(10)
    expect(settingsInTable(readPaper('README.md').text).sort()).to.deep.equal(accepted)
    expect(settingsInExample(example).sort()).to.deep.equal(accepted)
  })

  it('of .env.example are the defaults', () => {
    const given = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name as string, value as string])
    expect(given).to.have.length.greaterThan(4)
    expect(readConfig(Object.fromEntries(given))).to.deep.equal(readConfig({}))
  })

  it('of the table have the defaults that the code has', () => {
    const rows = readPaper('README.md').text.matchAll(/^\| `([A-Z_]+)` \| (.+?) \|/gm)
    const shown = Object.fromEntries(
      [...rows].map(([, name, value = '']) => [name, value === 'none' ? undefined : value.replaceAll('`', '')]),
    )
    const defaults: Readonly<Record<string, unknown>> = readConfig({})
    for (const name of accepted) expect(shown[name], name).to.equal(defaults[name] === undefined ? undefined : String(defaults[name]))
  })
})
