import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { CannotStart } from '../../../server/failures.ts'
import { readJudgements, readQueries } from '../../../server/search/evaluation/judgedSet.ts'

describe('a judged set', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'skillpool-judged-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  const fileWith = (name: string, text: string) => {
    const file = join(folder, name)
    writeFileSync(file, text)
    return file
  }

  it('reads query, document and grade, whatever the ids look like', async () => {
    const read = await readJudgements(fileWith('plain.tsv', '1\t1410\t1\n1\t7\t0\n\nq-2\tdoc/9\t2\r\n'))
    expect([...(read.get('1') ?? [])]).to.deep.equal([
      ['1410', 1],
      ['7', 0],
    ])
    expect(read.get('q-2')?.get('doc/9')).to.equal(2)
  })

  it('reads the four columns of TREC and passes over a header', async () => {
    const read = await readJudgements(fileWith('trec.tsv', 'query-id\tcorpus-id\tscore\n3 0 d1 2\n'))
    expect(read.get('3')?.get('d1')).to.equal(2)
    expect(read.size).to.equal(1)
  })

  it('keeps the spaces of a name when tabs separate', async () => {
    const read = await readJudgements(fileWith('people.tsv', '1\tPerlis, A. J.\t1\n'), /\t/)
    expect(read.get('1')?.get('Perlis, A. J.')).to.equal(1)
  })

  it('names the line that is wrong', async () => {
    const failure = await readJudgements(fileWith('wrong.tsv', '1\td1\t1\n1\td2\tgood\n')).catch(error => error)
    expect(failure).to.be.instanceOf(CannotStart)
    expect(failure.message).to.contain('line 2')
    const query = await readQueries(fileWith('wrong.jsonl', '{"id":1}\n')).catch(error => error)
    expect(query.message).to.contain('line 1')
  })

  it('says when there is no such file', async () => {
    const failure = await readJudgements(join(folder, 'none.tsv')).catch(error => error)
    expect(failure).to.be.instanceOf(CannotStart)
  })

  it('reads queries with numbers as ids', async () => {
    expect(await readQueries(fileWith('queries.jsonl', '{"id":4,"text":"time sharing"}\n'))).to.deep.equal([
      { id: '4', text: 'time sharing' },
    ])
  })
})
