// `deckle rehearse`: what each slide and step takes goes to the server, at every move and every
// few seconds, each time all of it. It begins with the first move; while the timer stands there
// are questions. The form of the log is told in src/rehearsal.rs.
if (!deckle.speaking) {
  const { timer, slideOf, titleOf } = deckle;
  const shelf = `deckle recorder ${location.pathname}`;
  const elapsed = () => timer.past + (timer.since && Date.now() - timer.since);
  const keyOf = frame => frame?.dataset.key;
  // A reload goes on with the same run.
  const load = () => { try { return JSON.parse(sessionStorage.getItem(shelf)); } catch { return null; } };
  const run = load() ?? { begun: 0, mark: 0, spent: {} };
  let key = keyOf(deckle.frames[deckle.at]), step = deckle.step;

  fetch('/rehearsal').then(answer => answer.json()).then(before => (deckle.lastLog = before ?? deckle.lastLog)).catch(() => {});

  /** Books the time since the last move on the place where it was spent. */
  function book() {
    const now = elapsed();
    // The timer was set to zero: the run begins anew.
    if (now < run.mark) Object.assign(run, { begun: 0, mark: 0, spent: {} });
    if (!timer.since && !run.begun) return;
    run.begun ||= Date.now() - now;
    const steps = (run.spent[key] ??= []);
    while (steps.length <= step) steps.push(0);
    steps[step] += now - run.mark;
    run.mark = now;
  }

  const seconds = ms => Math.max(0, Math.round(ms / 100) / 10);
  const minutes = text => +text || null;
  const sum = list => list.reduce((a, b) => a + b, 0);
  function send() {
    book();
    if (!run.begun) return;
    try { sessionStorage.setItem(shelf, JSON.stringify(run)); } catch { /* then a reload begins anew */ }
    const slides = deckle.frames.map((frame, i) => {
      const steps = run.spent[keyOf(frame)] ?? [], slide = slideOf(frame);
      return { n: i + 1, key: keyOf(frame), title: titleOf(frame), minutes: minutes(slide?.dataset.minutes), optional: !!slide?.matches('.optional'), seconds: seconds(sum(steps)), steps: steps.map(seconds) };
    });
    const log = { deckle: 'rehearsal', begun: new Date(run.begun).toISOString(), title: deckle.title, minutes: minutes(deckle.deck.dataset.minutes), seconds: seconds(elapsed()), questions: seconds(Date.now() - run.begun - elapsed()), slides };
    fetch('/rehearsal', { method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(log) }).catch(() => {});
  }
  deckle.moved.push(() => {
    send();
    key = keyOf(deckle.frames[deckle.at]);
    step = deckle.step;
  });
  setInterval(send, 3000);
  addEventListener('pagehide', send);
  document.addEventListener('visibilitychange', send);
}
