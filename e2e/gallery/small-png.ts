import { crc32, deflateSync, inflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number];

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * The same picture with a palette of 256 colours, a third of the size: pictures of an interface have few colours, and what
 * is left over is the rim of letters. For PNGs as Chromium writes them: 8 bits, no interlacing.
 */
export function smallPng(png: Buffer): Buffer {
  const { width, height, channels, pixels } = decoded(png);
  const { palette, indexOf } = paletteOf(pixels, channels);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0, from = 0; y < height; y++)
    for (let x = 0; x < width; x++, from += channels) rows[y * (width + 1) + 1 + x] = indexOf(from);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A colour of every shade there is, then the most frequent ones; and for each pixel the nearest of them. */
function paletteOf(pixels: Buffer, channels: number) {
  const counts = new Map<number, number>();
  const keyAt = (at: number) => pixels.readUIntBE(at, 3);
  for (let at = 0; at < pixels.length; at += channels)
    counts.set(keyAt(at), (counts.get(keyAt(at)) ?? 0) + 1);
  const byFrequency = [...counts]
    .sort(([a, often], [b, oftener]) => oftener - often || a - b)
    .map(([key]) => key);
  // Else the red of one small mark would be the nearest grey.
  const shades = new Map(byFrequency.toReversed().map((key) => [key & 0xe0e0e0, key]));
  const palette = [...new Set([...shades.values(), ...byFrequency])].slice(0, 256).map(colourOf);
  const known = new Map<number, number>();
  return {
    palette,
    indexOf: (at: number): number => {
      const key = keyAt(at);
      const index = known.get(key) ?? nearest(palette, colourOf(key));
      known.set(key, index);
      return index;
    },
  };
}

const colourOf = (key: number): Colour => [key >> 16, (key >> 8) & 255, key & 255];

function nearest(palette: readonly Colour[], [red, green, blue]: Colour): number {
  let best = 0;
  let least = Infinity;
  for (const [index, [r, g, b]] of palette.entries()) {
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance >= least) continue;
    best = index;
    least = distance;
  }
  return best;
}

function decoded(png: Buffer) {
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 6 ? 4 : 3;
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  return {
    width,
    height,
    channels,
    pixels: unfiltered(inflateSync(Buffer.concat(parts)), width * channels, channels),
  };
}

/** Takes back what PNG does to each row before it is compressed (PNG specification, section 9). */
function unfiltered(filtered: Buffer, length: number, channels: number): Buffer {
  const rows = filtered.length / (length + 1);
  const pixels = Buffer.alloc(rows * length);
  for (let y = 0; y < rows; y++) {
    const kind = filtered[y * (length + 1)] ?? 0;
    for (let x = 0; x < length; x++) {
      const at = y * length + x;
      const left = x < channels ? 0 : (pixels[at - channels] ?? 0);
      const above = y === 0 ? 0 : (pixels[at - length] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (pixels[at - length - channels] ?? 0);
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][kind] ?? 0;
      pixels[at] = ((filtered[y * (length + 1) + 1 + x] ?? 0) + guess) & 255;
    }
  }
  return pixels;
}

function paeth(left: number, above: number, corner: number): number {
  const a = Math.abs(above - corner);
  const b = Math.abs(left - corner);
  const c = Math.abs(left + above - 2 * corner);
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
