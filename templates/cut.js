// A picture of many slides below each other, cut into one for each, as files in attributes. All of
// it before the page counts as loaded: what comes later, the browser does not wait for.
addEventListener('load', () => {
  const root = document.documentElement, { n, mime, quality } = root.dataset;
  const all = document.querySelector('img');
  const high = all.naturalHeight / n, files = [];
  for (let i = 0; i < n; i++) {
    const one = document.createElement('canvas');
    Object.assign(one, { width: all.naturalWidth, height: Math.round((i + 1) * high) - Math.round(i * high) });
    one.getContext('2d').drawImage(all, 0, -Math.round(i * high));
    files.push(one.toDataURL(mime, +quality).split(',')[1]);
  }
  root.replaceChildren();
  root.dataset.files = files.join(' ');
});
