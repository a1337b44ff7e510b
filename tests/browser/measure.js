// What is wrong with the place of things on a slide. Runs inside the page; returns sentences.
(() => {
  const words = node => (node.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 50);
  const seen = el => el.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const px = n => Math.round(n * 10) / 10;

  /** What is meant to be seen or read, without what only decorates. */
  function parts(slide) {
    const res = [];
    const walk = el => {
      // The MathML of a formula is for screen readers: all of it is clipped away.
      if (el.matches('.notes, .unseen, .katex-mathml, style, script, template') || !seen(el)) return;
      if (el !== slide) res.push(el);
      // The inside of a drawing has a space of its own.
      if (el instanceof SVGElement) return;
      for (const child of el.children) walk(child);
    };
    walk(slide);
    return res;
  }

  /** The boxes of each line of text with the element that holds it. */
  function lines(slide) {
    const res = [], walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) {
      const el = node.parentElement;
      if (!node.data.trim() || el.closest('.notes, .unseen, .katex-mathml, svg') || !seen(el)) continue;
      const range = document.createRange(), style = getComputedStyle(el);
      range.selectNodeContents(node);
      for (let box of range.getClientRects()) {
        // A line that ends in an ellipsis is meant to.
        if (style.textOverflow === 'ellipsis' && style.overflowX !== 'visible') box = { left: box.left, top: box.top, bottom: box.bottom, right: Math.min(box.right, el.getBoundingClientRect().right) };
        if (box.right - box.left > 1 && box.bottom - box.top > 1) res.push({ box, el, text: words(node), size: parseFloat(style.fontSize) });
      }
    }
    return res;
  }

  const out = (box, frame, slack = 1) => Math.max(frame.left - box.left, frame.top - box.top, box.right - frame.right, box.bottom - frame.bottom) > slack;
  const name = el => `${el.localName}${el.className.baseVal ?? el.className ? '.' + String(el.className.baseVal ?? el.className).trim().split(/\s+/).join('.') : ''}`;
  const show = b => `${px(b.left)},${px(b.top)}–${px(b.right)},${px(b.bottom)}`;

  /** `column`: the slide stands in a page that is scrolled, so only its sides are the window's. */
  function faultsOf(slide, column) {
    const faults = [], frame = slide.getBoundingClientRect();
    const view = { left: 0, top: column ? -1e9 : 0, right: document.documentElement.clientWidth, bottom: column ? 1e9 : innerHeight };
    if (!frame.width || !frame.height) return ['has no size'];
    if (out(frame, view)) faults.push(`the slide leaves the window: ${show(frame)}`);
    for (const el of parts(slide)) {
      const box = el.getBoundingClientRect();
      if (!box.width && !box.height) continue;
      if (out(box, frame)) faults.push(`${name(el)} leaves the slide (${show(box)} of ${show(frame)}): ${words(el)}`);
      else if (out(box, view)) faults.push(`${name(el)} leaves the window (${show(box)}): ${words(el)}`);
      if (el instanceof SVGElement || el.matches('img')) continue;
      const style = getComputedStyle(el);
      const cuts = v => v !== 'visible';
      // Inline boxes have no client size.
      if (style.display === 'inline') continue;
      if (cuts(style.overflowY) && el.scrollHeight > el.clientHeight + 1) faults.push(`${name(el)} cuts its text: ${el.scrollHeight} high in ${el.clientHeight}: ${words(el)}`);
      if (cuts(style.overflowX) && el.scrollWidth > el.clientWidth + 1 && style.textOverflow !== 'ellipsis') faults.push(`${name(el)} cuts its text: ${el.scrollWidth} wide in ${el.clientWidth}: ${words(el)}`);
    }
    const all = lines(slide);
    const unit = frame.width / parseFloat(getComputedStyle(document.getElementById('deck')).getPropertyValue('--w'));
    for (const line of column ? [] : all) {
      if (line.size < 14 * unit - 0.1) faults.push(`text of ${px(line.size / unit)} units cannot be read from the last row: ${line.text}`);
    }
    for (const line of all) {
      // A line's box has room above and below its letters that may stand out unseen.
      const room = line.size * 0.25, box = line.box;
      if (out({ left: box.left, right: box.right, top: box.top + room, bottom: box.bottom - room }, frame)) faults.push(`text leaves the slide (${show(box)} of ${show(frame)}): ${line.text}`);
      const body = line.el.closest('.body, .slot, .agenda');
      if (body) {
        const b = body.getBoundingClientRect();
        if (out({ left: box.left, right: box.right, top: box.top + room, bottom: box.bottom - room }, b, 2)) faults.push(`text leaves its ${name(body)} (${show(box)} of ${show(b)}): ${line.text}`);
      }
    }
    for (let i = 0; i < all.length; i++) {
      for (let j = i + 1; j < all.length; j++) {
        const a = all[i], b = all[j];
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom - a.size * 0.3, b.box.bottom - b.size * 0.3) - Math.max(a.box.top + a.size * 0.3, b.box.top + b.size * 0.3);
        if (across > 2 && down > 2 && a.el !== b.el) faults.push(`text over text: "${a.text}" (${show(a.box)}) and "${b.text}" (${show(b.box)})`);
      }
    }
    return faults;
  }

  const painted = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const settled = async () => {
    await painted();
    if (document.fonts.status === 'loaded') return;
    await document.fonts.ready;
    // Fonts that came make the page measure itself again.
    await painted();
  };
  const kind = slide => [...slide.classList].find(c => c.startsWith('layout-'));

  /** Faults of all slides as they now stand one below the other, in a column or on paper. */
  async function inColumn() {
    const faults = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth} wide in a window of ${clientWidth}`);
    for (const frame of document.querySelectorAll('#deck > .frame')) {
      frame.scrollIntoView();
      await settled();
      const slide = frame.querySelector('.slide');
      faults.push(...faultsOf(slide, true).map(f => `slide ${frame.id} (${kind(slide)}): ${f}`));
    }
    return faults;
  }

  const press = key => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

  /** Goes to a slide with all its steps shown. By its address only where it has steps: a page may write that only so often. */
  async function go(frame, n) {
    if (+(frame.querySelector('.slide').dataset.steps ?? 0)) {
      location.hash = '';
      location.hash = `#${n}.99`;
    } else [...String(n), 'Enter'].forEach(press);
    for (let i = 0; i < 60 && !frame.classList.contains('current'); i++) await new Promise(requestAnimationFrame);
    await settled();
  }

  /** Faults of all slides on the stage, each with all its steps. */
  async function onStage() {
    const faults = [], frames = document.querySelectorAll('#deck > .frame');
    history.replaceState = history.pushState = () => {};
    for (let n = 1; n <= frames.length; n++) {
      const frame = frames[n - 1], slide = frame.querySelector('.slide');
      await go(frame, n);
      if (!frame.classList.contains('current')) faults.push(`slide ${n} is not shown`);
      else if (!window.goesOnly) faults.push(...faultsOf(slide, false).map(f => `slide ${n} (${kind(slide)}): ${f}`));
    }
    delete history.replaceState;
    delete history.pushState;
    return faults;
  }

  const upright = matchMedia('(max-width: 640px) and (orientation: portrait)').matches;
  const paper = matchMedia('print').matches;
  return upright || paper ? inColumn() : onStage();
})()
