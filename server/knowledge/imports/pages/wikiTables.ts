/** Tables of wikitext as tables of Markdown: their first row is the head, attributes and captions go. */
export function wikiTables(text: string): string {
  return text.replace(/^\{\|[\s\S]*?^\|\}/gm, table => {
    const rows = rowsOf(table)
    const [head, ...others] = rows
    if (head === undefined) return ''
    const columns = Math.max(...rows.map(row => row.length))
    const line = (cells: readonly string[]) => `| ${Array.from({ length: columns }, (_none, at) => cells[at] ?? '').join(' | ')} |`
    return `\n${[line(head), `|${' --- |'.repeat(columns)}`, ...others.map(line)].join('\n')}\n`
  })
}

function rowsOf(table: string): string[][] {
  const rows: string[][] = [[]]
  for (const line of table.split('\n').slice(1)) {
    if (line.startsWith('|}')) break
    if (line.startsWith('|-')) rows.push([])
    else if (line.startsWith('|+')) continue
    else if (/^[|!]/.test(line)) rows.at(-1)?.push(...cellsOf(line))
    else addTo(rows.at(-1), line)
  }
  return rows.filter(row => row.length > 0)
}

const cellsOf = (line: string): string[] =>
  line
    .slice(1)
    .split(line.startsWith('!') ? /!!|\|\|/ : /\|\|/)
    .map(cell => cell.replace(/^[^|[\]]*\|(?!\|)/, '').trim())
    .map(cell => cell.replaceAll('|', '\\|'))

/** A cell goes on in the next line. */
function addTo(row: string[] | undefined, line: string): void {
  if (row === undefined || row.length === 0 || line.trim() === '') return
  row[row.length - 1] = `${row.at(-1)} ${line.trim()}`.trim()
}
