/** Markdown that tries to run `fired(number)` when it is shown, pointed at or clicked. */
export interface ScriptCase {
  tag: string
  event: string
  encoding: string
  context: string
  markdown: string
}

type Element = (handler: string) => string

const elements: Record<string, Element> = {
  img: handler => `<img src="x" ${handler}>`,
  svg: handler => `<svg ${handler}></svg>`,
  a: handler => `<a href="#x" ${handler}>x</a>`,
  b: handler => `<b ${handler}>x</b>`,
  p: handler => `<span ${handler}>x</span>`,
  input: handler => `<input value="x" ${handler}>`,
  video: handler => `<video src="x" ${handler}></video>`,
  details: handler => `<details open ${handler}>x</details>`,
  iframe: handler => `<iframe ${handler}></iframe>`,
  button: handler => `<button type="button" ${handler}>x</button>`,
  math: handler => `<math ${handler}><mi>x</mi></math>`,
  marquee: handler => `<marquee ${handler}>x</marquee>`,
  custom: handler => `<x-y tabindex="0" ${handler}>x</x-y>`,
}

export const events = ['error', 'load', 'click', 'mouseover', 'focus', 'toggle'] as const

/** Of a handler, as tags in Markdown may be written. */
const handlers: Record<string, (event: string, script: string) => string> = {
  'double quotes': (event, script) => `on${event}="${script}"`,
  'single quotes': (event, script) => `on${event}='${script}'`,
  'no quotes': (event, script) => `on${event}=${script}`,
  'capital letters': (event, script) => `ON${event.toUpperCase()}="${script}"`,
  'a line between': (event, script) => `on${event}\n=\n"${script}"`,
  entities: (event, script) => `on${event}="${[...script].map(sign => `&#x${sign.charCodeAt(0).toString(16)};`).join('')}"`,
}

const contexts: Record<string, (html: string) => string> = {
  'a paragraph': html => `Before ${html} after`,
  'a list': html => `- one\n- ${html}`,
  'a task': html => `- [ ] ${html}`,
  'a quote': html => `> ${html.replaceAll('\n', ' ')}`,
  'a heading': html => `# ${html.replaceAll('\n', ' ')}`,
  'a table': html => `| a |\n|---|\n| ${html.replaceAll('\n', ' ')} |`,
  emphasis: html => `**${html}**`,
  'the words of a link': html => `[${html}](https://a.example)`,
  'a footnote': html => `x[^1]\n\n[^1]: ${html.replaceAll('\n', ' ')}`,
}

/** Addresses that are scripts, as browsers still read them. */
const addresses: Record<string, (script: string) => string> = {
  plain: script => `javascript:${script}`,
  'capital letters': script => `JaVaScRiPt:${script}`,
  'a tab inside': script => `java&#9;script:${script}`,
  'a line inside': script => `java&#10;script:${script}`,
  entities: script => `&#106;avascript&colon;${script}`,
  'a control before': script => `&#1;javascript:${script}`,
  'an encoded script': script => `javascript:${script.replace('(', '%28').replace(')', '%29')}`,
}

const links: Record<string, (address: string) => string> = {
  'a link in Markdown': address => `[x](<${address}>)`,
  'a named link in Markdown': address => `[x][1]\n\n[1]: <${address}>`,
  'a link with a title': address => `[x](<${address}> "y")`,
  'a link as a tag': address => `<a href="${address}">x</a>`,
  'a link in a drawing': address => `<svg><a href="${address}"><text>x</text></a></svg>`,
  'an area': address => `<map name="m"><area href="${address}"></map>`,
}

/** Every tag with every event in every spelling everywhere, and every address in every kind of link everywhere. */
export function scriptCases(): ScriptCase[] {
  const cases: ScriptCase[] = []
  const add = (tag: string, event: string, encoding: string, context: string, html: string) =>
    cases.push({ tag, event, encoding, context, markdown: contexts[context]?.(html) ?? html })
  const script = () => `fired(${cases.length})`
  for (const [tag, element] of Object.entries(elements))
    for (const event of events)
      for (const [encoding, handler] of Object.entries(handlers))
        for (const context of Object.keys(contexts)) add(tag, event, encoding, context, element(handler(event, script())))
  for (const [tag, link] of Object.entries(links))
    for (const [encoding, address] of Object.entries(addresses))
      for (const context of ['a paragraph', 'a list', 'emphasis']) add(tag, 'following', encoding, context, link(address(script())))
  for (const context of Object.keys(contexts)) add('script', 'reading', 'plain', context, `<script>${script()}</script>`)
  return cases
}
