// `deckle rehearse`: the run begins with the first move, in the window with the slides. Its log, whose
// form is told in rehearse.js, goes to the server at every move and every few seconds, each time all of it.
{
  const { timer, elapsed, rehearsal } = deckle, { run } = rehearsal;
  const isHere = () => !deckle.speaking;
  rehearsal.books = isHere;

  fetch('/rehearsal').then(answer => answer.json()).then(before => (deckle.lastLog = before ?? deckle.lastLog)).catch(() => {});

  const post = log => void fetch('/rehearsal', { method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(log) }).catch(() => {});
  deckle.logged.push(post);

  const send = () => run.on && isHere() && post(rehearsal.log());
  deckle.moved.push(() => {
    // One that was ended is followed by another when the timer begins at zero.
    if (!run.on && isHere() && timer.since && (!run.begun || elapsed() < run.mark)) rehearsal.begin(elapsed());
    send();
  });
  setInterval(send, 3000);
  addEventListener('pagehide', send);
  document.addEventListener('visibilitychange', send);
}
