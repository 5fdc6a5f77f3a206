import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { CannotStart } from '../../../server/failures.ts'
import { csvLine } from '../../../server/tables/csvLine.ts'
import { openTable } from '../../../server/tables/openTable.ts'
import { longestRowBytes, type TableRow } from '../../../server/tables/table.ts'

describe('a table file', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'skillpool-table-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  const fileWith = (name: string, content: string | Buffer) => {
    const file = join(folder, name)
    writeFileSync(file, content)
    return file
  }
  const rowsOf = async (name: string, content: string | Buffer): Promise<TableRow[]> => {
    const rows: TableRow[] = []
    for await (const row of (await openTable(fileWith(name, content))).rows) rows.push(row)
    return rows
  }
  const failureOf = (name: string, content: string | Buffer) =>
    rowsOf(name, content).then(
      () => undefined,
      error => error,
    )

  it('reads CSV with a byte order mark, quotes and lines inside cells, and counts the lines of the file', async () => {
    const rows = await rowsOf('people.csv', '\ufeffid, name,about\r\n1,"Owen, ""Bill""","first\r\nsecond"\r\n\r\n2,Ann Lee,\r\n')
    expect(rows).to.deep.equal([
      { line: 2, cells: { id: '1', name: 'Owen, "Bill"', about: 'first\nsecond' } },
      { line: 5, cells: { id: '2', name: 'Ann Lee' } },
    ])
  })

  it('refuses a row with more cells than columns, and one with a quotation mark out of place, and goes on', async () => {
    const rows = await rowsOf('wrong.csv', 'id,name\n1,a,b\n2,"x"y"\n3,c\n')
    const problems = rows.filter(row => 'problem' in row).map(row => row.line)
    expect(problems).to.include(2)
    expect(problems).to.include(3)
  })

  it('stops when the columns are wrong, the file is empty, not text, a folder or not there', async () => {
    expect(await failureOf('twice.csv', 'id,id\n1,2\n'))
      .to.be.instanceOf(CannotStart)
      .with.property('message')
      .that.contains('"id" is there twice')
    expect(await failureOf('semicolons.csv', 'id;name\n1;a\n'))
      .to.have.property('message')
      .that.contains('commas')
    expect(await failureOf('empty.csv', ''))
      .to.have.property('message')
      .that.contains('empty')
    expect(await failureOf('latin.csv', Buffer.from('id,name\n1,Zo\xeb\n', 'latin1')))
      .to.have.property('message')
      .that.contains('UTF-8')
    expect(await failureOf('table.xlsx', 'PK'))
      .to.have.property('message')
      .that.contains('.csv or .jsonl')
    expect(await openTable(join(folder, 'none.csv')).catch(error => error))
      .to.have.property('message')
      .that.contains('no such file')
  })

  it('reads an object on each line, however the lines end, and says which are none', async () => {
    const rows = await rowsOf('rows.jsonl', '\ufeff{"id":1}\r\n\n[1]\n{"id":\n{"id":"\u00e9"}')
    expect(rows.filter(row => 'cells' in row)).to.deep.equal([
      { line: 1, cells: { id: 1 } },
      { line: 5, cells: { id: '\u00e9' } },
    ])
    expect(rows.filter(row => 'problem' in row).map(row => row.line)).to.deep.equal([3, 4])
  })

  it('refuses a line that would fill the memory, and reads the next', async () => {
    const rows = await rowsOf('long.jsonl', `{"id":"${'x'.repeat(longestRowBytes)}"}\n{"id":2}\n`)
    expect(rows[0]).to.have.property('problem').that.contains('4 MB')
    expect(rows[1]).to.deep.equal({ line: 2, cells: { id: 2 } })
  })

  it('refuses a line that is not UTF-8, and reads the next', async () => {
    const rows = await rowsOf('latin.jsonl', Buffer.concat([Buffer.from('{"id":"Zo\xeb"}\n', 'latin1'), Buffer.from('{"id":2}\n')]))
    expect(rows.map(row => ('problem' in row ? row.problem : 'read'))).to.deep.equal(['is not UTF-8 text', 'read'])
  })

  it('says how much of the file has been read', async () => {
    const table = await openTable(fileWith('size.jsonl', '{"id":1}\n{"id":2}\n'))
    for await (const _row of table.rows);
    expect(table.bytesRead()).to.equal(table.sizeBytes)
  })

  it('writes what a spreadsheet reads as text, not as a formula', () => {
    expect(csvLine([3, '=HYPERLINK("x")', 'a,b'])).to.equal('3,"\'=HYPERLINK(""x"")","a,b"\r\n')
  })
})
