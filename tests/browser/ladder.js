// What stands on each slide and how it is set: `{group, text, set, faults}`.
(() => {
  const unit = frame => frame.getBoundingClientRect().width / parseFloat(getComputedStyle(document.getElementById('deck')).getPropertyValue('--w'));
  return [...document.querySelectorAll('#deck > .frame')].map(frame => {
    const slide = frame.querySelector('.slide'), faults = [], parts = [];
    const has = name => slide.classList.contains(name);
    // Only what has a place on the slide: notes and what is for screen readers is not read here.
    for (const el of slide.querySelectorAll('.title, .body, .slot, .agenda, .quote, .figure, .footnotes')) {
      if (!el.parentElement.closest('.body, .slot, .quote')) {
        const copy = el.cloneNode(true);
        for (const extra of copy.querySelectorAll('.katex-mathml, .part, .note-mark, .sup')) extra.remove();
        for (const gap of copy.querySelectorAll('li, p, td, th, dt, dd, h3, h4, ul, ol, .line, .file')) gap.before(' ');
        parts.push(copy.textContent);
      }
    }
    frame.classList.add('probe');
    const u = unit(frame), walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
    const floor = parseFloat(getComputedStyle(slide).getPropertyValue('--floor-body'));
    const least = parseFloat(getComputedStyle(slide).getPropertyValue('--floor-code'));
    for (let node; (node = walker.nextNode()); ) {
      const el = node.parentElement;
      if (!node.data.trim() || el.closest('.notes, svg, .katex, footer, .footnotes, sup, sub, .meta, .part, .poll-sum')) continue;
      const size = parseFloat(getComputedStyle(el).fontSize) / u;
      const most = el.closest('pre, table, code, figcaption, .file') ? (el.closest('figcaption, .file') ? 13 : el.closest('code:not(pre *)') ? floor * 0.89 : least) : floor;
      if (size < most - 0.1) faults.push(`${node.data.trim().slice(0, 30)} in ${Math.round(size * 10) / 10} units (${el.localName})`);
    }
    frame.classList.remove('probe');
    const fit = [...slide.classList].find(name => /^fit-\d$/.test(name));
    const corrected = slide.dataset.fit === undefined ? '' : ' corrected';
    if (slide.matches('.scrolls')) faults.push('it has to be scrolled');
    return { group: [...slide.classList].find(name => /^g\d+$/.test(name)) ?? '', layout: [...slide.classList].find(name => name.startsWith('layout-')), text: parts.join(' '), set: `${fit}${has('in-two') ? ' two' : ''}${has('closer') ? ' closer' : ''}${slide.querySelector('.part') ? ' part' : ''}${corrected}`, faults: faults.slice(0, 2) };
  });
})()
