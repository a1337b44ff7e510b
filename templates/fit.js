// Whether a slide's text fits, as the browser lays it out, and what is done if it does not.
const fitting = (() => {
  // The build has chosen a rung of the fit ladder by estimate; here the real fonts are known. This
  // runs after the slide is in the layout and before it is painted, so no jump is ever seen.

  const slideOf = frame => frame?.querySelector(':scope > .slide') ?? null;
  const FITS = ['fit-0', 'fit-1', 'fit-2', 'fit-3'];
  const TEXT = ':is(h1, h2, h3, h4, p, li, tr, pre, blockquote, figcaption, dt, dd, .math):not(.unseen *)';
  const PLACES = '.body, .slot, .agenda, blockquote';

  const widthOf = () => parseFloat(getComputedStyle(document.getElementById('deck')).getPropertyValue('--w')) || 1280;

  /** How many pixels the content stands out of the slide or of its own box; 0 if it fits. */
  function spill(slide) {
    const box = slide.getBoundingClientRect();
    if (!box.width) return 0;
    const u = box.width / widthOf();
    let worst = 0;
    for (const part of [slide, ...slide.querySelectorAll('.body, .slot, .agenda, .quote')]) {
      const b = part === slide ? box : part.getBoundingClientRect(), slack = part === slide ? 0 : 4 * u;
      for (const el of part.querySelectorAll(TEXT)) {
        const r = el.getBoundingClientRect();
        if (r.width || r.height) worst = Math.max(worst, Math.max(r.bottom - b.bottom, r.right - b.right, b.top - r.top, b.left - r.left) - slack);
      }
    }
    // A title fills its row, so its box ends where the row does; its lines may not.
    for (const el of slide.querySelectorAll('.title')) {
      worst = Math.max(worst, el.scrollHeight - el.clientHeight - 0.3 * parseFloat(getComputedStyle(el).fontSize));
    }
    // In some themes a title stands below the number and the icon of its slide, in the same area.
    const title = slide.querySelector(':scope > .title')?.getBoundingClientRect();
    for (const el of title ? slide.querySelectorAll(':scope > .marker > *') : []) {
      const r = el.getBoundingClientRect();
      if (r.left < title.right && title.left < r.right && r.top < title.bottom) worst = Math.max(worst, r.bottom - title.top);
    }
    for (const el of slide.querySelectorAll('pre, .table')) {
      worst = Math.max(worst, Math.max(el.scrollHeight - el.clientHeight, el.scrollWidth - el.clientWidth) - 4 * u);
    }
    return worst > 1 ? worst : 0;
  }

  // What may be done besides, and to what: words broken, a list that the build did not know for a long one set as
  // wide as the slide and in two columns, everything closer than looks well.
  const MORE = [['breaks', '.table'], ['dense', ':scope > .body > *'], ['in-two', ':scope > .body > :is(ul, ol) > :nth-child(6)'], ['closer', '*']];

  /** Takes that back. */
  function less(slide) {
    slide.classList.remove(...(slide.dataset.more ?? '').split(' ').slice(1));
    delete slide.dataset.more;
  }

  function setFit(slide, level, squeeze) {
    slide.classList.remove(...FITS);
    slide.classList.add(FITS[level]);
    if (squeeze) slide.style.setProperty('--squeeze', squeeze);
    else slide.style.removeProperty('--squeeze');
  }

  /** Footnotes stand at the foot: the slide gives up as many lines as they take here. */
  function foot(slide) {
    const notes = slide.querySelector(':scope > .footnotes');
    if (!notes) return;
    const u = slide.getBoundingClientRect().width / widthOf(), taken = Math.ceil((notes.getBoundingClientRect().height / u - 10) / 24);
    if (taken > (parseInt(slide.style.getPropertyValue('--notes')) || 1)) slide.style.setProperty('--notes', taken);
  }

  /** A formula does not break: one that is too wide shrinks alone. */
  function narrow(slide) {
    for (const el of slide.querySelectorAll('div.math')) {
      el.style.removeProperty('--shrink');
      if (el.scrollWidth > el.clientWidth + 1) el.style.setProperty('--shrink', (0.99 * el.clientWidth / el.scrollWidth).toFixed(3));
    }
  }

  /** Lets what stands out of its place be scrolled, with the keyboard too; printed it stands there in full. */
  function scroll(slide, on) {
    slide.classList.toggle('scrolls', on);
    for (const el of slide.querySelectorAll(PLACES)) {
      const long = on && (el.scrollHeight > el.clientHeight + 1 || el.scrollWidth > el.clientWidth + 1);
      el.classList.toggle('scroller', long);
      for (const [name, value] of [['tabindex', 0], ['role', 'region'], ['aria-label', slide.querySelector('.title')?.textContent || '…']]) {
        if (long) el.setAttribute(name, value);
        else if (el.getAttribute('role') === 'region' || name === 'aria-label') el.removeAttribute(name);
      }
    }
  }

  function fit(slide, afresh = false) {
    if (!slide || !afresh && slide.classList.contains('scrolls')) return;
    // A slide beside its source has a size of its own.
    slide.querySelectorAll(':scope > .inset > .slide').forEach(inner => fit(inner, afresh));
    narrow(slide);
    foot(slide);
    const built = +(slide.dataset.fit ?? Math.max(0, FITS.findIndex(f => slide.classList.contains(f))));
    if (afresh && slide.dataset.fit) {
      scroll(slide, false);
      less(slide);
      setFit(slide, built);
    }
    const before = spill(slide);
    if (!before) return;
    slide.dataset.fit = built;
    let level = built, left = before;
    while (left && level < 3 && !slide.matches('.fit-stay')) {
      setFit(slide, ++level);
      left = spill(slide);
    }
    for (const [more, what] of MORE) {
      if (!left || slide.matches(`.${more}`) || !slide.querySelector(what) || slide.matches('.fit-stay') && more !== 'breaks') continue;
      slide.classList.add(more);
      const now = spill(slide);
      if (now < left) {
        left = now;
        slide.dataset.more = `${slide.dataset.more ?? ''} ${more}`;
      } else slide.classList.remove(more);
    }
    // Whoever is to choose must see all there is to choose from.
    if (left && slide.matches('.fit-shrink, :has(.poll)')) left = squeezed(slide);
    if (!left) return;
    // What does not shrink with the type is no text: leave the slide as it was made.
    if (left >= before - 1) {
      setFit(slide, built);
      less(slide);
    }
    scroll(slide, true);
    // What has no place of its own to be scrolled in is rather small than lost.
    if (!slide.querySelector('.scroller')) {
      scroll(slide, false);
      squeezed(slide);
    }
  }

  /** Makes everything smaller until it fits; says how much still stands out. */
  function squeezed(slide) {
    let left = Infinity;
    for (let squeeze = 0.94; left && squeeze > 0.15; squeeze *= 0.94) {
      setFit(slide, 3, squeeze.toFixed(3));
      left = spill(slide);
    }
    return left;
  }

  return { fit, slideOf };
})();
