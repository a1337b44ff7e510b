// The two windows of a talk: what both must know, and what is left of it after a crash.
// A message says what holds now and never what to do, so a lost or doubled one does no harm.
//
// For other ways to a second place (a server, a phone): every message that leaves for the other
// window is given to the functions in `deckle.links` too, and `deckle.hear` takes what comes in.
// A message is a plain object:
//   deckle  'state', or 'hello', which asks for an answer, or a topic: 'scene' (scene.js), 'ink', 'stroke',
//           'laser' (draw.js), 'lap' (speaker.js), 'rehearsal' (rehearse.js), 'role'
//   from    'stage' or 'speaker'; whoever has the same role as this window is not heard
//   pair    which two windows belong together; without it, all are meant
//   slide, step, key, when    where the talk stands: index and key of the frame; ms of the last move
//   timer, age                the clock; the sum of all topics' `at`
//   value   of a topic. One with an `at` is kept, and the later one wins
{
  const { moved, timer } = deckle;
  const web = /^https?:$/.test(location.protocol);
  const shelf = `deckle ${location.pathname}`;
  const HALF_A_DAY = 432e5;
  const me = () => (deckle.speaking ? 'speaker' : 'stage');
  // Clocks of two windows differ and may stand still in sleep: later is at least one more.
  const after = last => Math.max(Date.now(), last + 1);

  // Storage may be forbidden; then only a reload forgets.
  const load = (store, name) => { try { return JSON.parse(store().getItem(`${shelf} ${name}`)); } catch { return null; } };
  const save = (store, name, value) => { try { store().setItem(`${shelf} ${name}`, JSON.stringify(value)); } catch { /* see above */ } };
  const session = () => sessionStorage, local = () => localStorage;

  const kept = load(session, 'talk') ?? {}, last = load(local, 'last');
  Object.assign(timer, kept.timer);
  // Two decks, or two pairs of windows of one deck, must not drive each other.
  const named = /^deckle-(\w+)$/.exec(window.name)?.[1];
  const pair = named ?? (new URLSearchParams(location.search).get('speaker') || (kept.pair ?? Math.random().toString(36).slice(2)));
  const isPopup = !!named && !!window.opener;
  let other = isPopup ? window.opener : null;
  let when = 0; // time of the last move, here or there: the later one wins

  const topics = {}, on = {}, links = [];
  const age = () => Object.values(topics).reduce((sum, t) => sum + t.value.at, 0);
  const keyOf = i => deckle.frames[i]?.dataset.key;

  function keep() {
    const { at: slide, step, title } = deckle;
    save(session, 'talk', { pair, timer });
    // A page that was only looked at must not cover up the talk that broke off.
    if (slide > 0 || timer.at) save(local, 'last', { title, slide, step, key: keyOf(slide), timer, on: Date.now() });
  }

  function send(kind = 'state', value = undefined) {
    const message = { deckle: kind, from: me(), pair, when, age: age(), slide: deckle.at, step: deckle.step, key: keyOf(deckle.at), timer: { ...timer }, value };
    if (other && !other.closed) other.postMessage(message, web ? location.origin : '*');
    air?.postMessage(message);
    for (const link of links) link(message);
  }

  function hear(message) {
    if (!message?.deckle || message.from === me() || (message.pair && message.pair !== pair)) return;
    const { deckle: kind, value } = message, topic = topics[kind];
    if (message.timer?.at > timer.at) Object.assign(timer, message.timer);
    // Where nobody has moved since both were loaded, it counts what the audience sees.
    const isApart = message.slide !== deckle.at || message.step !== deckle.step;
    if (message.when > when || (message.when === when && message.from === 'stage' && isApart)) {
      when = message.when;
      // While a patch is under way the two windows may count differently; the key is surer.
      const same = deckle.frames.findIndex(f => f.dataset.key === message.key);
      deckle.go(message.key && same >= 0 ? same : message.slide, message.step, false);
    }
    if (value?.at > topic?.value.at) {
      Object.assign(topic.value, value);
      save(session, kind, topic.value);
      topic.changed();
    }
    on[kind]?.(value);
    if (kind === 'hello') send();
    // Whoever knows less, after a reload, is told.
    if (message.age < age()) for (const name in topics) send(name, topics[name].value);
  }

  addEventListener('message', e => {
    if (web && e.origin !== location.origin) return;
    // After a reload a window does not know its popup any more, but the popup its opener.
    if (!isPopup && e.source && e.source !== other && e.data?.deckle && e.data.pair === pair && e.source.opener === window) other = e.source;
    if (e.source && e.source === other) hear(e.data);
  });
  // Over file:// two windows share no origin, and only postMessage reaches the other one.
  const air = web && 'BroadcastChannel' in window ? new BroadcastChannel(shelf) : null;
  air?.addEventListener('message', e => hear(e.data));

  moved.push(byUser => {
    if (byUser) {
      when = after(when);
      send();
    }
    keep();
  });

  Object.assign(deckle, {
    links, on, send, hear, load, save, local,
    /** Keeps `value` (with `at: 0`) the same in both windows and over a reload. Returns what changes it. */
    shared(name, value, changed = () => {}) {
      topics[name] = { value: Object.assign(value, load(session, name)), changed };
      return change => {
        Object.assign(value, change, { at: after(value.at) });
        send(name, value);
        save(session, name, value);
        changed();
      };
    },
    setTimer(past, since) {
      Object.assign(timer, { past, since, at: after(timer.at) });
      send();
      keep();
    },
  });

  // ---- The second window --------------------------------------------------------------------

  // Once the browser has allowed it, slides fill the screen one does not sit at.
  let screens = null;
  const seat = () => screens?.currentScreen, wall = () => screens?.screens.find(s => s !== seat());
  const askScreens = () => screen.isExtended && window.getScreenDetails?.().then(found => (screens = found), () => {});
  const allowed = navigator.permissions?.query({ name: 'window-management' }).then(p => p.state === 'granted' && askScreens(), () => {});
  allowed?.then(openBoth);

  function openOther() {
    if (other && !other.closed) return other.focus();
    if (isPopup) return deckle.say('The first window is closed.');
    keep();
    const url = new URL(location.href);
    if (deckle.speaking) url.searchParams.delete('speaker');
    else url.searchParams.set('speaker', pair);
    const here = wall() && seat();
    const place = here ? `left=${here.availLeft},top=${here.availTop},width=${here.availWidth},height=${here.availHeight}` : 'width=1180,height=760';
    // One press allows both only in this order.
    if (here && !deckle.speaking) deckle.root.requestFullscreen({ screen: wall() }).catch(() => {});
    else askScreens();
    other = window.open(url, `deckle-${pair}`, `popup,${place}`);
    if (!other) deckle.say('The browser blocked the second window. Allow pop-ups for this page, then press S again.', 9000);
    return other;
  }

  /** Where there are two screens, `present` opens both windows; most browsers want a press for the second. */
  function openBoth() {
    const data = deckle.root.dataset, isFirst = (data.windows !== undefined || data.part === 'speaker') && !deckle.speaking && !isPopup && !kept.pair;
    if (!isFirst || !screen.isExtended || openOther()) return;
    const offer = deckle.make('button', '', 'Speaker view on the other screen');
    offer.addEventListener('click', () => {
      deckle.say('');
      openOther();
    });
    deckle.say(offer, 20000);
  }

  function play(role) {
    deckle.play(role === 'speaker');
    const url = new URL(location.href);
    if (deckle.speaking) url.searchParams.set('speaker', pair);
    else url.searchParams.delete('speaker');
    try { history.replaceState(history.state, '', url); } catch { /* then a reload brings the old role back */ }
    moved.forEach(f => f(false));
  }
  on.role = play;

  function swap() {
    if (!other || other.closed) return deckle.say('There is no second window to change places with.');
    const mine = me();
    send('role', mine);
    play(mine === 'stage' ? 'speaker' : 'stage');
  }

  // ---- After a crash, a closed lid ----------------------------------------------------------

  const isLost = last && last.title === deckle.title && !kept.timer && !deckle.speaking && Date.now() - last.on < HALF_A_DAY && (last.timer.at || last.slide !== deckle.at);

  function goOn() {
    if (!isLost) return deckle.say('Nothing has broken off.');
    deckle.say('');
    Object.assign(timer, last.timer, { at: after(timer.at) });
    const same = deckle.frames.findIndex(f => f.dataset.key === last.key);
    deckle.go(same < 0 ? last.slide : same, last.step);
    when = after(when);
    send();
    keep();
  }
  if (isLost) {
    const offer = deckle.make('button', '', `Go on at slide ${last.slide + 1}`);
    offer.addEventListener('click', goOn);
    deckle.say(offer, 20000);
    // Whoever goes on without it has begun anew, and the audience need not read it.
    moved.push(byUser => byUser && offer.isConnected && deckle.say(''));
  }

  deckle.bind(
    { where: 'Everywhere', keys: ['S'], text: 'Speaker view, in a second window', run: openOther },
    { where: 'Everywhere', keys: ['X'], text: 'The two windows change places', run: swap },
    { where: 'Everywhere', keys: ['G'], text: 'Go on with a talk that broke off', run: goOn },
  );

  if (isPopup) {
    // In this way a window that was reloaded learns that there is another.
    const greet = () => {
      send('hello');
      setTimeout(greet, 1000);
    };
    greet();
  }
}
