// The search in the overview: slides by any words of their text or notes.
{
  const { make, hits } = deckle;
  const bar = make('div', 'ui find');
  bar.setAttribute('role', 'search');
  const field = make('input', '', '', bar), told = make('span', '', '', bar);
  field.type = 'search';
  field.placeholder = 'Search text and notes';
  field.setAttribute('aria-label', field.placeholder);
  deckle.deck.before(bar);

  // Accents and case do not count.
  const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

  function sift() {
    const words = plain(field.value).split(/\s+/);
    for (const frame of deckle.frames) {
      // The foot says the same on every slide.
      const text = plain([...deckle.slideOf(frame)?.querySelectorAll(':scope > :not(.slide-footer)') ?? []].map(el => el.textContent).join(' '));
      frame.classList.toggle('miss', !words.every(word => text.includes(word)));
    }
    const n = hits().length;
    told.textContent = field.value && `${n} slide${n === 1 ? '' : 's'}`;
    deckle.announce(told.textContent);
  }
  field.addEventListener('input', sift);
  field.addEventListener('keydown', e => {
    const to = { Enter: () => hits()[0] && deckle.open(deckle.frames.indexOf(hits()[0])), ArrowDown: () => deckle.choose(0), Escape: deckle.closeOverview }[e.key];
    if (!to || e.isComposing) return;
    e.preventDefault();
    to();
  });
  deckle.opening.push(() => {
    field.value = told.textContent = '';
  });

  deckle.bind({ where: 'Everywhere', keys: ['/'], text: 'Search the text and notes of all slides', run: () => {
    deckle.openOverview();
    if (deckle.overview()) field.select();
  } });
}
