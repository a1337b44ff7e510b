// Watching: the server sends what changed, and only that is touched. The page never reloads.
{
  const { root, deck, make, slideOf } = deckle;
  const style = document.getElementById('deck-style');
  const follow = root.hasAttribute('data-follow');
  let have = root.dataset.generation ?? '';
  let classes = deckle.served;

  const fault = make('div', 'ui fault', '', document.body);
  fault.setAttribute('role', 'alert');
  fault.setAttribute('aria-label', 'Faults');
  const chip = make('details', 'ui warnings', '', document.body);
  chip.hidden = true;
  const count = make('summary', '', '', chip), list = make('div', '', '', chip);
  list.tabIndex = 0;
  list.setAttribute('role', 'region');
  list.setAttribute('aria-label', 'Warnings');
  const mark = make('p', 'ui lost', '', document.body);
  mark.setAttribute('role', 'status');

  const counted = (el, what) => {
    const n = el.getElementsByTagName('article').length;
    return `${n} ${what}${n === 1 ? '' : 's'}`;
  };

  // What is written again is read aloud again, so the same faults stay as they stand.
  let faults = '', warnings = '';
  function showFault(html) {
    if (html === faults) return;
    faults = fault.innerHTML = html;
    if (html) {
      const head = make('h2', '', `${counted(fault, 'error')}. You see the last good deck.`);
      fault.prepend(head);
      fault.tabIndex = 0;
    } else fault.removeAttribute('tabindex');
  }

  function showWarnings(html) {
    if (html === warnings) return;
    warnings = list.innerHTML = html;
    count.textContent = counted(list, 'warning');
    chip.hidden = !html;
    if (!html) chip.open = false;
  }
  chip.addEventListener('keydown', e => {
    if (e.key !== 'Escape' || !chip.open) return;
    chip.open = false;
    count.focus();
    e.stopPropagation();
  });

  function sectionOf(html) {
    const template = document.createElement('template');
    template.innerHTML = html;
    const section = template.content.querySelector('.slide');
    // A picture that was there before would else be blank for a frame.
    for (const img of section?.querySelectorAll('img') ?? []) img.decoding = 'sync';
    return section;
  }

  function newFrame() {
    const frame = make('div', 'frame');
    frame.setAttribute('aria-roledescription', 'slide');
    return frame;
  }

  /** Indices of the longest run of rising numbers: the frames that may stay where they are. */
  function rising(numbers) {
    const ends = [], before = [];
    numbers.forEach((n, i) => {
      if (n < 0) return;
      let lo = 0, hi = ends.length;
      while (lo < hi) {
        const mid = (lo + hi) >> 1;
        if (numbers[ends[mid]] < n) lo = mid + 1;
        else hi = mid;
      }
      before[i] = ends[lo - 1];
      ends[lo] = i;
    });
    const run = new Set();
    for (let i = ends.at(-1); i !== undefined; i = before[i]) run.add(i);
    return run;
  }

  /** The players of a slide go on in the one that takes its place, where a browser can move them. */
  function playOn(old, slide) {
    const fresh = new Set(slide.querySelectorAll('video, audio'));
    for (const el of deck.moveBefore && fresh.size && old.isConnected ? old.querySelectorAll('video, audio') : []) {
      const same = [...fresh].find(other => other.getAttribute('src') === el.getAttribute('src'));
      if (!same) continue;
      fresh.delete(same);
      // An address that is set loads anew, though it be the same.
      for (const { name, value } of same.attributes) if (el.getAttribute(name) !== value) el.setAttribute(name, value);
      same.parentNode.moveBefore(el, same);
      same.remove();
    }
  }

  const SCROLLS = '.scroller';
  const scrollsOf = slide => [...slide?.querySelectorAll(SCROLLS) ?? []].map(el => [el.scrollLeft, el.scrollTop]);

  /** Puts the frames of `keys` where `gone` frames from `at` on stood. Returns null if a section is lacking. */
  function reconcile({ at, gone, keys, total }, sections) {
    const all = deckle.frames, old = all.slice(at, at + gone), behind = all[at + gone] ?? null;
    if (all.length - old.length + keys.length !== total) return null;
    const byKey = new Map(old.map(f => [f.dataset.key, f]));
    const wanted = new Set(keys);
    const fresh = new Map();
    for (const key of keys) {
      if (byKey.has(key)) continue;
      const section = key in sections ? sectionOf(sections[key]) : null;
      if (!section) return null;
      fresh.set(key, section);
    }

    // An edited slide has a new key. It keeps its frame, and so its place in the show: found by
    // the id of the section, else by its place between two slides that stayed.
    const byId = new Map(), gaps = new Map();
    let gap = '';
    for (const f of old) {
      if (wanted.has(f.dataset.key)) gap = f.dataset.key;
      else {
        byId.set(slideOf(f)?.id, f);
        gaps.set(gap, [...(gaps.get(gap) ?? []), f]);
      }
    }
    const heir = new Map(), taken = new Set();
    const inherit = (key, frame) => {
      if (!frame || taken.has(frame)) return;
      heir.set(key, frame);
      taken.add(frame);
    };
    for (const [key, section] of fresh) inherit(key, byId.get(section.id));
    gap = '';
    for (const key of keys) {
      if (byKey.has(key)) gap = key;
      else if (!heir.has(key)) inherit(key, gaps.get(gap)?.find(f => !taken.has(f)));
    }

    const now = keys.map(key => {
      if (byKey.has(key)) return byKey.get(key);
      const frame = heir.get(key) ?? newFrame(), old = slideOf(frame);
      frame.prepend(fresh.get(key));
      if (old) {
        playOn(old, fresh.get(key));
        old.remove();
        deckle.rekey(frame.dataset.key, key);
      }
      frame.dataset.key = key;
      return frame;
    });

    const stays = new Set(now);
    for (const f of old) if (!stays.has(f)) f.remove();
    const place = new Map(old.map((f, i) => [f, i]));
    const run = rising(now.map(f => place.get(f) ?? -1));
    for (let i = now.length - 1, after = behind; i >= 0; after = now[i--]) {
      if (run.has(i)) continue;
      // Where it exists, moveBefore keeps a playing video playing.
      if (now[i].isConnected && deck.moveBefore) deck.moveBefore(now[i], after);
      else deck.insertBefore(now[i], after);
    }

    const next = [...all.slice(0, at), ...now, ...all.slice(at + gone)];
    const recount = all.length !== next.length;
    if (recount) deck.style.setProperty('--total', `'${next.length}'`);
    const changed = [];
    next.forEach((f, i) => {
      const inside = i >= at && i < at + now.length;
      if (!inside && !recount) return;
      const n = String(i + 1);
      if (f.id !== n) {
        f.id = n;
        f.style.setProperty('--n', `'${n}'`);
      }
      changed.push(i);
    });
    return { next, changed };
  }

  /** What every slide inherits is touched only if it changes: the browser looks at all slides then. */
  function behead({ title, lang, dir, w, h, htmlClass }) {
    if (htmlClass !== classes) {
      const names = text => text.split(/\s+/).filter(Boolean);
      root.classList.remove(...names(classes));
      root.classList.add(...names(htmlClass));
      classes = htmlClass;
    }
    if (root.lang !== lang) root.lang = lang;
    if (root.dir !== dir) root.dir = dir;
    deckle.title = title;
    for (const [name, value] of [['--w', w], ['--h', h]]) {
      if (deck.style.getPropertyValue(name) !== String(value)) deck.style.setProperty(name, value);
    }
  }

  function apply(patch) {
    if (typeof patch.style === 'string' && style.textContent !== patch.style) style.textContent = patch.style;
    if (patch.head) behead(patch.head);

    if (patch.order) {
      const old = deckle.frames, was = old[deckle.at], scrolls = scrollsOf(slideOf(was));
      const focused = deck.contains(document.activeElement);
      const done = reconcile(patch.order, patch.sections ?? {});
      if (!done) return false;
      const { next, changed } = done;
      // A deleted slide leaves the show to the one behind it, the last one to the one before.
      const rest = [...old.slice(Math.max(0, deckle.at)), ...old.slice(0, Math.max(0, deckle.at)).reverse()];
      const heir = rest.find(f => f.isConnected);
      let at = next.length ? Math.max(0, next.indexOf(heir)) : -1;
      let step = heir === was ? deckle.step : 0;
      const target = follow && patch.focus ? next.findIndex(f => f.dataset.key === patch.focus) : -1;
      // Whoever writes a slide wants to see all of it.
      if (target >= 0 && target !== at) [at, step] = [target, Infinity];
      deckle.replace(next, at, step, was, changed);
      if (scrolls.length && next[at] === was) slideOf(was)?.querySelectorAll(SCROLLS).forEach((el, i) => el.scrollTo(...scrolls[i] ?? [0, 0]));
      if (focused && at >= 0 && !deck.contains(document.activeElement)) deckle.focusOn(next[at]);
    } else {
      deckle.replace(deckle.frames, deckle.at, deckle.step, deckle.frames[deckle.at]);
    }
    const wanted = patch.wanted ? deckle.frames.findIndex(f => f.dataset.key === patch.wanted) : -1;
    if (wanted >= 0) deckle.go(wanted, Infinity);
    if (patch.fault !== undefined) showFault(patch.fault ?? '');
    if (patch.warnings !== undefined) showWarnings(patch.warnings ?? '');
    have = patch.generation ?? have;
    written = Object.keys(patch.sections ?? {});
    if (written.length <= FEW) measureLater();
    else written = [];
    return true;
  }

  // ---- Back to the source -------------------------------------------------------------------

  const ask = what => fetch('/ask', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(what) });
  const LINES = 'h1, h2, h3, h4, h5, h6, p, li, pre .line, tr, figcaption, blockquote, dt, dd, svg, img';
  const saying = el => (el.matches('img, svg') ? el.getAttribute('alt') ?? el.getAttribute('aria-label') ?? el.querySelector('title')?.textContent ?? '' : el.textContent).replace(/\s+/g, ' ').trim();

  /** Opens the line that what stands at an element was written on. */
  async function edit(target) {
    const frame = target?.closest?.('#deck > .frame') ?? deckle.frames[deckle.at], slide = slideOf(frame);
    if (!slide) return;
    const el = target?.closest?.(LINES), text = el && slide.contains(el) ? saying(el) : '';
    const nth = text ? [...slide.querySelectorAll(LINES)].filter(e => saying(e) === text).indexOf(el) : 0;
    try {
      const answer = await ask({ ask: 'edit', key: frame.dataset.key, text: text.slice(0, 2000), nth: Math.max(0, nth) });
      deckle.say(await answer.text(), answer.ok ? 2500 : 12000);
    } catch { deckle.say('The program that watches this deck does not answer.'); }
  }
  let under = null;
  addEventListener('pointermove', e => (under = e.target), { passive: true });
  addEventListener('click', e => {
    if (!e.altKey || e.button || deckle.speaking || !e.target.closest?.('#deck')) return;
    e.preventDefault();
    e.stopPropagation();
    edit(e.target);
  }, true);
  deckle.bind({ where: 'Slides', keys: ['E'], show: ['E', 'Alt click'], text: 'Open the source of what is under the pointer', run: () => edit(deckle.frames[deckle.at]?.contains(under) ? under : null) });

  // ---- Does it fit? -------------------------------------------------------------------------
  // Slides are measured when the browser has nothing else to do, also those not on the screen: what was
  // just written at once, all others when the author pauses.

  const measured = new Set();
  const FEW = 4, PAUSE = 2000;
  let written = [], paused = false, pause = 0;
  const soon = self.requestIdleCallback ?? (f => setTimeout(() => f({ timeRemaining: () => 8 }), 60));
  let measuring = 0;
  function measure(idle) {
    measuring = 0;
    // A phone held upright lays slides out in another way, and an overview smaller.
    if (!root.classList.contains('stage') || root.classList.contains('overview')) return;
    const fresh = deckle.frames.filter(frame => !measured.has(frame.dataset.key));
    const some = (paused ? fresh : fresh.filter(frame => written.includes(frame.dataset.key))).slice(0, FEW);
    if (!some.length) return;
    if (idle.timeRemaining() < 3) return measureLater();
    const slides = [];
    scalesOf(some).forEach((scale, i) => {
      const { key } = some[i].dataset;
      measured.add(key);
      if (scale < 100) slides.push({ key, scale });
    });
    if (slides.length) ask({ ask: 'overflow', slides }).catch(() => {});
    measureLater();
  }
  function measureLater() {
    if (!deckle.speaking) measuring ||= soon(measure);
  }
  /** Whoever writes or moves must not wait for slides that nobody sees. */
  function busy() {
    paused = false;
    clearTimeout(pause);
    pause = setTimeout(() => {
      paused = true;
      document.fonts.ready.then(measureLater);
    }, PAUSE);
  }
  deckle.moved.push(busy);
  busy();

  // The browser's own reconnection would ask for the generation of the first connection.
  let wait = 250, retry = 0, doubt = 0, source = null;
  function connect() {
    clearTimeout(retry);
    retry = 0;
    source = new EventSource(`/events?have=${encodeURIComponent(have)}`);
    const again = () => {
      source.close();
      doubt ||= setTimeout(() => (mark.textContent = 'Connection lost, trying again …'), 800);
      retry ||= setTimeout(connect, wait);
      wait = Math.min(wait * 2, 4000);
    };
    source.addEventListener('open', () => {
      clearTimeout(doubt);
      doubt = 0;
      mark.textContent = '';
    });
    source.addEventListener('patch', e => {
      if (apply(JSON.parse(e.data))) wait = 250;
      else {
        // The server thinks this page has more than it has: ask for everything.
        have = '';
        again();
      }
    });
    source.addEventListener('error', again);
  }
  const hurry = () => {
    if (retry && !document.hidden) connect();
  };
  addEventListener('online', hurry);
  document.addEventListener('visibilitychange', hurry);

  showFault(root.dataset.fault ?? '');
  showWarnings(root.dataset.warnings ?? '');
  connect();
}
