// ---- Measuring ------------------------------------------------------------------------------
// The page is opened by a browser without a window, which prints what the page then holds. What
// was measured goes into one attribute, and everything else goes away.

document.fonts.ready.then(async () => {
  const slides = deckle.frames.map(frame => ({ key: frame.dataset.key, scale: Math.min(scaleOf(frame), 100) }));
  // A browser that cannot draw a page as a picture still says what fits.
  const pale = await grounds.pale(deckle.frames).catch(() => null);
  pale?.forEach((texts, at) => slides[at].pale = texts);
  const bytes = new TextEncoder().encode(JSON.stringify(slides));
  document.documentElement.replaceChildren();
  document.documentElement.dataset.measured = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
});
