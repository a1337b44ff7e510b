// The read view: the deck as an article with its pictures and with what is said, `?read`.
{
  const { root, make, slideOf } = deckle;
  const article = make('main', 'article');
  article.tabIndex = -1;
  deckle.deck.before(article);
  let written = null;

  function write() {
    if (written === deckle.frames) return;
    written = deckle.frames;
    article.replaceChildren();
    if (!slideOf(written[0])?.querySelector('h1')) make('h1', '', deckle.title, article);
    written.forEach((frame, i) => {
      const slide = slideOf(frame);
      if (!slide) return;
      const part = make('section', slide.matches('.layout-title, .layout-section') ? 'opening' : '', '', article), copy = deckle.copyOf(slide);
      part.id = `read-${i + 1}`;
      for (const el of copy.querySelectorAll('.slide-footer, .backdrop, .marker, .numeral, .ink, .narrow')) el.remove();
      // A wide table is scrolled, by keys too.
      for (const el of copy.querySelectorAll('.table')) el.tabIndex = 0;
      const notes = copy.querySelector('.notes');
      notes?.remove();
      copy.prepend(...copy.querySelectorAll('.title'));
      part.append(...copy.childNodes);
      if (notes?.textContent.trim()) make('div', 'said', '', part).append(...notes.childNodes);
    });
  }

  function show(is) {
    if (is) write();
    root.classList.toggle('read', is);
    article.hidden = !is;
    deckle.choosePlace();
    try {
      const url = new URL(location.href);
      if (is) url.searchParams.set('read', '');
      else url.searchParams.delete('read');
      history.replaceState(history.state, '', url);
    } catch { /* the address then stays as it is */ }
    const part = is && document.getElementById(`read-${deckle.at + 1}`);
    if (is && deckle.at) part?.scrollIntoView();
    (is ? article : deckle.frames[deckle.at])?.focus({ preventScroll: true });
  }

  /** The slide whose part is at the top of the window. */
  const topmost = () => [...article.querySelectorAll(':scope > section')].findLast(el => el.getBoundingClientRect().top < innerHeight / 3);

  function leave() {
    const n = +(topmost()?.id.slice(5) ?? 1);
    show(false);
    if (n !== deckle.at + 1) deckle.go(n - 1, 0);
  }
  deckle.moved.push(() => {
    if (!deckle.reading()) return;
    write();
    document.getElementById(`read-${deckle.at + 1}`)?.scrollIntoView();
  });
  deckle.opening.push(() => deckle.reading() && show(false));
  deckle.escaped.push(() => deckle.reading() && (leave(), true));
  deckle.bind({ where: 'Everywhere', keys: ['A'], text: 'Read it as an article with its notes, and back', run: () => !deckle.speaking && (deckle.reading() ? leave() : show(true)) });

  const door = make('button', 'ui door', 'Read with notes', deckle.deck);
  door.addEventListener('click', () => show(true));
  if (new URLSearchParams(location.search).has('read')) show(true);
  else article.hidden = true;
}
