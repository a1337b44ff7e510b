// Rehearsal: what each slide and step takes, where the talk will end, and the log of it.
//
// The log of a run, which is downloaded or sent to the server, is JSON. Times are seconds, with a
// fraction; `steps[i]` is the time with i steps shown, empty for a slide that was left out.
//
//   { "deckle": "rehearsal", "version": 1, "title": "…", "begun": "2026-11-23T09:00:00.000Z",
//     "minutes": 20 or null, "seconds": 1200.5, "questions": 95.1,
//     "slides": [{ "n": 1, "key": "…", "title": "…", "minutes": 2 or null, "optional": false,
//                  "seconds": 61.5, "steps": [30.2, 31.3] }] }
//
// `seconds` is what the clock ran, `questions` what it stood still. Beside the deck, where
// `deckle rehearse` keeps them, runs stand in a list: src/rehearsal.rs. For that recorder.js pushes
// a function to `deckle.logged`, which is given each log, and puts the last one kept into
// `deckle.lastLog`. Else the browser remembers.
{
  const { make, timer, elapsed, spell, slideOf, titleOf, load, save, local } = deckle;
  const run = { on: 0, begun: 0, mark: 0, key: '', step: 0, spent: {}, at: 0 };
  const set = deckle.shared('rehearsal', run);
  deckle.logged = [];
  deckle.lastLog = load(local, 'log');

  const sum = list => list.reduce((a, b) => a + b, 0);
  const keyOf = frame => frame?.dataset.key;
  const planOf = frame => (slideOf(frame)?.matches('.layout-section') ? 0 : +(slideOf(frame)?.dataset.minutes ?? 0));
  const talk = () => +(deckle.deck.dataset.minutes ?? 0);
  const stepsOf = frame => run.spent[keyOf(frame)] ?? [];
  const lastOf = frame => deckle.lastLog?.slides.find(s => s.key === keyOf(frame))?.seconds ?? 0;

  /** Books the time since the last move on the place where it was spent. */
  function book() {
    // The timer was set to zero: the run begins anew. A pause that is heard late takes back less.
    if (elapsed() < run.mark - 1000) set({ begun: Date.now() - elapsed(), mark: 0, spent: {} });
    const steps = Array.from({ length: Math.max(run.step + 1, run.spent[run.key]?.length ?? 0) }, (_, i) => run.spent[run.key]?.[i] ?? 0);
    steps[run.step] += Math.max(0, elapsed() - run.mark);
    set({ spent: { ...run.spent, [run.key]: steps }, mark: elapsed(), key: keyOf(deckle.frames[deckle.at]), step: deckle.step });
  }
  const begin = (mark = 0) => set({ on: 1, begun: Date.now() - elapsed(), mark, spent: {}, key: keyOf(deckle.frames[deckle.at]), step: deckle.step });
  const rehearsal = deckle.rehearsal = {
    run, begin,
    /** Whether this window books: only one does, or both would change the same sums at once. */
    books: () => deckle.speaking,
    /** The log up to now. */
    log() {
      book();
      return logOf();
    },
  };
  deckle.moved.push(() => run.on && rehearsal.books() && book());

  /** Where the talk will end at this pace, and what to leave out to end in time. */
  deckle.forecast = () => {
    if (!run.on) return '';
    const { frames, at } = deckle, all = talk() * 60, now = elapsed() / 1000;
    const known = frames.map(f => lastOf(f) || planOf(f) * 60);
    const share = (all - sum(known)) / known.filter(s => !s).length;
    const plan = known.map(s => s || (share > 0 ? share : 60));
    const spent = frames.map(f => sum(stepsOf(f)) / 1000);
    spent[at] += now - run.mark / 1000;
    const over = list => sum(list.map((s, i) => (i !== at && spent[i] ? s : 0)));
    const pace = over(spent) / over(plan) || 1;
    const rest = frames.map((f, i) => i).filter(i => i > at && !spent[i]);
    const end = now + Math.max(0, pace * plan[at] - spent[at]) + pace * sum(rest.map(i => plan[i]));
    const by = Math.round(end - all);
    let late = all && by;
    const skip = rest.filter(i => slideOf(frames[i])?.matches('.optional')).sort((a, b) => plan[b] - plan[a]).filter(i => {
      const is = late > 0;
      late -= is && pace * plan[i];
      return is;
    });
    const last = lastOf(frames[at]);
    return [`Ends at ${spell(end)}`, all && `${spell(Math.abs(by))} ${by > 0 ? 'late' : 'early'}`, skip.length && `leave out ${skip.map(i => i + 1).sort((a, b) => a - b).join(', ')}`, last && `last time ${spell(last)} here`].filter(Boolean).join(' · ');
  };

  const seconds = ms => Math.round(ms / 100) / 10;
  const logOf = () => ({
    deckle: 'rehearsal', version: 1, title: deckle.title, begun: new Date(run.begun).toISOString(), minutes: talk() || null,
    seconds: seconds(elapsed()), questions: seconds(Math.max(0, Date.now() - run.begun - elapsed())),
    slides: deckle.frames.map((f, i) => ({ n: i + 1, key: keyOf(f), title: titleOf(f), minutes: planOf(f) || null, optional: !!slideOf(f)?.matches('.optional'), seconds: seconds(sum(stepsOf(f))), steps: stepsOf(f).map(seconds) })),
  });

  function report(log) {
    const body = make('div', 'log'), table = make('table', '', '', body);
    const row = (cells, tag = 'td') => cells.reduce((tr, text) => (make(tag, '', text, tr), tr), make('tr', '', '', table));
    const time = s => (s ? spell(s) : '–');
    row(['Slide', 'Time', 'Last time', 'Plan'], 'th');
    log.slides.forEach((s, i) => row([`${s.n} ${s.title}`, time(s.seconds), time(lastOf(deckle.frames[i])), time((s.minutes ?? 0) * 60)]));
    row(['All, without questions', time(log.seconds), time(deckle.lastLog?.seconds), time((log.minutes ?? 0) * 60)], 'th');
    row(['Questions', time(log.questions), time(deckle.lastLog?.questions), '–']);
    const link = make('a', '', 'Download the log', body);
    link.download = 'rehearsal.json';
    link.href = URL.createObjectURL(new Blob([JSON.stringify(log, null, 1)], { type: 'application/json' }));
    deckle.sheet('Rehearsal', body);
  }

  deckle.rehearse = () => {
    if (!run.on) {
      deckle.setTimer(0, Date.now());
      return begin();
    }
    const log = rehearsal.log();
    deckle.setTimer(elapsed(), 0);
    set({ on: 0 });
    report(log);
    save(local, 'log', deckle.lastLog = log);
    for (const f of deckle.logged) f(log);
  };
}
