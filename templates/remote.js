// The phone in the speaker's hand, and that of the co-presenter: two large buttons, the slide that
// is shown and the next one, notes, timer, questions. A finger on the slide is a laser pointer.
{
  const { root, make, timer, spell, slideOf, stepsOf, copyOf } = deckle;
  const isCo = root.dataset.part === 'co-presenter';
  const shelf = `deckle remote ${location.pathname}`;
  let size = 20, lag = 0;
  try { size = +(localStorage.getItem(shelf) ?? 20) || 20; } catch { /* then it is forgotten */ }

  const remote = make('main', 'ui remote');
  document.body.prepend(remote);
  make('h1', 'unseen', isCo ? 'Co-presenter' : 'Remote', remote);
  const button = (className, text, label, parent, action) => {
    const el = make('button', className, text, parent);
    if (label) el.setAttribute('aria-label', label);
    el.addEventListener('click', e => {
      action();
      if (e.detail) el.blur();
    });
    return el;
  };

  const head = make('header', '', '', remote);
  const count = make('p', 'count', '', head);
  const shown = make('p', 'timer', '', head);
  shown.setAttribute('role', 'timer');
  shown.setAttribute('aria-label', 'Time since the first move');
  const plan = make('p', 'plan', '', head);
  const more = button('more', 'More', '', head, () => open());

  const views = make('div', 'views', '', remote);
  // A slide on an upright phone is laid out to be read, not to be looked at small: here it stands in
  // a window of its own, which is as wide as a slide.
  const view = (className, title) => {
    const el = make('section', className, '', views), name = make('h2', '', title, el);
    const pane = make('iframe', '', '', el);
    pane.title = title;
    pane.tabIndex = -1;
    pane.inert = true;
    pane.setAttribute('aria-hidden', 'true');
    const p = { el, name, pane, box: null, slide: undefined };
    const settle = () => {
      const doc = pane.contentDocument;
      if (!doc?.body || p.box?.ownerDocument === doc) return;
      doc.documentElement.className = deckle.served;
      doc.documentElement.lang = root.lang;
      doc.documentElement.dir = root.dir;
      doc.head.append(document.getElementById('deck-style').cloneNode(true));
      doc.body.style.cssText = 'margin:0;background:none';
      p.box = doc.createElement('div');
      p.box.className = 'frame thumb';
      doc.body.append(p.box);
      p.slide = undefined;
      if (noted !== undefined) draw();
    };
    // Some browsers put another document in its place a moment later.
    pane.addEventListener('load', settle);
    settle();
    return p;
  };
  let noted;
  const here = view('here', 'Now'), coming = view('coming', 'Next');

  const told = make('div', 'told', '', remote);
  told.lang = root.lang;
  told.dir = root.dir;
  told.tabIndex = 0;
  told.setAttribute('role', 'region');
  told.setAttribute('aria-label', 'Notes');

  const foot = make('footer', '', '', remote);
  const turn = make('p', 'turn', '', foot);
  turn.setAttribute('role', 'status');
  const back = button('back', '←', 'Back', foot, () => mine() && deckle.back());
  const next = button('next', '→', 'Next', foot, () => mine() && deckle.next());

  /** Whether it is this phone's turn to drive. */
  const mine = () => !sync.state?.lead || sync.state.lead.driver === root.dataset.part;

  function fill(p, frame, step) {
    const slide = slideOf(frame);
    if (!p.box) return;
    if (p.slide !== slide) {
      p.slide = slide;
      p.box.replaceChildren(...(slide ? [copyOf(slide)] : []));
    }
    p.box.style.cssText = `${deckle.deck.style.cssText};${frame?.style.cssText ?? ''};width:100vw;height:100vh`;
    deckle.reveal(p.box.firstElementChild, step);
    deckle.fit(p.box.firstElementChild);
  }

  function draw() {
    const { frames, at, step } = deckle, frame = frames[at], steps = stepsOf(frame), stay = step < steps;
    fill(here, frame, step);
    fill(coming, stay ? frame : frames[at + 1], stay ? step + 1 : 0);
    coming.name.textContent = stay ? `Step ${step + 1} of ${steps}` : frames[at + 1] ? 'Next' : 'The end';
    count.textContent = frames.length ? deckle.labelOf(at) : '';
    const slide = slideOf(frame);
    if (noted !== slide) {
      noted = slide;
      const source = slide?.querySelector(':scope > .notes');
      told.replaceChildren(...(source?.textContent.trim() ? copyOf(source).childNodes : []));
      if (!told.firstChild) make('p', 'none', 'No notes for this slide.', told).lang = 'en';
      told.scrollTop = 0;
    }
    const marked = [...told.querySelectorAll('[data-step]')];
    const now = Math.max(0, ...marked.map(el => +el.dataset.step).filter(s => s <= step));
    told.classList.toggle('begun', now > 0);
    for (const el of marked) el.classList.toggle('now', +el.dataset.step === now);
    told.querySelector('.now')?.scrollIntoView({ block: 'nearest' });
    for (const p of [here, coming]) if (p.box) sync.fill(p.box);
  }
  deckle.moved.push(draw);
  addEventListener('resize', () => requestAnimationFrame(draw));
  document.fonts?.ready.then(draw);

  // ---- Time -------------------------------------------------------------------------------------

  const clock = () => Date.now() + lag;
  function tick() {
    const seconds = Math.max(0, Math.floor((timer.past + (timer.since && clock() - timer.since)) / 1000));
    const text = spell(seconds);
    if (shown.textContent !== text) shown.textContent = text;
    const all = +(deckle.deck.dataset.minutes ?? 0) * 60, rest = all - seconds;
    plan.textContent = all ? `${spell(Math.abs(rest))} ${rest < 0 ? 'over' : 'left'}` : '';
    plan.classList.toggle('over', !!all && rest < 0);
    shown.classList.toggle('paused', !timer.since);
  }
  setInterval(tick, 500);
  const setTimer = (past, since) => {
    Object.assign(timer, { past, since, at: clock() });
    sync.say({ do: 'timer', past, since, at: timer.at }).catch(() => {});
    tick();
  };

  // ---- What is seldom needed ----------------------------------------------------------------------

  const sheet = make('dialog', 'ui help remote-more', '', document.body);
  sheet.setAttribute('aria-labelledby', 'deckle-more');
  sheet.addEventListener('click', e => e.target === sheet && sheet.close());
  const bar = make('header', '', '', sheet);
  make('h2', '', 'More', bar).id = 'deckle-more';
  make('button', '', 'Close', bar).addEventListener('click', () => sheet.close());
  const tools = make('div', 'tools', '', sheet);
  const pauser = button('', 'Pause', '', tools, () => (timer.since ? setTimer(timer.past + clock() - timer.since, 0) : setTimer(timer.past, clock())));
  button('', 'Timer to zero', '', tools, () => setTimer(0, 0));
  button('', 'Smaller notes', '', tools, () => resize(-2));
  button('', 'Larger notes', '', tools, () => resize(2));
  const hand = button('', '', '', tools, () => {
    sync.say({ do: 'hand', to: mine() && !isCo ? 'co-presenter' : 'driver' }).catch(() => {});
    sheet.close();
  });
  const asked = make('section', '', '', sheet);
  make('h3', '', 'Questions', asked);
  const list = make('ol', 'share-questions', '', asked);
  function open() {
    sheet.showModal();
  }

  function resize(by) {
    size = Math.max(14, Math.min(48, size + by));
    told.style.setProperty('--told', `${size}px`);
    try { localStorage.setItem(shelf, size); } catch { /* then it is forgotten */ }
  }

  let newest = 0;
  sync.heard.state.push((state, isFirst) => {
    const { lead } = state;
    lag = lead.now - Date.now();
    const own = mine(), n = lead.questions.length;
    for (const b of [back, next]) b.disabled = !own;
    remote.classList.toggle('waits', !own);
    turn.textContent = own ? '' : isCo ? 'You drive when the speaker hands over.' : 'The co-presenter drives.';
    hand.hidden = isCo && !own;
    hand.textContent = isCo ? 'Give the talk back' : own ? 'Hand over to the co-presenter' : 'Take the talk back';
    more.textContent = n ? `More · ${n}` : 'More';
    more.classList.toggle('asked', n > 0);
    pauser.textContent = timer.since || !timer.past ? 'Pause' : 'Go on';
    const last = lead.questions.at(-1);
    if (last && last.id > newest && !isFirst) deckle.say(`Question: ${last.text}`, 8000);
    newest = Math.max(newest, last?.id ?? 0);
    list.replaceChildren(...lead.questions.map(q => {
      const li = make('li', '');
      make('span', '', q.text, li).dir = 'auto';
      const done = make('button', '', 'Done', li);
      done.setAttribute('aria-label', `Done: ${q.text}`);
      done.addEventListener('click', () => sync.say({ do: 'done', question: q.id }).catch(() => {}));
      return li;
    }));
    if (!n) make('li', 'none', 'No questions.', list);
    draw();
    tick();
  });
  sync.heard.line.push(isOpen => remote.classList.toggle('offline', !isOpen));

  // ---- Laser: a finger on the slide ---------------------------------------------------------------

  let point = null, pointing = false;
  async function send() {
    if (pointing) return;
    pointing = true;
    // One message at a time: a slow line loses points, not time.
    while (point) {
      const what = point;
      point = null;
      await sync.say(what).catch(() => {});
    }
    pointing = false;
  }
  const aim = e => {
    const box = here.pane.getBoundingClientRect();
    if (!box.width || !mine()) return;
    const within = part => Math.max(0, Math.min(1, part));
    point = { do: 'point', x: within((e.clientX - box.left) / box.width), y: within((e.clientY - box.top) / box.height) };
    send();
  };
  const pane = here.el;
  pane.addEventListener('pointerdown', e => {
    pane.setPointerCapture(e.pointerId);
    aim(e);
  });
  pane.addEventListener('pointermove', e => pane.hasPointerCapture(e.pointerId) && aim(e));
  for (const end of ['pointerup', 'pointercancel']) pane.addEventListener(end, () => {
    point = { do: 'unpoint' };
    send();
  });

  // A phone that goes dark in the speaker's hand is no remote. Only some browsers allow this here.
  const wake = () => !document.hidden && navigator.wakeLock?.request('screen').catch(() => {});
  document.addEventListener('visibilitychange', wake);
  wake();

  resize(0);
  draw();
  tick();
}
