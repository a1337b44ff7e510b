// The slide behind the present one is laid out while nobody waits, so that a key has only to show it.
if (!deckle.speaking) {
  const { root, slideOf } = deckle;
  const idly = globalThis.requestIdleCallback?.bind(globalThis) ?? (run => setTimeout(run, 50));
  let ready = null, asked = false;

  function prepare() {
    asked = false;
    const isStage = root.classList.contains('stage') && !deckle.overview();
    const next = (isStage && deckle.frames[deckle.at + 1]) || null;
    if (next === ready) return;
    if (ready) wings.cast(ready, 'ahead', false);
    ready = next;
    if (!ready) return;
    wings.cast(ready, 'ahead', true);
    deckle.fit(slideOf(ready));
  }

  function ask() {
    if (!asked) idly(prepare, { timeout: 500 });
    asked = true;
  }

  deckle.moved.push(ask);
  document.fonts?.ready.then(ask);
}
