// How well slides fit, for those who are told: the author who watches, and `deckle check`.

/** At which part of the smallest type slides fit, in percent: 100 without squeezing, 0 if one is scrolled.
    Several at once, as laying out anything at all has its price in a long deck. */
const scalesOf = frames => {
  for (const frame of frames) wings.cast(frame, 'probe', true);
  const scales = frames.map(frame => {
    const slide = deckle.slideOf(frame);
    if (!slide) return 100;
    deckle.fit(slide, true);
    const squeeze = +slide.style.getPropertyValue('--squeeze') || 1;
    return slide.querySelector('.scroller') && !slide.matches('.fit-stay') ? 0 : Math.round(squeeze * 100);
  });
  for (const frame of frames) wings.cast(frame, 'probe', false);
  return scales;
};
