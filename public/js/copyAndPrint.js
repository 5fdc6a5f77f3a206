/** Buttons that only scripts can serve stay hidden without them. */
export function offerSharing(page = document) {
  for (const button of page.querySelectorAll('[data-copy-link]')) offer(button, () => copyLink(button))
  for (const button of page.querySelectorAll('[data-print]')) offer(button, () => window.print())
}

function offer(button, act) {
  button.addEventListener('click', act)
  button.parentElement.hidden = false
}

async function copyLink(button) {
  const words = button.textContent
  button.textContent = (await isCopied(window.location.href)) ? 'Link copied' : 'Copy it from the address line'
  announce(button)
  setTimeout(() => {
    button.textContent = words
  }, 4_000)
}

function announce(button) {
  button.setAttribute('aria-live', 'polite')
}

async function isCopied(address) {
  try {
    await navigator.clipboard.writeText(address)
    return true
  } catch {
    return false
  }
}
