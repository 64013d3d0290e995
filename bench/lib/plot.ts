export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const size = { width: 720, height: 360, left: 70, right: 190, top: 40, bottom: 50 };
const colours = ['#1f6feb', '#8b949e', '#bf8700', '#1a7f37', '#cf222e', '#8250df'];

/** How cost grows: an SVG with a logarithmic axis each way, readable on light and dark ground. */
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
  const text = (at: { x: number; y: number }, words: string, anchor = 'start', colour = '#57606a') =>
    `<text x="${at.x.toFixed(1)}" y="${at.y.toFixed(1)}" text-anchor="${anchor}" fill="${colour}">${words}</text>`;
  const grid = [
    ...x.ticks.map(
      (tick) =>
        `<line x1="${x.at(tick)}" x2="${x.at(tick)}" y1="${size.top}" y2="${size.height - size.bottom}" stroke="#d0d7de"/>` +
        text({ x: x.at(tick), y: size.height - size.bottom + 18 }, tick.toLocaleString('en'), 'middle'),
    ),
    ...y.ticks.map(
      (tick) =>
        `<line x1="${size.left}" x2="${size.width - size.right}" y1="${y.at(tick)}" y2="${y.at(tick)}" stroke="#d0d7de"/>` +
        text({ x: size.left - 8, y: y.at(tick) + 4 }, tick.toLocaleString('en'), 'end'),
    ),
  ];
  const lines = series.map((one, index) => {
    const colour = colours[index % colours.length] ?? '';
    const path = one.points
      .map((point) => `${x.at(point.x).toFixed(1)},${y.at(point.y).toFixed(1)}`)
      .join(' ');
    return (
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>` +
      text({ x: size.width - size.right + 12, y: size.top + 18 * index + 8 }, one.name, 'start', colour)
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    text({ x: size.left, y: 22 }, title, 'start', '#24292f'),
    ...grid,
    ...lines,
    text({ x: (size.left + size.width - size.right) / 2, y: size.height - 10 }, 'registries', 'middle'),
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
