// The speaker view: a second window of the same document (`?speaker=PAIR`), and the talk
// between the two. Messages say where the sender stands, so a lost or doubled one does no harm.
{
  const { root, make, moved, timer, slideOf, stepsOf } = deckle;
  const web = /^https?:$/.test(location.protocol);
  const shelf = `deckle ${location.pathname}`;
  const me = deckle.speaking ? 'speaker' : 'stage';
  const now = () => performance.timeOrigin + performance.now();

  // Storage may be forbidden; then only a reload forgets the timer.
  const load = store => { try { return JSON.parse(store().getItem(shelf)) ?? {}; } catch { return {}; } };
  const save = (store, value) => { try { store().setItem(shelf, JSON.stringify(value)); } catch { /* see above */ } };
  const session = () => sessionStorage, local = () => localStorage;

  const kept = load(session);
  Object.assign(timer, kept.timer);
  // Two decks, or two pairs of windows of one deck, must not drive each other.
  const pair = deckle.speaking ? new URLSearchParams(location.search).get('speaker') : kept.pair ?? Math.random().toString(36).slice(2);
  let other = deckle.speaking ? window.opener : null;
  let when = 0; // time of the last move, here or there: the later one wins
  let draw = () => {};

  // Over file:// two windows share no origin, and only postMessage reaches the other one.
  const air = web && 'BroadcastChannel' in window ? new BroadcastChannel(shelf) : null;

  function send(kind = 'state') {
    const message = { deckle: kind, from: me, pair, when, slide: deckle.at, step: deckle.step, key: deckle.frames[deckle.at]?.dataset.key, timer: { ...timer } };
    if (other && !other.closed) other.postMessage(message, web ? location.origin : '*');
    air?.postMessage(message);
  }

  function hear(message) {
    if (!message?.deckle || message.from === me || (pair && message.pair && message.pair !== pair)) return;
    if (message.timer?.at > timer.at) Object.assign(timer, message.timer);
    if (message.when > when) {
      when = message.when;
      // While a patch is under way the two windows may count differently; the key is surer.
      const same = deckle.frames.findIndex(f => f.dataset.key === message.key);
      deckle.go(message.key && same >= 0 ? same : message.slide, message.step, false);
    }
    if (message.deckle === 'hello') send();
  }

  addEventListener('message', e => {
    if (web && e.origin !== location.origin) return;
    // After a reload the stage does not know its popup any more, but the popup its opener.
    if (me === 'stage' && e.source && e.source !== other && e.data?.deckle && e.data.pair === pair && e.source.opener === window) other = e.source;
    if (e.source && e.source === other) hear(e.data);
  });
  air?.addEventListener('message', e => hear(e.data));

  moved.push(byUser => {
    if (byUser) {
      when = now();
      send();
    }
    save(session, { pair, timer });
    draw();
  });

  function openSpeaker() {
    if (deckle.speaking) return other && !other.closed ? other.focus() : deckle.say('The window with the slides is closed.');
    if (other && !other.closed) return other.focus();
    save(session, { pair, timer });
    const url = new URL(location.href);
    url.searchParams.set('speaker', pair);
    other = window.open(url, `deckle-${pair}`, 'popup,width=1180,height=760');
    if (!other) deckle.say('The browser blocked the speaker window. Allow pop-ups for this page, then press S again.', 9000);
  }
  deckle.keys.splice(-2, 0, { where: 'Everywhere', keys: ['S'], text: deckle.speaking ? 'The window with the slides' : 'Speaker view in a second window', run: openSpeaker });

  if (deckle.speaking) {
    const desk = make('main', 'ui desk');
    document.body.prepend(desk);
    make('h1', 'unseen', 'Speaker view', desk);

    const pane = (className, title) => {
      const el = make('section', className, '', desk), head = make('h2', '', title, el);
      return { el, head, title: make('b', '', '', head) };
    };
    const button = (text, action, parent, label) => {
      const el = make('button', '', text, parent);
      if (label) el.setAttribute('aria-label', label);
      // A button that keeps the focus would take the next Space away from the slides.
      el.addEventListener('click', e => {
        action();
        if (e.detail) el.blur();
      });
      return el;
    };

    const bar = make('header', '', '', desk);
    button('←', deckle.back, bar, 'Back');
    button('→', deckle.next, bar, 'Next');
    const count = make('p', '', '', bar);
    const shown = make('p', 'timer', '', bar);
    shown.setAttribute('role', 'timer');
    shown.setAttribute('aria-label', 'Time since the first move');
    const plan = make('p', 'plan', '', bar);
    const pauser = button('Pause', pause, bar);
    button('Reset', reset, bar);
    const clock = make('p', 'clock', '', bar);

    const here = pane('here', 'Now'), coming = pane('coming', 'Next'), notes = pane('notes-pane', 'Notes');
    for (const p of [here, coming]) {
      p.box = make('div', 'frame thumb', '', p.el);
      p.box.inert = true;
      p.title.lang = root.lang;
      p.title.dir = p.box.dir = root.dir;
    }
    notes.title.remove();
    const sizes = make('span', '', '', notes.head);
    const told = make('div', 'told', '', notes.el);
    told.lang = root.lang;
    told.dir = root.dir;
    told.tabIndex = 0;
    told.setAttribute('role', 'region');
    told.setAttribute('aria-label', 'Notes');
    let size = load(local).size ?? 24;
    button('−', () => resize(-2), sizes, 'Smaller notes');
    button('+', () => resize(2), sizes, 'Larger notes');

    function resize(by) {
      size = Math.max(16, Math.min(64, size + by));
      told.style.setProperty('--told', `${size}px`);
      save(local, { size });
    }

    function setTimer(past, since) {
      Object.assign(timer, { past, since, at: Date.now() });
      save(session, { pair, timer });
      send();
      tick();
    }
    function pause() {
      setTimer(timer.since ? timer.past + Date.now() - timer.since : timer.past, timer.since ? 0 : Date.now());
    }
    function reset() {
      setTimer(0, 0);
    }
    const scroll = part => told.scrollBy(0, part * told.clientHeight);

    const where = deckle.place;
    deckle.keys.push(
      { where, keys: ['P'], text: 'Pause the timer, or go on', run: pause },
      { where, keys: ['Z'], text: 'Timer to zero', run: reset },
      { where, keys: ['+', '='], show: ['+'], text: 'Larger notes', run: () => resize(2) },
      { where, keys: ['-'], text: 'Smaller notes', run: () => resize(-2) },
      { where, keys: ['Shift+ArrowDown'], text: 'Scroll the notes down', run: () => scroll(0.7) },
      { where, keys: ['Shift+ArrowUp'], text: 'Scroll the notes up', run: () => scroll(-0.7) },
    );

    const copyOf = el => {
      const copy = el.cloneNode(true);
      copy.removeAttribute('id');
      for (const inner of copy.querySelectorAll('[id]')) inner.removeAttribute('id');
      return copy;
    };

    /** Shows a copy of a slide; the same slide again only changes its steps. */
    function fill(p, frame, step) {
      const slide = slideOf(frame);
      if (p.slide !== slide) {
        p.slide = slide;
        p.box.replaceChildren(...(slide ? [copyOf(slide)] : []));
      }
      p.box.style.cssText = deckle.deck.style.cssText + (frame?.style.cssText ?? '');
      p.title.textContent = deckle.titleOf(frame);
      deckle.reveal(p.box.firstElementChild, step);
      deckle.fit(p.box.firstElementChild);
    }

    let noted = null;
    draw = () => {
      const { frames, at, step } = deckle, frame = frames[at], steps = stepsOf(frame);
      const stay = step < steps;
      fill(here, frame, step);
      fill(coming, stay ? frame : frames[at + 1], stay ? step + 1 : 0);
      coming.head.firstChild.data = stay ? `Step ${step + 1} of ${steps}` : frames[at + 1] ? 'Next' : 'The end';
      count.textContent = frames.length ? deckle.labelOf(at) : 'No slides';
      const slide = slideOf(frame);
      if (noted !== slide) {
        noted = slide;
        const source = slide?.querySelector(':scope > .notes');
        told.replaceChildren(...(source?.textContent.trim() ? copyOf(source).childNodes : []));
        if (!told.firstChild) make('p', 'none', 'No notes for this slide.', told).lang = 'en';
        told.scrollTop = 0;
      }
      tell(step);
      tick();
    };

    /** Lifts out the part of the notes that belongs to the step. */
    function tell(step) {
      const marked = [...told.querySelectorAll('[data-step]')];
      const part = Math.max(0, ...marked.map(el => +el.dataset.step).filter(s => s <= step));
      told.classList.toggle('parts', !!marked.length);
      told.classList.toggle('begun', part > 0);
      for (const el of marked) el.classList.toggle('now', +el.dataset.step === part);
      told.querySelector('.now')?.scrollIntoView({ block: 'nearest' });
    }

    /** Minutes after which the part or slide one is in should be over, or null if it has no time. */
    function due() {
      let sum = 0, own = 0, timed = false;
      for (const frame of deckle.frames.slice(0, deckle.at + 1)) {
        const slide = slideOf(frame), isPart = slide?.matches('.layout-section');
        own = +(slide?.dataset.minutes ?? 0);
        if (isPart) timed = own > 0;
        // In a part that has a time the times of its slides only divide it.
        if (isPart || !timed) sum += own;
      }
      return timed || own ? sum : null;
    }

    const two = n => String(n).padStart(2, '0');
    const spell = s => `${s >= 3600 ? `${Math.floor(s / 3600)}:` : ''}${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
    const left = (minutes, seconds, what) => {
      const rest = Math.round(minutes * 60) - seconds;
      return `${spell(Math.abs(rest))} ${rest < 0 ? 'over' : 'left'} ${what}`;
    };
    function tick() {
      const seconds = Math.floor((timer.past + (timer.since && Date.now() - timer.since)) / 1000);
      shown.textContent = spell(seconds);
      const part = due(), all = +(deckle.deck.dataset.minutes ?? 0);
      const budget = [part !== null && left(part, seconds, 'here'), all && left(all, seconds, 'in all')].filter(Boolean).join(' · ');
      if (plan.textContent !== budget) plan.textContent = budget;
      plan.classList.toggle('over', budget.includes('over'));
      shown.classList.toggle('paused', !timer.since);
      const text = timer.since || !timer.past ? 'Pause' : 'Go on';
      if (pauser.textContent !== text) pauser.textContent = text;
      clock.textContent = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    }
    const every = () => {
      tick();
      // A stage that was reloaded learns in this way that there is a speaker.
      send('hello');
      setTimeout(every, 1000 - (Date.now() % 1000));
    };
    resize(0);
    draw();
    every();
  }
}
