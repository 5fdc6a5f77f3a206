/**
 * HTML of one text as a part of a page with several: headings a level lower, ids with the name of the part before them, and the links to these ids.
 * Only for what `markdownToHtml` made: there a `<` in the text is written `&lt;`.
 */
export const deeperHtml = (html: string, part: string): string =>
  html.replace(/<[^>]*>/g, tag =>
    tag
      .replace(/^<(\/?)h([2-5])(?=[\s>])/, (_all, slash: string, level: string) => `<${slash}h${Number(level) + 1}`)
      .replace(/\s(id|aria-labelledby|aria-describedby)="([^"]*)"/g, ` $1="${part}-$2"`)
      .replace(/\shref="#([^"]+)"/g, ` href="#${part}-$1"`),
  )
