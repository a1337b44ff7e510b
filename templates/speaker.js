// The speaker view: what the slides become in a window of the speaker (`?speaker=PAIR`).
{
  const { root, make, timer, elapsed, spell, slideOf, stepsOf, copyOf, load, save, local, setTimer } = deckle;
  const where = 'In the speaker view';
  /** What the clock showed when the talk came to this slide. */
  const lap = { key: '', from: 0, at: 0 };
  const setLap = deckle.shared('lap', lap);
  const isHere = () => deckle.speaking;
  deckle.modes.push({ where, on: isHere, told: isHere });

  function build() {
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
    const plan = make('p', 'plan', '', bar), ends = make('p', 'plan', '', bar);
    const pauser = button('Pause', pause, bar);
    button('Reset', reset, bar);
    const clock = make('p', 'clock', '', bar);
    const [far, late] = ['Slides shown', 'Time used'].map(label => {
      const el = make('progress', '', '', bar);
      el.ariaLabel = label;
      return el;
    });

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
    let size = load(local, 'size') ?? 24;
    button('−', () => resize(-2), sizes, 'Smaller notes');
    button('+', () => resize(2), sizes, 'Larger notes');

    function resize(by) {
      size = Math.max(16, Math.min(64, size + by));
      told.style.setProperty('--told', `${size}px`);
      save(local, 'size', size);
    }

    function pause() {
      setTimer(elapsed(), timer.since ? 0 : Date.now());
      tick();
    }
    function reset() {
      setTimer(0, 0);
      setLap({ from: 0 });
      tick();
    }
    const scroll = part => told.scrollBy(0, part * told.clientHeight);

    deckle.bind(
      { where, keys: ['P'], text: 'Pause the timer, or go on', run: pause },
      { where, keys: ['Z'], text: 'Timer to zero', run: reset },
      { where, keys: ['+', '='], show: ['+'], text: 'Larger notes', run: () => resize(2) },
      { where, keys: ['-'], text: 'Smaller notes', run: () => resize(-2) },
      { where, keys: ['Shift+ArrowDown'], text: 'Scroll the notes down', run: () => scroll(0.7) },
      { where, keys: ['Shift+ArrowUp'], text: 'Scroll the notes up', run: () => scroll(-0.7) },
      { where, keys: ['R'], text: 'Rehearse, and end it with a log', run: deckle.rehearse },
    );

    /** Shows a copy of a slide; the same slide again only changes its steps. */
    function fill(p, frame, step) {
      const slide = slideOf(frame);
      if (p.slide !== slide) {
        p.slide = slide;
        p.box.replaceChildren(...(slide ? [copyOf(slide)] : []));
      }
      p.box.style.cssText = deckle.deck.style.cssText + (frame?.style.cssText ?? '');
      p.title.textContent = deckle.titleOf(frame);
      deckle.inkOn(p.box.firstElementChild, frame?.dataset.key);
      deckle.reveal(p.box.firstElementChild, step);
      deckle.fit(p.box.firstElementChild);
    }

    let noted = null;
    const draw = () => {
      const { frames, at, step } = deckle, frame = frames[at], steps = stepsOf(frame);
      const stay = step < steps;
      if (lap.key !== frame?.dataset.key) setLap({ key: frame?.dataset.key, from: elapsed() });
      far.max = frames.length || 1;
      far.value = at + 1;
      fill(here, frame, step);
      fill(coming, stay ? frame : frames[at + 1], stay ? step + 1 : 0);
      coming.head.firstChild.data = stay ? `Step ${step + 1} of ${steps}` : frames[at + 1] ? (slideOf(frames[at + 1])?.matches('.optional') ? 'Next, optional' : 'Next') : 'The end';
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

    const left = (minutes, seconds, what) => {
      const rest = Math.round(minutes * 60) - seconds;
      return `${spell(Math.abs(rest))} ${rest < 0 ? 'over' : 'left'} ${what}`;
    };
    function tick() {
      const seconds = Math.floor(elapsed() / 1000), here = Math.max(0, seconds - Math.floor(lap.from / 1000));
      shown.textContent = spell(seconds);
      const part = due(), all = +(deckle.deck.dataset.minutes ?? 0), own = +(slideOf(deckle.frames[deckle.at])?.dataset.minutes ?? 0);
      const budget = [own && timer.at && `${spell(here)} of ${spell(own * 60)} on this slide`, part !== null && left(part, seconds, 'here'), all && left(all, seconds, 'in all')].filter(Boolean).join(' · ');
      if (plan.textContent !== budget) plan.textContent = budget;
      ends.textContent = deckle.forecast();
      late.hidden = !all;
      late.max = all * 60 || 1;
      late.value = seconds;
      plan.classList.toggle('over', budget.includes('over'));
      shown.classList.toggle('paused', !timer.since);
      const text = timer.since || !timer.past ? 'Pause' : 'Go on';
      if (pauser.textContent !== text) pauser.textContent = text;
      clock.textContent = new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    }
    const every = () => {
      tick();
      setTimeout(every, 1000 - (Date.now() % 1000));
    };
    resize(0);
    every();
    return draw;
  }

  let draw = null;
  const look = () => deckle.speaking && (draw ??= build())();
  deckle.moved.push(look);
  look();
}
