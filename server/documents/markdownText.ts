const signs = /[\\`*_[\]<>|~#&!]/g
/** What would begin a list, where it begins a line. */
const listMark = /^([-+]|\d+[.)])(?=\s)/

/** A line of plain text as Markdown that shows it as it is. */
export const asMarkdownText = (line: string): string =>
  line
    .replace(/\s+/g, ' ')
    .trim()
    .replace(signs, sign => `\\${sign}`)
    .replace(listMark, mark => `${mark.slice(0, -1)}\\${mark.slice(-1)}`)
