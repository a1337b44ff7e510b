// ---- On paper -------------------------------------------------------------------------------
// The page is opened by a browser without a window, which prints it or takes its picture: the
// frames of all slides in their order, each whole, with what is said where that is wanted.
{
  const { root, deck, frames, slideOf, stepsOf, titleOf, reveal, fit, make } = deckle;
  const { paper, each, steps } = root.dataset;
  const total = getComputedStyle(deck).getPropertyValue('--total').replace(/\D/g, '');
  root.className = deckle.served;
  document.title = deckle.title;
  for (const el of document.querySelectorAll('body > :not(#deck, svg, script), #deck > :not(.frame)')) el.remove();
  for (const frame of frames) {
    frame.classList.remove('current');
    frame.style.removeProperty('--ground');
    frame.dataset.nth = frame.id;
    for (const name of ['role', 'aria-roledescription', 'aria-label', 'tabindex']) frame.removeAttribute(name);
    for (const el of frame.querySelectorAll('.slide-number')) el.textContent = `${frame.id} / ${total}`;
  }

  /** Bookmarks are made of headings: slides stand below their section, what is on them below their title. */
  let inSection = false;
  for (const frame of frames) {
    const slide = slideOf(frame);
    const isFirst = frame.id === '1' && slide.matches('.layout-title');
    const leads = slide.matches('.layout-title, .layout-section, .layout-closing');
    const level = isFirst ? 1 : inSection && !leads ? 3 : 2;
    if (leads) inSection = slide.matches('.layout-section');
    for (const el of slide.querySelectorAll('h1, h2, h3, h4')) {
      const below = el.matches('.title') && !el.closest('.inset') ? 0 : Math.max(1, el.tagName[1] - 2);
      el.setAttribute('aria-level', Math.min(6, level + below));
    }
  }

  /** A page for each step; the title is a bookmark on the first of them only. */
  if (steps !== undefined) {
    for (const frame of frames) {
      const last = stepsOf(frame);
      for (let s = 0; s <= last; s++) {
        const page = s < last ? frame.cloneNode(true) : frame;
        page.classList.add('printed');
        reveal(slideOf(page), s);
        if (page !== frame) frame.before(page);
        if (s === 0) continue;
        page.querySelectorAll('h1, h2, h3, h4').forEach(el => el.setAttribute('role', 'paragraph'));
        page.removeAttribute('id');
        page.querySelectorAll('[id]').forEach(el => el.removeAttribute('id'));
      }
    }
  }

  /** What is said stands beside or below its slide, and flows on where there is more of it. */
  // Not in the deck itself: how that stands in print is not for us to say.
  const sheet = make('div', 'sheet', '', deck), columns = each === '6' ? 2 : 1;
  let row = null;
  for (const frame of deck.querySelectorAll(':scope > .frame')) {
    const slide = slideOf(frame), notes = slide.querySelector(':scope > .notes');
    notes?.remove();
    if (paper === 'slide') continue;
    if (!row || row.childElementCount === columns || paper === 'contact') row = make('div', 'row', '', sheet);
    const entry = make('div', 'entry', '', row);
    entry.append(frame);
    const said = paper === 'handout' ? make('div', 'said', '', entry) : entry;
    const name = paper === 'handout' ? '' : titleOf(frame);
    make('p', 'nth', [frame.dataset.nth, name].filter(Boolean).join(' · '), said);
    if (notes?.textContent.trim()) said.append(...notes.childNodes);
    else if (paper === 'handout') make('div', 'blank', '', said);
  }

  /** A picture is told by its own words, a formula by what is written for it. */
  for (const el of deck.querySelectorAll('figure')) el.setAttribute('role', 'none');
  for (const el of deck.querySelectorAll('.katex')) {
    el.setAttribute('role', 'img');
    el.setAttribute('aria-label', el.querySelector('.katex-mathml')?.textContent ?? '');
    el.querySelector('.katex-mathml')?.remove();
    el.querySelector('.katex-html')?.removeAttribute('aria-hidden');
  }

  /** Blanks at the ends of lines are kept where nothing but a line of text is in an element. */
  const LINES = ':is(h1, h2, h3, h4, p, li, td, th, dt, dd, figcaption, .agenda-title)';
  const WITHIN = 'p, ul, ol, dl, div, pre, table, blockquote, figure, svg, br, .katex, .math, aside';
  for (const el of deck.querySelectorAll(LINES)) {
    if (el.querySelector(WITHIN) || el.closest('pre, svg, .math')) continue;
    const texts = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
    let last = ' ', text;
    while ((text = texts.nextNode())) {
      text.data = (last + text.data).replace(/\s+/g, ' ').slice(last.length);
      if (text.data) last = text.data.endsWith(' ') ? ' ' : '';
    }
    el.classList.add('kept');
  }

  /** A film is a picture on paper; and a browser that prints waits for ever for one that may play. */
  const sources = new Map([...deck.querySelectorAll('video[data-media]')].map(el => [el.dataset.media, el.src]));
  const still = (film, tag) => {
    const el = make(tag, film.className);
    el.setAttribute('role', 'img');
    el.setAttribute('aria-label', film.getAttribute('aria-label') ?? '');
    el.style.cssText = film.style.cssText;
    el.width = film.videoWidth || film.width;
    el.height = film.videoHeight || film.height;
    film.replaceWith(el);
    return el;
  };
  for (const film of deck.querySelectorAll('video')) {
    if (film.poster) {
      still(film, 'img').src = film.poster;
      continue;
    }
    const draw = () => {
      const shot = document.createElement('canvas');
      Object.assign(shot, { width: film.videoWidth, height: film.videoHeight });
      shot.getContext('2d').drawImage(film, 0, 0);
      // A film beside the file may be shown, but its picture not be taken out.
      try {
        still(film, 'img').src = shot.toDataURL('image/jpeg', 0.9);
      } catch { /* its place stays empty */ }
    };
    const { start } = film.dataset;
    // Its first picture is there for certain only behind a jump.
    const begin = () => (film.currentTime = +(start ?? 0) || 0.01);
    film.addEventListener('error', () => still(film, 'img'), { once: true });
    film.addEventListener('seeked', draw, { once: true });
    film.preload = 'auto';
    if (!film.src) film.src = sources.get(film.dataset.same) ?? '';
    if (film.readyState > 1) begin();
    else film.addEventListener('loadeddata', begin, { once: true });
  }
  for (const sound of deck.querySelectorAll('audio')) sound.remove();

  /** A row keeps its place on a sheet if it fits there. More flows on, and the next one follows at once. */
  function place() {
    const whole = parseFloat(getComputedStyle(sheet).getPropertyValue('--place')) / 25.4 * 96;
    for (const row of paper === 'handout' ? sheet.children : []) {
      const { height } = row.getBoundingClientRect();
      row.classList.toggle('short', height <= whole);
      // A margin is left out where a sheet ends, so it makes none that is empty.
      row.style.marginBottom = `${Math.max(0, whole - height)}px`;
    }
  }

  document.fonts.ready.then(() => {
    for (const frame of deck.querySelectorAll('.frame')) fit(slideOf(frame), true);
    place();
  });
}
