/** HTML of one text as a part of a page with several: its headings a level lower. Only for what `markdownToHtml` made, where a `<` in the text is written `&lt;`. */
export const deeperHtml = (html: string): string =>
  html.replace(/<(\/?)h([2-5])(?=[\s>])/g, (_all, slash: string, level: string) => `<${slash}h${Number(level) + 1}`)
