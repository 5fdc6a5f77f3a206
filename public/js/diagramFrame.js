/** Draws the one text that the page around this frame sends, and says how high the drawing is. */
const drawing = document.getElementById('drawing')
const tell = message => parent.postMessage(message, '*')
const isDark = matchMedia('(prefers-color-scheme: dark)').matches

globalThis.mermaid.initialize({
  startOnLoad: false,
  securityLevel: 'strict',
  theme: isDark ? 'dark' : 'neutral',
  fontFamily: 'system-ui, sans-serif',
  suppressErrorRendering: true,
})

// A drawing leads nowhere: links in it would lead this frame away, not the page.
addEventListener('click', event => event.preventDefault(), true)

addEventListener('message', async ({ source, data }) => {
  if (source !== parent || typeof data?.diagram !== 'string') return
  try {
    const { svg } = await globalThis.mermaid.render('diagram', data.diagram)
    drawing.innerHTML = svg
    new ResizeObserver(() => tell({ height: Math.ceil(drawing.getBoundingClientRect().height) })).observe(drawing)
  } catch {
    tell({ failed: true })
  }
})
