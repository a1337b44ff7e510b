// The speaker's pages of a shared talk: links and codes to give away, questions from the
// audience, the point of the phone's laser. The window that everybody sees shows nothing but the
// audience's own link.
{
  const { make } = deckle;
  let links = null;

  const NAMES = {
    follower: ['Audience', 'See the slides, ask, answer polls'],
    driver: ['Your phone', 'Remote with notes. Keep it to yourself'],
    'co-presenter': ['Co-presenter', 'Drives when you hand over; sees the notes'],
    display: ['Second screen', 'Shows what the first one shows'],
  };

  const box = make('dialog', 'ui help share', '', document.body);
  box.setAttribute('aria-labelledby', 'deckle-share');
  box.addEventListener('click', e => e.target === box && box.close());

  const code = link => {
    const el = make('figure', 'share-code');
    const svg = make('div', 'share-svg', '', el);
    svg.innerHTML = link.code;
    const text = make('figcaption', '', '', el);
    make('b', '', NAMES[link.role][0], text);
    if (deckle.speaking) make('span', '', NAMES[link.role][1], text);
    // A token is typed in one piece, so it breaks in no other place than in front of it.
    const address = make('code', '', '', text);
    for (const part of link.url.replace(/^http:\/\//, '').split(/(?<=\/)/)) make('span', '', part, address);
    return el;
  };

  const list = make('ol', 'share-questions');
  function ask() {
    const questions = sync.state?.lead?.questions ?? [];
    list.replaceChildren(...questions.map(q => {
      const li = make('li', '');
      const text = make('span', '', q.text, li);
      text.dir = 'auto';
      const done = make('button', '', 'Done', li);
      done.setAttribute('aria-label', `Done: ${q.text}`);
      done.addEventListener('click', () => sync.say({ do: 'done', question: q.id }).catch(() => {}));
      return li;
    }));
    if (!questions.length) make('li', 'none', 'No questions.', list);
  }

  async function open() {
    if (box.open) return box.close();
    links ??= await fetch('links').then(answer => answer.json()).catch(() => null);
    if (!links) return deckle.say('The server does not answer.');
    if (box.open) return;
    const bar = make('header', '');
    make('h2', '', deckle.speaking ? 'Who takes part' : 'Take part', bar).id = 'deckle-share';
    make('button', '', 'Close', bar).addEventListener('click', () => box.close());
    const codes = make('div', 'share-codes');
    for (const link of links) if (deckle.speaking || link.role === 'follower') codes.append(code(link));
    box.classList.toggle('wall', !deckle.speaking);
    const parts = [bar, codes];
    if (deckle.speaking) {
      const asked = make('section', 'share-asked');
      make('h3', '', 'Questions', asked);
      asked.append(list);
      const hand = make('button', 'hand', '', asked);
      hand.addEventListener('click', () => sync.say({ do: 'hand', to: sync.state.lead.driver === 'driver' ? 'co-presenter' : 'driver' }).catch(() => {}));
      parts.splice(1, 0, asked);
      box.hand = hand;
      update(sync.state);
    }
    box.replaceChildren(...parts);
    box.showModal();
  }
  deckle.bind({ where: 'Everywhere', keys: ['Q'], text: "The audience's code; in the speaker view all links and questions", run: open });
  addEventListener('keydown', e => {
    if (box.open && e.key.toUpperCase() === 'Q' && !e.ctrlKey && !e.metaKey && !e.altKey) {
      e.preventDefault();
      e.stopPropagation();
      box.close();
    }
  }, true);

  let asked = 0;
  const badge = make('button', 'share-badge', 'Audience');
  badge.addEventListener('click', e => {
    open();
    if (e.detail) badge.blur();
  });
  // The two windows may change places, and then the desk is made only now.
  const wear = () => !badge.isConnected && document.querySelector('.desk > header')?.append(badge);
  deckle.moved.push(wear);
  wear();

  function update(state) {
    const lead = state?.lead;
    if (!lead || !deckle.speaking) return;
    const n = lead.questions.length;
    const words = [`Audience ${lead.followers}`, n && `${n} question${n === 1 ? '' : 's'}`].filter(Boolean).join(' · ');
    if (badge.textContent !== words) badge.textContent = words;
    badge.classList.toggle('asked', n > 0);
    const newest = Math.max(0, ...lead.questions.map(q => q.id));
    if (newest > asked && asked >= 0) deckle.say(`Question: ${lead.questions.at(-1).text}`, 8000);
    asked = Math.max(asked, newest);
    ask();
    if (box.hand) box.hand.textContent = lead.driver === 'driver' ? 'Hand over to the co-presenter' : 'Take the talk back';
  }
  sync.heard.state.push(update);

  // ---- The laser of the phone -------------------------------------------------------------------

  const dot = make('div', 'share-spot', '', document.body);
  dot.setAttribute('aria-hidden', 'true');
  sync.heard.spot.push(spot => {
    const slide = deckle.speaking ? document.querySelector('.here .slide') : deckle.slideOf(deckle.frames[deckle.at]);
    const box = slide?.getBoundingClientRect();
    dot.classList.toggle('on', spot.length === 2 && !!box);
    if (spot.length !== 2 || !box) return;
    dot.style.translate = `${box.left + spot[0] * box.width}px ${box.top + spot[1] * box.height}px`;
  });
}
