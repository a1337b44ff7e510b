// ---- Measuring ------------------------------------------------------------------------------
// The page is opened by a browser without a window, which prints what the page then holds. What
// was measured goes into one attribute, and everything else goes away.

document.fonts.ready.then(async () => {
  const { frames } = deckle, slides = [];
  for (let at = 0; at < frames.length; at += 24) {
    const some = frames.slice(at, at + 24);
    scalesOf(some).forEach((scale, i) => slides.push({ key: some[i].dataset.key, scale: Math.min(scale, 100) }));
  }
  // A browser that cannot draw a page as a picture still says what fits.
  const pale = await grounds.pale(frames).catch(() => null);
  pale?.forEach((texts, at) => slides[at].pale = texts);
  const bytes = new TextEncoder().encode(JSON.stringify(slides));
  document.documentElement.replaceChildren();
  document.documentElement.dataset.measured = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
});
