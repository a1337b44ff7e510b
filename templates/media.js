// Films and sounds: what is meant to play does so while its slide is shown, and nothing plays
// elsewhere: not in the speaker view, not in the overview, not for those who ask for calm.
if (!deckle.speaking) {
  const { root, deck, slideOf } = deckle;
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  // Live lists: a watched deck gets new ones, and most decks have none.
  const films = deck.getElementsByTagName('video'), sounds = deck.getElementsByTagName('audio');
  const players = () => [...films, ...sounds];
  const startOf = el => +(el.dataset.start ?? 0);
  const begun = new WeakSet();

  /** Whether the step at which an element is seen has come, and is not over. */
  function seen(el) {
    for (let part = el.closest('[data-step]'); part; part = part.parentElement.closest('[data-step]')) {
      const { step, until } = part.dataset;
      if (root.classList.contains('stage') && (deckle.step < +step || deckle.step > +(until ?? Infinity))) return false;
    }
    return !el.closest('.notes');
  }

  /** The players of the slide that is shown. */
  function here() {
    const slide = deckle.overview() ? null : slideOf(deckle.frames[deckle.at]);
    return slide ? players().filter(el => slide.contains(el) && seen(el)) : [];
  }

  /** A file that several slides show stands in an export once. */
  function borrow(el) {
    if (el.hasAttribute('src') || !el.dataset.same) return;
    const owner = players().find(other => other.dataset.media === el.dataset.same);
    if (owner) el.src = owner.src.split('#')[0] + (el.dataset.part ?? '');
  }

  function play(el) {
    el.play().catch(() => { /* the browser does not want to, or it is gone by now */ });
  }

  function update() {
    const shown = new Set(here());
    for (const el of players()) {
      if (!shown.has(el)) {
        if (!el.paused) el.pause();
        begun.delete(el);
        continue;
      }
      borrow(el);
      if ('bare' in el.dataset) el.controls = false;
      if (!('play' in el.dataset) || begun.has(el)) continue;
      begun.add(el);
      if (calm.matches) continue;
      // Sound that nobody asked for is refused by browsers, and by people.
      el.muted = true;
      // A film behind a slide just goes on.
      if (el.readyState && !el.matches('.backdrop')) el.currentTime = startOf(el);
      play(el);
    }
  }

  function toggle() {
    const list = here(), on = list.filter(el => !el.paused);
    if (on.length) return on.forEach(el => el.pause());
    const el = list.find(el => !el.matches('.backdrop')) ?? list[0];
    if (el) play(el);
  }

  // Media events do not bubble.
  deck.addEventListener('timeupdate', e => {
    const el = e.target;
    if ('again' in el.dataset && el.currentTime >= +(el.dataset.end ?? Infinity)) el.currentTime = startOf(el);
  }, true);
  deck.addEventListener('ended', e => {
    if (!('again' in e.target.dataset)) return;
    e.target.currentTime = startOf(e.target);
    play(e.target);
  }, true);

  // A player's own controls let no key out, so one that was clicked on would keep the keys that
  // move the slides. One that was reached by Tab has them, but for those of a clicker.
  let tabbed = false, clicked = null;
  addEventListener('keydown', e => {
    tabbed = e.key === 'Tab';
    if (!clicked || tabbed || document.activeElement !== clicked) return;
    // The key was quicker than the focus, which a busy browser takes its time to give back.
    giveBack();
    e.preventDefault();
    e.stopImmediatePropagation();
    document.activeElement.dispatchEvent(new KeyboardEvent(e.type, e));
  }, true);
  addEventListener('pointerdown', () => (tabbed = false), true);
  function giveBack() {
    clicked = null;
    deckle.focusOn(deckle.frames[deckle.at]);
  }
  deck.addEventListener('focusin', e => {
    if (tabbed || !e.target.matches('video, audio')) return;
    clicked = e.target;
    // Not at once: the browser has not done with the click.
    setTimeout(giveBack);
  });
  deck.addEventListener('keydown', e => {
    if (!e.target.matches('video, audio') || !/^Page(Up|Down)$/.test(e.key)) return;
    e.preventDefault();
    e.key === 'PageDown' ? deckle.next() : deckle.back();
  }, true);

  deckle.bind({ where: 'Slides', keys: ['K'], text: 'Play or pause what is on the slide', run: toggle });
  deckle.moved.push(update);
  new MutationObserver(update).observe(root, { attributes: true, attributeFilter: ['class'] });
  calm.addEventListener('change', () => players().forEach(el => 'play' in el.dataset && el.pause()));
  addEventListener('beforeprint', () => players().forEach(el => el.pause()));
  update();
}
