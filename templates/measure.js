// ---- Measuring ------------------------------------------------------------------------------
// The page is opened by a browser without a window, which prints what the page then holds. What
// was measured goes into one attribute, and everything else goes away.

document.fonts.ready.then(() => {
  const slides = deckle.frames.map(frame => ({ key: frame.dataset.key, scale: Math.min(scaleOf(frame), 100) }));
  document.documentElement.replaceChildren();
  document.documentElement.dataset.measured = btoa(JSON.stringify(slides));
});
