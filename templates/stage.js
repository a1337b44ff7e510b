// The stage: which slide is shown, how one moves, the address, overview, help.
// Page scripts run in one closure, in the order that render/page.rs gives them, and meet in `deckle`
// only. For other scripts it holds:
//   frames, at, step, title   what is shown; `frames` are the elements around the slides
//   go(slide, step), next(), back()   moving; `moved` is called behind every move, with true if by the user here
//   timer, elapsed()          the talk's clock: { past, since, at } in ms since 1970; ms that it has run
//   bind({ where, keys, text, run }, …)   more keys; they work and are in the help sheet, so neither can lie
//   say(text), announce(text) a sentence at the foot of the window; one for screen readers only
//   sheet(title, body)        the one dialogue
// and from pair.js, with the messages described there: shared(), on, links, hear(), send().
const deckle = (() => {
  const root = document.documentElement;
  const deck = document.getElementById('deck');
  const address = new URLSearchParams(location.search);
  let speaking = address.has('speaker') || /^(driver|co-presenter)$/.test(root.dataset.part);
  const upright = matchMedia('(max-width: 640px) and (orientation: portrait)');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const served = root.className;

  let frames = [...deck.querySelectorAll(':scope > .frame')];
  let at = -1; // index of the current frame, -1 in an empty deck
  let step = 0;
  let deckTitle = document.title;
  const EMPTY = 'This deck has no slides yet.';
  let typed = ''; // digits waiting for Enter
  const modes = []; // `{ where, on, told }`: a place whose keys come first while `on()`, and are in the help sheet if `told()`
  const escaped = []; // asked in turn on Escape; whoever had something to close returns true
  const opening = []; // called before the overview opens
  const moved = []; // called after every move with true if the user made it
  const timer = { past: 0, since: 0, at: 0 }; // `at`: when it was last changed, 0 = never started

  const { fit, slideOf } = fitting;
  const stepsOf = frame => +(slideOf(frame)?.dataset.steps ?? 0) || 0;
  const titleOf = frame => {
    const heading = slideOf(frame)?.querySelector(':is(h1, h2, h3, h4):not(.notes *)')?.cloneNode(true);
    // A formula stands there twice, once for the eye.
    for (const el of heading?.querySelectorAll('.katex-html') ?? []) el.remove();
    return (heading?.textContent ?? '').replace(/\s+/g, ' ').trim();
  };
  const labelOf = i => `${i + 1} / ${frames.length}`;
  const named = i => [labelOf(i), titleOf(frames[i])].filter(Boolean).join(': ');
  const column = () => !speaking && upright.matches;
  const overview = () => root.classList.contains('overview');
  const reading = () => root.classList.contains('read');
  /** A copy without what would stand there twice. */
  const copyOf = el => {
    const copy = el.cloneNode(true);
    copy.removeAttribute('id');
    for (const inner of copy.querySelectorAll('[id]')) inner.removeAttribute('id');
    return copy;
  };
  const two = n => String(Math.floor(n)).padStart(2, '0');
  /** Seconds as minutes and seconds, with hours if there are any. */
  const spell = s => `${s >= 3600 ? `${Math.floor(s / 3600)}:` : ''}${two(s / 60 % 60)}:${two(s % 60)}`;
  /** Milliseconds of the talk so far. */
  const elapsed = () => timer.past + (timer.since && Date.now() - timer.since);

  /** Makes an element of the furniture; what is said in English is marked as English. */
  function make(tag, className, text = '', parent = null) {
    const el = document.createElement(tag);
    if (className) el.className = className;
    if (/\bui\b/.test(className)) Object.assign(el, { lang: 'en', dir: 'ltr' });
    if (text) el.textContent = text;
    parent?.append(el);
    return el;
  }

  // Headings of hidden slides do not count: without this, slide 5 would have no first heading.
  const heading = make('h1', 'unseen');
  const announcer = make('p', 'unseen');
  announcer.setAttribute('aria-live', 'polite');
  announcer.setAttribute('role', 'status');
  const word = make('p', 'ui word');
  word.setAttribute('role', 'status');
  deck.prepend(heading);
  document.body.append(announcer, word);

  let wordTimer = 0;
  /** Says one short sentence at the foot of the window and takes it away again. */
  function say(text, ms = 5000) {
    clearTimeout(wordTimer);
    word.replaceChildren(text);
    if (text) wordTimer = setTimeout(() => say(''), ms);
  }

  // ---- Showing and moving -------------------------------------------------------------------

  /** The last step at which something happens in an element: code may be walked through. */
  const busy = el => Math.max(...[el, ...el.querySelectorAll('[data-walk], .morph > [data-step]')]
    .flatMap(part => (part.dataset.walk ?? part.dataset.step ?? '0').split(' ').map(Number)));

  const reveal = (slide, upTo) => {
    for (const el of slide?.querySelectorAll('[data-step], .dim') ?? []) {
      const from = +(el.dataset.step ?? 0);
      el.classList.toggle('shown', from <= upTo && upTo <= +(el.dataset.until ?? Infinity));
      el.classList.toggle('past', el.classList.contains('dim') && upTo > busy(el));
    }
    for (const pre of slide?.querySelectorAll('[data-walk]') ?? []) light(pre, stageOf(pre, upTo));
  };

  // ---- Code: walking through its lines, changing into the next block --------------------------

  /** Which stage of its walk a block of code is in. */
  const stageOf = (pre, upTo) => Math.max(0, pre.dataset.walk.split(' ').filter(s => +s <= upTo).length - 1);

  /** Lights the lines of a stage; where all are lit, none is set off. */
  function light(pre, stage) {
    const lines = [...pre.querySelectorAll('.line')];
    for (const line of lines) line.classList.toggle('lit', line.dataset.lit.split(' ').includes(`${stage}`));
    pre.classList.toggle('walking', lines.some(line => !line.classList.contains('lit')));
  }

  /** Says which lines a step has lit, for those who do not see it. */
  function litLines(slide, from, to) {
    for (const pre of slide?.querySelectorAll('[data-walk]') ?? []) {
      if (stageOf(pre, from) === stageOf(pre, to)) continue;
      const lit = [...pre.querySelectorAll('.line')].flatMap((line, i) => (line.classList.contains('lit') ? [i + 1] : []));
      return `Lines ${lit.join(', ')}`;
    }
    return '';
  }

  const shownIn = (row, upTo) => [...row.children].findLastIndex(pre => +(pre.dataset.step ?? 0) <= upTo);

  /** Reveals `step`; blocks of code that now change into a neighbour do so piece by piece. */
  function change(slide, from) {
    const rows = calm.matches || document.hidden || !document.startViewTransition ? [] : [...slide.querySelectorAll('.morph')];
    const pairs = rows.flatMap(row => {
      const [a, b] = [shownIn(row, from), shownIn(row, step)];
      return a >= 0 && b >= 0 && Math.abs(a - b) === 1 ? [[row.children[a], row.children[b], a < b]] : [];
    });
    if (!pairs.length) return reveal(slide, step);
    const named = [];
    const name = (pre, key, n) => {
      for (const el of [pre, ...pre.querySelectorAll(`[data-${key}]`)]) {
        el.style.viewTransitionName = `piece-${n}-${el === pre ? 'all' : el.dataset[key]}`;
        if (el !== pre) el.style.display = 'inline-block';
        named.push(el);
      }
    };
    const clear = () => {
      for (const el of named.splice(0)) {
        el.style.viewTransitionName = '';
        el.style.display = '';
      }
    };
    pairs.forEach(([a, , on], n) => name(a, on ? 'to' : 'from', n));
    const run = document.startViewTransition(() => {
      clear();
      if (slideOf(frames[at]) !== slide) return;
      reveal(slide, step);
      pairs.forEach(([, b, on], n) => name(b, on ? 'from' : 'to', n));
    });
    // A transition that is skipped or refused has shown the new block all the same.
    run.ready.catch(() => {});
    run.finished.catch(() => {}).then(clear);
  }

  let leaving = null, turning = [], turned = '', lastMove = -Infinity;
  const left = () => {
    if (leaving) wings.cast(leaving, 'leaving', false);
    // On the two frames: a class of the deck would have a browser look through all that is in it.
    for (const frame of turning.splice(0)) frame.classList.remove('back', turned);
    if (leaving && !overview()) slideOf(leaving)?.removeAttribute('inert');
    leaving = null;
  };

  /** Whether a change of slides is shown without any motion. */
  function abrupt(old) {
    const now = performance.now(), hurried = now - lastMove < 250;
    lastMove = now;
    return hurried || !old?.isConnected || calm.matches || column() || speaking || overview() || document.hidden;
  }

  const turnOf = frame => /transition-(\w+)/.exec(slideOf(frame)?.className)?.[1] ?? 'fade';

  /** The slide before stays until it has left; the new one is complete at once. Going back runs backwards. */
  function leave(old, turn, isBack) {
    leaving = old;
    turning = [old, frames[at]];
    // The word that the slide has too: an export without it lacks these rules.
    turned = `transition-${turn}`;
    slideOf(old)?.setAttribute('inert', '');
    wings.cast(old, 'leaving', true);
    for (const frame of turning) {
      frame.classList.add(turned);
      frame.classList.toggle('back', isBack !== (root.dir === 'rtl'));
    }
  }
  deck.addEventListener('animationend', e => e.target === leaving && left());

  function readdress() {
    const hash = at < 0 ? '' : `#${at + 1}${step ? `.${step}` : ''}`;
    // Browsers refuse too many changes in a short time; the address may then lag behind.
    try {
      if (location.hash !== hash) history.replaceState(history.state, '', hash || location.pathname + location.search);
    } catch { /* the next move tries again */ }
  }

  function retitle() {
    const title = titleOf(frames[at]);
    const where = at < 0 ? [] : [at + 1, ...(title && title !== deckTitle ? [title] : [])];
    document.title = [where.join(' · '), deckTitle].filter(Boolean).join(where.length > 1 ? ' – ' : ' · ');
    heading.textContent = deckTitle;
    heading.hidden = !overview() && !!(column() ? deck : slideOf(frames[at]))?.querySelector('h1:not(.unseen, .notes *)');
  }

  // What bears the same name on both slides moves from one place to the other. The browser's own
  // transitions cost two frames more than a fade, so a change without such a pair does without.
  let moving = null;
  const bearers = [];
  const unname = () => bearers.splice(0).forEach(el => el.style.removeProperty('view-transition-name'));
  const name = list => list.forEach((el, i) => {
    el.style.setProperty('view-transition-name', `morph-${i}`);
    bearers.push(el);
  });
  const nameOf = el => el.dataset.morph ?? el.getAttribute('src') ?? el.textContent.trim();

  /** The elements of two frames that bear the same name, as two lists. */
  function pairs(old, frame, turn) {
    const bears = turn === 'morph' ? ':is([data-morph], .title, img)' : '[data-morph]';
    const morphs = f => (document.startViewTransition && f ? [...slideOf(f)?.querySelectorAll(`${bears}:not(.notes *)`) ?? []] : []);
    const from = morphs(old).filter(el => el.checkVisibility({ visibilityProperty: true }));
    if (!from.length) return [[], []];
    const to = new Map(morphs(frame).map(el => [nameOf(el), el]));
    const both = [...new Map(from.map(el => [nameOf(el), el])).values()].filter(el => to.has(nameOf(el)));
    return [both, both.map(el => to.get(nameOf(el)))];
  }

  function morph(from, to, old) {
    name(from);
    const own = moving = document.startViewTransition(() => {
      if (moving !== own) return;
      unname();
      paint(old);
      name(to);
    });
    own.ready.catch(() => { /* it was cut short by the next move */ });
    own.finished.finally(() => {
      if (moving !== own) return;
      unname();
      moving = null;
    });
  }

  /** Draws the current place anew; cheap if nothing changed. `old` is the frame shown before. */
  function show(old = null, soft = true, from = step) {
    const frame = frames[at];
    // A slide still on its way in is painted as it is by now.
    const since = moving ? step : from;
    if (moving && old !== frame) {
      moving.skipTransition();
      moving = null;
      unname();
    }
    if (old !== frame) {
      left();
      if (soft && !abrupt(old)) {
        const isBack = frames.indexOf(old) > at, turn = turnOf(isBack ? old : frame);
        const mates = pairs(old, frame, turn);
        if (mates[0].length) return morph(...mates, old);
        if (turn !== 'none') leave(old, turn, isBack);
      }
    }
    paint(old, since);
  }

  // No business of what is in a frame, which would be styled anew.
  globalThis.CSS?.registerProperty?.({ name: '--ground', syntax: '*', inherits: false });
  let lit = null; // the frame that is painted as the current one
  function paint(old, from = step) {
    const frame = frames[at], slide = slideOf(frame);
    // A link inside the old slide may have the focus, and takes it along when it disappears.
    const orphan = old && old !== frame && old.contains(document.activeElement);
    if (lit && lit !== frame) wings.cast(lit, 'current', false);
    lit = frame;
    if (!frame) return retitle();
    if (old === frame && from !== step && !overview() && !column() && !speaking) change(slide, from);
    else reveal(slide, step);
    wings.cast(frame, 'current', true);
    if (overview()) [old, frame].forEach(f => f?.isConnected && dress(f, frames.indexOf(f)));
    else if (!column() && !speaking) fit(slide);
    // The window around the slide continues its ground, so a full colour fills the screen. A theme
    // may say `--surround` on a slide whose ground has more than one colour.
    if (slide && !column() && !speaking) {
      const look = getComputedStyle(slide);
      frame.style.setProperty('--ground', look.getPropertyValue('--surround') || look.backgroundColor);
    }
    if (orphan) focusOn(frame);
    retitle();
  }

  function focusOn(frame) {
    const pick = frame.querySelector(':scope > .pick');
    if (!pick) frame.tabIndex = -1;
    (pick ?? frame).focus({ preventScroll: true });
  }

  /** Scrolls the current slide into view where there is something to scroll. */
  function bring() {
    const scroll = () => frames[at]?.scrollIntoView({ block: overview() ? 'nearest' : 'start' });
    if (!column() && !overview()) return;
    scroll();
    // Slides that were never laid out had guessed heights until now.
    if (column()) requestAnimationFrame(scroll);
  }

  /** Goes to slide `n` (from 0) with `s` steps shown; both are brought into range. */
  function go(n, s = 0, byUser = true) {
    if (!frames.length) return;
    n = Math.max(0, Math.min(frames.length - 1, n));
    s = Math.max(0, Math.min(stepsOf(frames[n]), s));
    if (n === at && s === step) return readdress();
    const old = frames[at], fresh = n !== at, from = step;
    at = n;
    step = s;
    if (byUser && old && !timer.since && !timer.past) Object.assign(timer, { since: Date.now(), at: Date.now() });
    show(old, true, from);
    readdress();
    if (fresh) {
      announcer.textContent = named(at);
      bring();
    } else {
      const lit = litLines(slideOf(frames[at]), from, step);
      if (lit) announcer.textContent = lit;
    }
    for (const f of moved) f(byUser);
  }

  const next = () => (step < stepsOf(frames[at]) ? go(at, step + 1) : at < frames.length - 1 && go(at + 1));
  const back = () => (step > 0 ? go(at, step - 1) : at > 0 && go(at - 1, Infinity));

  /** The place an address names, or null. `#5.2` is slide 5 with two steps, else it is an id. */
  function placeOf(hash) {
    const m = /^#(\d+)(?:\.(\d+))?$/.exec(hash);
    if (m) return [m[1] - 1, +(m[2] ?? 0)];
    let id = hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* a stray percent sign: take it as it is */ }
    const named = id && (document.getElementById(id) ?? document.querySelector(`[data-morph="${CSS.escape(id)}"]`));
    const frame = named && named.closest('#deck > .frame');
    return frame ? [frames.indexOf(frame), 0] : null;
  }

  addEventListener('hashchange', () => {
    const place = placeOf(location.hash);
    if (!place) return readdress();
    if (overview()) closeOverview();
    // A footnote on the slide that is shown: its steps stay.
    if (place[0] === at && !/^#\d/.test(location.hash)) return readdress();
    go(...place);
  });

  // ---- Overview -----------------------------------------------------------------------------

  /** Gives a frame its names, and in the overview the button that stands for it. */
  function dress(frame, i) {
    frame.setAttribute('role', 'group');
    frame.setAttribute('aria-label', labelOf(i));
    let pick = frame.querySelector(':scope > .pick');
    slideOf(frame)?.toggleAttribute('inert', overview());
    if (!overview()) return pick?.remove();
    pick ??= make('button', 'pick', '', frame);
    pick.setAttribute('aria-label', named(i));
    pick.tabIndex = i === (chosen() < 0 ? at : chosen()) ? 0 : -1;
    if (i === at) pick.setAttribute('aria-current', 'true');
    else pick.removeAttribute('aria-current');
  }

  function openOverview() {
    // On an upright phone slides are laid out to be read, and would not fit a thumbnail.
    if (!frames.length || upright.matches || overview()) return;
    for (const f of opening) f();
    left();
    root.classList.add('overview');
    backstage();
    frames.forEach(dress);
    retitle();
    frames[at].scrollIntoView({ block: 'center' });
    focusOn(frames[at]);
  }

  function closeOverview() {
    const had = document.activeElement?.closest('#deck, .find');
    root.classList.remove('overview');
    backstage();
    for (const frame of frames) frame.classList.remove('miss');
    frames.forEach(dress);
    scrollTo(0, 0);
    const old = frames[at];
    show(old);
    if (had && old && !speaking) focusOn(old);
  }

  const chosen = () => frames.indexOf(document.activeElement?.closest('#deck > .frame'));
  /** The frames that a search has left in the overview. */
  const hits = () => frames.filter(f => !f.classList.contains('miss'));

  function choose(i) {
    const frame = hits()[Math.max(0, Math.min(hits().length - 1, i))];
    if (!frame) return;
    const pick = frame.querySelector(':scope > .pick');
    deck.querySelector('.pick[tabindex="0"]')?.setAttribute('tabindex', -1);
    pick.tabIndex = 0;
    focusOn(frame);
    frame.scrollIntoView({ block: 'nearest' });
  }
  const across = () => getComputedStyle(deck).gridTemplateColumns.split(' ').length;
  const shift = by => choose(hits().indexOf(frames[chosen() < 0 ? at : chosen()]) + by);

  function open(i) {
    closeOverview();
    go(i);
  }

  // ---- Keys ---------------------------------------------------------------------------------

  function fullScreen() {
    const request = document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.();
    if (!request) return say('This browser has no full screen for pages.');
    request.catch(() => say('The browser refused full screen.'));
  }

  function digit(d) {
    typed = (typed + d).slice(-5);
    say(`Go to ${typed} – Enter`, 3000);
    clearTimeout(digit.timer);
    digit.timer = setTimeout(() => (typed = ''), 3000);
  }

  function enter() {
    const n = +typed;
    typed = '';
    if (!n) return overview() ? chosen() >= 0 && open(chosen()) : !column() && next();
    say('');
    if (overview()) closeOverview();
    go(n - 1);
  }

  // The one table of keys: the handler looks keys up in it and the help sheet prints it.
  // `show` says it shorter where the list would be silly.
  const DECK = 'Slides', GRID = 'In the overview', ANY = 'Everywhere';
  const keys = [
    { where: DECK, keys: ['ArrowRight', 'ArrowDown', 'Space', 'PageDown'], text: 'Next step or slide', run: next },
    { where: DECK, keys: ['ArrowLeft', 'ArrowUp', 'Shift+Space', 'PageUp', 'Backspace'], text: 'One step or slide back', run: back },
    { where: DECK, keys: ['Home'], text: 'First slide', run: () => go(0) },
    { where: DECK, keys: ['End'], text: 'Last slide', run: () => go(frames.length - 1) },
    { where: GRID, keys: ['ArrowRight'], text: 'One on', run: () => shift(1) },
    { where: GRID, keys: ['ArrowLeft'], text: 'One back', run: () => shift(-1) },
    { where: GRID, keys: ['ArrowDown', 'PageDown'], text: 'One row down', run: () => shift(across()) },
    { where: GRID, keys: ['ArrowUp', 'PageUp'], text: 'One row up', run: () => shift(-across()) },
    { where: GRID, keys: ['Home'], text: 'First slide', run: () => choose(0) },
    { where: GRID, keys: ['End'], text: 'Last slide', run: () => choose(Infinity) },
    { where: GRID, keys: ['Space', 'Enter'], text: 'Open the slide', run: enter },
    { where: GRID, keys: ['O', 'Escape'], text: 'Back to the slide', run: closeOverview },
    { where: DECK, keys: ['Enter'], text: 'Next, or go to the number typed', run: enter },
    { where: DECK, keys: ['O'], text: 'Overview of all slides', run: openOverview },
    { where: ANY, keys: [...'0123456789'], show: ['0–9', 'Enter'], text: 'Go to the slide of that number', run: digit },
    { where: ANY, keys: ['F', 'F5', 'Shift+F5'], show: ['F', 'F5'], text: 'Full screen, and back', run: fullScreen },
    { where: ANY, keys: ['?'], text: 'These keys', run: help },
    { where: ANY, keys: ['Escape'], text: 'Close this, or forget the number', run: () => (typed ? say((typed = '')) : escaped.find(f => f())) },
  ];
  /** Adds keys where the help sheet shows them best. */
  const bind = (...more) => void keys.splice(keys.findIndex(k => k.run === help), 0, ...more);
  const SIGNS = { ArrowRight: '→', ArrowLeft: '←', ArrowDown: '↓', ArrowUp: '↑', PageDown: 'Page down', PageUp: 'Page up', Escape: 'Esc' };
  const sign = key => key.split(/\+(?=.)/).map(k => SIGNS[k] ?? k).join(' ');

  const sheet = make('dialog', 'ui help', '', document.body);
  sheet.setAttribute('aria-labelledby', 'deckle-help');
  sheet.addEventListener('click', e => e.target === sheet && sheet.close());

  /** Places whose keys apply now, the nearest first. An upright phone scrolls by itself. */
  const places = () => (overview() ? [GRID, ANY] : column() || reading() ? [ANY] : [...modes.filter(m => m.on()).map(m => m.where), DECK, ANY]);

  /** Shows the one dialogue. */
  function openSheet(title, body) {
    const bar = make('header', '');
    make('h2', '', title, bar).id = 'deckle-help';
    make('button', '', 'Close', bar).addEventListener('click', () => sheet.close());
    sheet.replaceChildren(bar, body);
    if (!sheet.open) sheet.showModal();
  }

  function help() {
    const body = make('div', '');
    for (const where of column() ? [ANY] : [DECK, ANY, ...modes.filter(m => m.told()).map(m => m.where), GRID]) {
      const group = keys.filter(k => k.where === where);
      if (!where || !group.length) continue;
      const section = make('section', '', '', body);
      make('h3', '', where, section);
      const list = make('dl', '', '', section);
      for (const entry of group) {
        const row = make('div', '', '', list);
        const term = make('dt', '', '', row);
        for (const key of entry.show ?? entry.keys) make('kbd', '', sign(key), term);
        make('dd', '', entry.text, row);
      }
    }
    openSheet('Keys', body);
  }

  addEventListener('keydown', e => {
    if (e.defaultPrevented || e.ctrlKey || e.altKey || e.metaKey || e.isComposing) return;
    const target = e.target instanceof Element ? e.target : root;
    if (target.isContentEditable || target.closest('input, textarea, select, video, audio')) return;
    if (target.closest('.scroller') && /^(Arrow(Up|Down)|Page(Up|Down)|Home|End| )$/.test(e.key)) return;
    let key = e.key === ' ' ? 'Space' : e.key.length === 1 ? e.key.toUpperCase() : e.key;
    if (e.shiftKey && (key.length > 1)) key = `Shift+${key}`;
    if (/^(Space|Enter)$/.test(key) && !typed && target.closest('a[href], button:not(.pick), summary')) return;
    if (sheet.open) {
      // Modal: Escape is the browser's own, and everything else waits.
      if (key === '?') { e.preventDefault(); sheet.close(); }
      return;
    }
    let entry = null;
    for (const where of places()) entry ??= keys.find(k => k.where === where && k.keys.includes(key));
    if (!entry) return;
    if (e.repeat && key.length === 1) return;
    if (key !== 'Escape') e.preventDefault();
    if (!/^(\d|Enter|Escape)$/.test(key)) typed = '';
    entry.run(key);
  });

  // ---- Mouse and touch ----------------------------------------------------------------------

  const BUSY = 'a, button, input, select, textarea, label, summary, video, audio, iframe, dialog, [contenteditable], .ui';
  /** Whether a click or a touch means something else than moving on. */
  const elsewhere = () => column() || speaking || sheet.open || reading() || root.classList.contains('drawing');
  let selected = false;
  const selecting = () => !(getSelection()?.isCollapsed ?? true);
  // By the time of the click the browser has already dropped the selection it was meant to drop.
  addEventListener('pointerdown', () => (selected = selecting()), true);

  addEventListener('click', e => {
    const target = e.target instanceof Element ? e.target : root;
    if (e.defaultPrevented || e.button || e.ctrlKey || e.altKey || e.metaKey || e.shiftKey) return;
    if (overview()) {
      const i = frames.indexOf(target.closest('#deck > .frame'));
      if (i >= 0) open(i);
      return;
    }
    if (elsewhere() || target.closest(BUSY) || selected || selecting()) return;
    if (e.clientX >= innerWidth / 2) next();
    else if (e.clientX < innerWidth / 3) back();
  });

  let touch = null;
  const zoomed = () => (visualViewport?.scale ?? 1) > 1.01;
  addEventListener('touchstart', e => {
    const t = e.changedTouches[0];
    const free = e.touches.length === 1 && !zoomed() && !overview() && !elsewhere() && !e.target.closest?.('input, textarea, select, video, audio, .ui');
    touch = free ? { x: t.clientX, y: t.clientY, when: e.timeStamp } : null;
  }, { passive: true });
  addEventListener('touchend', e => {
    if (!touch || zoomed() || selecting()) return;
    const t = e.changedTouches[0], dx = t.clientX - touch.x, dy = t.clientY - touch.y;
    if (Math.abs(dx) > 40 && Math.abs(dx) > 1.5 * Math.abs(dy) && e.timeStamp - touch.when < 900) dx < 0 ? next() : back();
    touch = null;
  }, { passive: true });

  // ---- Which way of showing -----------------------------------------------------------------

  const watcher = new IntersectionObserver(entries => {
    for (const entry of entries) {
      const i = frames.indexOf(entry.target);
      if (!entry.isIntersecting || i < 0 || i === at || overview()) continue;
      const old = frames[at];
      at = i;
      step = 0;
      show(old);
      readdress();
      for (const f of moved) f(true);
    }
  }, { rootMargin: '-15% 0px -84% 0px' });

  const backstage = (isPrinted = false) => wings.use(frames, !isPrinted && root.matches('.stage:not(.overview), .speaker'));

  /** Column on an upright phone, else stage. Print and no script are the style sheet's business. */
  function choosePlace() {
    const was = frames[at];
    root.classList.toggle('speaker', speaking);
    root.classList.toggle('stage', !speaking && !column() && !reading());
    watcher.disconnect();
    if (overview()) closeOverview();
    backstage();
    if (column()) {
      bring();
      for (const f of frames) watcher.observe(f);
    }
    show(was);
  }
  upright.addEventListener('change', choosePlace);

  const refit = () => {
    if (!overview() && !column()) fit(slideOf(frames[at]), true);
  };
  let resized = 0;
  addEventListener('resize', () => {
    cancelAnimationFrame(resized);
    resized = requestAnimationFrame(refit);
  });
  document.fonts?.addEventListener?.('loadingdone', refit);

  // A page for each step, if the deck wants that; the slide itself is the last one.
  matchMedia('print').addEventListener('change', e => backstage(e.matches));
  addEventListener('beforeprint', () => {
    backstage(true);
    for (const frame of deck.dataset.print === 'steps' ? frames : []) {
      const last = stepsOf(frame);
      for (let s = 0; s < last; s++) {
        const page = frame.cloneNode(true);
        page.classList.remove('current');
        page.classList.add('printed');
        reveal(slideOf(page), s);
        frame.before(page);
      }
      frame.classList.add('printed');
      reveal(slideOf(frame), last);
    }
  });
  addEventListener('afterprint', () => {
    for (const page of deck.querySelectorAll(':scope > .printed')) {
      if (frames.includes(page)) page.classList.remove('printed');
      else page.remove();
    }
    reveal(slideOf(frames[at]), step);
    backstage();
  });

  root.classList.add('js');
  const begin = placeOf(location.hash) ?? [0, 0];
  if (frames.length) {
    at = Math.max(0, Math.min(frames.length - 1, begin[0]));
    step = Math.max(0, Math.min(stepsOf(frames[at]), begin[1]));
  }
  choosePlace();
  // The browser itself scrolls to an element of that id when the page has loaded.
  if (!column()) scrollTo(0, 0);
  if (location.hash) readdress();
  if (!frames.length) say(EMPTY, 1e9);

  return {
    root, deck, served, timer, moved, opening, escaped, modes, keys, bind, make, say, go, next, back, show, fit, reveal, focusOn, slideOf, stepsOf, titleOf, labelOf, named, copyOf, spell, dress, overview, reading, elapsed, openOverview, closeOverview, open, choose, hits, upright, readdress, choosePlace,
    sheet: openSheet,
    announce: text => (announcer.textContent = text),
    get speaking() { return speaking; },
    get frames() { return frames; },
    get at() { return at; },
    get step() { return step; },
    get title() { return deckTitle; },
    set title(text) { deckTitle = text; },
    /** Makes this window the speaker's, or the one with the slides. */
    play(asSpeaker) {
      speaking = asSpeaker;
      choosePlace();
    },
    /** Takes the frames as they now stand, and where the show goes on in them. `was` was current. */
    replace(list, index, upTo, was, changed = []) {
      const known = new Set(frames);
      for (const f of list) {
        if (known.has(f)) continue;
        wings.settle(f);
        if (column()) watcher.observe(f);
      }
      frames = list;
      at = index;
      step = Math.min(upTo, stepsOf(frames[at]));
      if (word.textContent === EMPTY || !frames.length) say(frames.length ? '' : EMPTY, 1e9);
      for (const i of changed) dress(frames[i], i);
      show(was, false);
      readdress();
      if (at >= 0 && frames[at] !== was) {
        announcer.textContent = named(at);
        bring();
      }
      for (const f of moved) f(false);
    },
  };
})();
