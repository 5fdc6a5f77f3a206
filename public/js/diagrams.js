const frameAddress = '/knowledge/diagrams/frame'
const highest = 4_000

/** Draws diagrams from their text, each in a frame that is closed in; the text stays below. */
export function drawDiagrams(part = document) {
  for (const [place, text] of [...part.querySelectorAll('pre.diagram')].entries()) draw(text, place + 1)
}

function draw(text, number) {
  const frame = document.createElement('iframe')
  frame.sandbox = 'allow-scripts'
  frame.title = `Diagram ${number}`
  frame.className = 'diagram-frame'
  frame.height = '0'
  frame.addEventListener('load', () => frame.contentWindow.postMessage({ diagram: text.textContent }, '*'), { once: true })
  const figure = document.createElement('div')
  listen(frame, figure, text)
  frame.src = frameAddress
  text.replaceWith(figure)
  figure.append(frame, folded(text))
}

/** Whatever the frame says is a number or a failure, nothing else. */
function listen(frame, figure, text) {
  const hear = ({ source, data }) => {
    if (!figure.isConnected) return removeEventListener('message', hear)
    if (source !== frame.contentWindow) return
    if (Number.isFinite(data?.height)) frame.height = String(Math.min(highest, Math.max(0, data.height)))
    if (data?.failed !== true) return
    removeEventListener('message', hear)
    figure.replaceWith(problem(), text)
  }
  addEventListener('message', hear)
}

function folded(text) {
  const details = document.createElement('details')
  const summary = document.createElement('summary')
  details.className = 'diagram-text'
  summary.textContent = 'The diagram as text'
  details.append(summary, text)
  return details
}

function problem() {
  const said = document.createElement('p')
  said.className = 'muted'
  said.textContent = 'This diagram could not be drawn: its text has a mistake.'
  return said
}
