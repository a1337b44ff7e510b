// The audience's page and the second projector's. A follower goes with the speaker or looks back
// on its own, and returns with one tap; it asks, and answers polls. A projector only shows.
{
  const { root, make } = deckle;
  const isDisplay = root.dataset.part === 'display';
  let following = true, reached = 0;

  if (isDisplay) {
    // Whoever touches the keys of a projector's machine moves nothing.
    deckle.moved.push(byUser => byUser && sync.apply());
    const dot = make('div', 'share-spot', '', document.body);
    dot.setAttribute('aria-hidden', 'true');
    sync.heard.spot.push(spot => {
      const box = deckle.slideOf(deckle.frames[deckle.at])?.getBoundingClientRect();
      dot.classList.toggle('on', spot.length === 2 && !!box);
      if (spot.length === 2 && box) dot.style.translate = `${box.left + spot[0] * box.width}px ${box.top + spot[1] * box.height}px`;
    });
  } else follow();

  function follow() {
    const bar = make('nav', 'ui follow', '', document.body);
    bar.setAttribute('aria-label', 'Slides');
    const button = (text, label, action) => {
      const el = make('button', '', text, bar);
      if (label) el.setAttribute('aria-label', label);
      el.addEventListener('click', e => {
        action();
        // A button that keeps the focus would take the next Space away from the slides.
        if (e.detail) el.blur();
      });
      return el;
    };
    const back = button('‹', 'Back', deckle.back);
    const where = make('p', '', '', bar);
    const forth = button('›', 'On', () => look(1));
    const home = button('To speaker', 'Return to the speaker', returnHome);
    home.className = 'home';
    const hand = button('Ask', 'Ask a question', () => sheet.showModal());
    hand.className = 'ask';

    /** On, but never before the speaker. */
    function look() {
      if (deckle.at < reached) deckle.next();
    }

    function returnHome() {
      following = true;
      sync.apply();
      update();
    }

    function update() {
      const text = deckle.frames.length ? deckle.labelOf(deckle.at) : '';
      if (where.textContent !== text) where.textContent = text;
      home.hidden = following;
      back.disabled = deckle.at <= 0;
      forth.disabled = deckle.at >= reached;
      // The deck's name heads the page unless the slide that is seen has a first heading of its own.
      const name = deckle.deck.querySelector(':scope > h1.unseen');
      if (name) name.hidden = !!deckle.slideOf(deckle.frames[deckle.at])?.querySelector('h1');
      polls();
    }

    let returning = false;
    deckle.moved.push(byUser => {
      if (byUser && !sync.applying && !returning && sync.state) {
        const { slide, step } = sync.state;
        // What was not shown yet is not for looking at.
        if (deckle.at > reached) {
          returning = true;
          deckle.go(reached, Infinity, false);
          returning = false;
        }
        following = deckle.at === slide && deckle.step === step;
      }
      update();
    });
    sync.heard.state.push(state => {
      reached = Math.max(reached, state.slide);
      if (following) sync.apply();
      update();
    });

    // ---- Polls ------------------------------------------------------------------------------------

    const shelf = `deckle votes ${location.pathname}`;
    const load = () => { try { return JSON.parse(sessionStorage.getItem(shelf)) ?? {}; } catch { return {}; } };
    const votes = load();

    function polls() {
      for (const poll of deckle.frames[deckle.at]?.querySelectorAll('[data-poll]') ?? []) {
        const isOpen = !!sync.state?.polls[poll.dataset.poll];
        poll.querySelectorAll('[data-option]').forEach((option, i) => {
          let pick = option.querySelector('.poll-pick');
          if (!pick) {
            pick = make('button', 'poll-pick', '', option);
            pick.setAttribute('aria-label', option.querySelector('.poll-text').textContent.trim());
            pick.addEventListener('click', () => vote(poll, i));
          }
          pick.disabled = !isOpen;
          const chosen = votes[poll.dataset.poll] === i;
          pick.setAttribute('aria-pressed', `${chosen}`);
          option.classList.toggle('mine', chosen);
        });
      }
    }

    async function vote(poll, option) {
      const id = poll.dataset.poll;
      const answer = await sync.say({ do: 'vote', voter: sync.voter, poll: id, option }).catch(() => null);
      if (!answer?.ok) return deckle.say(answer ? await answer.text() : 'Your answer did not arrive. Try again.');
      votes[id] = option;
      try { sessionStorage.setItem(shelf, JSON.stringify(votes)); } catch { /* then a reload forgets it */ }
      deckle.say('Your answer counts. You may change it.', 2500);
      polls();
    }

    // ---- Questions ----------------------------------------------------------------------------------

    const sheet = make('dialog', 'ui help asking', '', document.body);
    sheet.setAttribute('aria-labelledby', 'deckle-ask');
    const form = make('form', '', '', sheet);
    const title = make('h2', '', 'Ask a question', form);
    title.id = 'deckle-ask';
    const label = make('label', '', 'The speaker sees it without your name.', form);
    const text = make('textarea', '', '', label);
    text.maxLength = 280;
    text.rows = 4;
    text.required = true;
    text.dir = 'auto';
    const row = make('p', 'row', '', form);
    const cancel = make('button', '', 'Cancel', row);
    cancel.type = 'button';
    cancel.addEventListener('click', () => sheet.close());
    make('button', 'send', 'Send', row);
    sheet.addEventListener('click', e => e.target === sheet && sheet.close());
    form.addEventListener('submit', async e => {
      e.preventDefault();
      const answer = await sync.say({ do: 'ask', voter: sync.voter, text: text.value }).catch(() => null);
      if (answer?.ok) {
        text.value = '';
        sheet.close();
        deckle.say('Your question is with the speaker.', 4000);
      } else {
        sheet.close();
        deckle.say(answer ? await answer.text() : 'Your question did not arrive. Try again.', 6000);
      }
    });
    update();
  }
}
