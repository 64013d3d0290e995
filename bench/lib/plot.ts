export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const size = { width: 780, height: 360, left: 70, right: 250, top: 40, bottom: 50 };

/** Legible as text on the ground of their scheme, at least 4.5 to 1. */
const light = ['#0550ae', '#24292f', '#7d4e00', '#116329', '#a40e26', '#6639ba'];
const dark = ['#6cb6ff', '#f0f6fc', '#d4a72c', '#56d364', '#ff938a', '#d2a8ff'];
const inColours = (colours: readonly string[]) =>
  colours.map((colour, index) => `.line${index}{--colour:${colour}}`).join('');
const style = [
  `svg{--ground:#fff;--grid:#d0d7de;--words:#57606a;--title:#24292f}${inColours(light)}`,
  `@media(prefers-color-scheme:dark){svg{--ground:#0d1117;--grid:#30363d;--words:#9aa4af;--title:#f0f6fc}${inColours(dark)}}`,
].join('');

/** How cost grows: an SVG with a logarithmic axis each way, on light or dark ground as the reader's system has it. */
export function plot(title: string, series: readonly Series[]): string {
  const points = series.flatMap((one) => one.points);
  const x = scale(
    points.map((point) => point.x),
    [size.left, size.width - size.right],
  );
  const y = scale(
    points.map((point) => point.y),
    [size.height - size.bottom, size.top],
  );
  const text = (at: { x: number; y: number }, words: string, anchor = 'start', colour = 'var(--words)') =>
    `<text x="${at.x.toFixed(1)}" y="${at.y.toFixed(1)}" text-anchor="${anchor}" style="fill:${colour}">${words}</text>`;
  const grid = [
    ...x.ticks.map(
      (tick) =>
        `<line x1="${x.at(tick)}" x2="${x.at(tick)}" y1="${size.top}" y2="${size.height - size.bottom}" style="stroke:var(--grid)"/>` +
        text({ x: x.at(tick), y: size.height - size.bottom + 18 }, tick.toLocaleString('en'), 'middle'),
    ),
    ...y.ticks.map(
      (tick) =>
        `<line x1="${size.left}" x2="${size.width - size.right}" y1="${y.at(tick)}" y2="${y.at(tick)}" style="stroke:var(--grid)"/>` +
        text({ x: size.left - 8, y: y.at(tick) + 4 }, tick.toLocaleString('en'), 'end'),
    ),
  ];
  const lines = series.map((one, index) => {
    const at = one.points.map((point) => `${x.at(point.x).toFixed(1)},${y.at(point.y).toFixed(1)}`);
    const dots = at.map((place) => {
      const [cx = '', cy = ''] = place.split(',');
      return `<circle cx="${cx}" cy="${cy}" r="3" style="fill:var(--colour)"/>`;
    });
    const name = { x: size.width - size.right + 12, y: size.top + 18 * index + 8 };
    const width = one.name === 'Gatepass' ? 3.5 : 1.5;
    return [
      `<g class="line${index % light.length}">`,
      `<polyline points="${at.join(' ')}" fill="none" stroke-width="${width}" style="stroke:var(--colour)"/>`,
      ...dots,
      text(name, one.name, 'start', 'var(--colour)'),
      '</g>',
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="12">`,
    `<style>${style}</style>`,
    `<rect width="100%" height="100%" style="fill:var(--ground)"/>`,
    text({ x: size.left, y: 22 }, title, 'start', 'var(--title)'),
    ...grid,
    ...lines,
    text(
      { x: (size.left + size.width - size.right) / 2, y: size.height - 10 },
      'registries (both axes are logarithmic)',
      'middle',
    ),
    '</svg>',
    '',
  ].join('\n');
}

/** A logarithmic axis with a tick at each power of ten. */
function scale(values: readonly number[], [from, to]: readonly [number, number]) {
  const positive = values.filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.min(...positive)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...positive))));
  const at = (value: number) =>
    from + ((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) * (to - from);
  return { at, ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)) };
}
