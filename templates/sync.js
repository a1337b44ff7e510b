// A shared talk: the line to the server. It tells where the talk stands, and hears where this
// page goes. What comes is a state, never a change, so that whoever missed some is right again
// with the next.
const sync = (() => {
  const { root, make, timer } = deckle;
  const part = root.dataset.part;
  const leads = part === 'speaker' || part === 'driver' || part === 'co-presenter';
  const shelf = `deckle voter ${location.pathname}`;
  const heard = { state: [], spot: [], line: [] };
  let state = null, source = null;
  let run = '', known = 0; // of which run the states are, and the last one that came of a move of ours
  let wanted = null, busy = false; // a move that is to be sent, and whether one is on its way
  let applying = false, isOpen = false;
  let wait = 250, retry = 0, doubt = 0, last = Date.now();
  let voter = load();

  const mark = make('p', 'ui lost', '', document.body);
  mark.setAttribute('role', 'status');

  // Storage may be forbidden; then a reload makes a new follower.
  function load() { try { return localStorage.getItem(shelf) ?? ''; } catch { return ''; } }
  function keep(name) {
    voter = name;
    try { localStorage.setItem(shelf, name); } catch { /* see above */ }
  }

  const say = what => fetch('say', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(what) });

  /** Goes where the talk stands. */
  function apply() {
    if (!state || busy || wanted) return;
    applying = true;
    deckle.go(state.slide, state.step, false);
    applying = false;
  }

  /** Sends the newest move; those between are of no interest to anybody. */
  async function flush() {
    if (busy) return;
    busy = true;
    try {
      while (wanted) {
        const move = wanted;
        wanted = null;
        const answer = await say(move).catch(() => null);
        if (!answer) {
          // The speaker's own place counts when the line is back; a phone takes the talk's.
          if (part === 'speaker') wanted ??= move;
          break;
        }
        if (answer.ok) known = +(await answer.text());
        else deckle.say((await answer.text()) || 'This link does not drive the talk.', 4000);
      }
    } finally {
      busy = false;
    }
    if (!wanted && state && state.seq >= known) apply();
  }

  function drive(move) {
    wanted = move;
    flush();
  }

  if (leads) deckle.moved.push(byUser => byUser && !applying && drive({ do: 'go', slide: deckle.at, step: deckle.step }));

  // ---- Polls: bars fill on whatever page shows them -------------------------------------------

  function fill(place = document) {
    for (const poll of place.querySelectorAll('[data-poll]')) {
      const counts = state?.polls[poll.dataset.poll];
      if (!counts || poll.dataset.counts === `${counts}`) continue;
      poll.dataset.counts = `${counts}`;
      const all = counts.reduce((sum, n) => sum + n, 0), most = Math.max(...counts);
      poll.classList.toggle('live', all > 0);
      poll.querySelectorAll('[data-option]').forEach((option, i) => {
        const n = counts[i] ?? 0, share = all ? Math.round((100 * n) / all) : 0;
        option.style.setProperty('--share', `${share}%`);
        option.classList.toggle('leads', n > 0 && n === most);
        option.querySelector('.poll-count').textContent = all ? `${share} %` : '';
      });
      const sum = poll.querySelector('.poll-sum');
      if (sum) sum.textContent = all ? `n = ${all}` : '';
    }
  }

  // ---- The line -------------------------------------------------------------------------------

  function hear(next) {
    if (next.run !== run) {
      // Another run of the server counts anew, and its followers have no names yet.
      run = next.run;
      known = 0;
    }
    const isFirst = !state;
    state = next;
    if (next.lead && next.lead.timer.at > timer.at) Object.assign(timer, next.lead.timer);
    // A server that has just begun does not know where the speaker is; a phone may be quicker to go on.
    if (part === 'speaker' && !next.seq) drive({ do: 'go', slide: deckle.at, step: deckle.step, first: true });
    else if (part !== 'follower' && (isFirst || next.seq >= known)) apply();
    for (const f of heard.state) f(next, isFirst);
    fill();
  }

  function connect() {
    clearTimeout(retry);
    retry = 0;
    source?.close();
    const own = (source = new EventSource(`events?voter=${encodeURIComponent(voter)}`));
    const again = () => {
      own.close();
      if (own !== source) return;
      tell(false);
      // Not all at once: a room full of phones comes back in the same moment.
      retry ||= setTimeout(connect, wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, 4000);
    };
    own.addEventListener('open', () => {
      last = Date.now();
      wait = 250;
      tell(true);
      if (wanted) flush();
    });
    own.addEventListener('you', e => keep(e.data));
    own.addEventListener('state', e => {
      last = Date.now();
      hear(JSON.parse(e.data));
    });
    own.addEventListener('spot', e => {
      for (const f of heard.spot) f(JSON.parse(e.data));
    });
    own.addEventListener('beat', () => (last = Date.now()));
    own.addEventListener('error', again);
  }

  function tell(open) {
    isOpen = open;
    clearTimeout(doubt);
    if (open) mark.textContent = '';
    else doubt = setTimeout(() => (mark.textContent = 'Connection lost, trying again …'), 800);
    for (const f of heard.line) f(open);
  }

  // A phone that slept, or left the network without a word, finds out by the missing beat.
  const hurry = () => {
    if (document.hidden) return;
    if (!isOpen || Date.now() - last > 25000) connect();
  };
  setInterval(hurry, 5000);
  addEventListener('online', hurry);
  addEventListener('pageshow', hurry);
  document.addEventListener('visibilitychange', hurry);

  // The timer may be paused in the speaker view, which does not call this a move.
  if (part === 'speaker') {
    let told = 0;
    setInterval(() => {
      if (timer.at <= told || timer.at <= (state?.lead?.timer.at ?? Infinity)) return;
      told = timer.at;
      say({ do: 'timer', past: timer.past, since: timer.since, at: timer.at }).catch(() => (told = 0));
    }, 400);
  }

  deckle.moved.push(() => requestAnimationFrame(() => fill()));
  // Behind the scripts that listen.
  queueMicrotask(connect);

  return {
    part, leads, heard, say, drive, apply, fill,
    get state() { return state; },
    get voter() { return voter; },
    get applying() { return applying; },
  };
})();
