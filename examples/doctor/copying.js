// Copies a text to the clipboard. Where the browser does not allow that, shows the text selected, to copy by hand.

/** @param byId - finds a node of the page */
export function createCopier(byId) {
  return {
    /**
     * @param name - what is copied: `report` or `link`
     * @param isCurrent - whether the text is still wanted: the token can change while the browser asks for permission
     */
    async copy(name, text, isCurrent) {
      const isCopied = await write(text);
      if (!isCurrent()) return;
      byId('by-hand').hidden = isCopied;
      byId('copied').textContent = isCopied
        ? `The ${name} is copied.`
        : `The browser does not allow this page to copy. The ${name} is selected below. Press Ctrl+C or ⌘C to copy it.`;
      if (isCopied) return;
      byId('to-copy-label').textContent = `The ${name}, to copy by hand`;
      byId('to-copy').value = text;
      byId('to-copy').focus();
      byId('to-copy').select();
    },

    /** Removes what the last copying has shown. */
    clear() {
      byId('copied').textContent = '';
      byId('by-hand').hidden = true;
      byId('to-copy').value = '';
    },
  };
}

async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The browser refused, or the page is not on https or localhost and has no clipboard.
    return false;
  }
}
