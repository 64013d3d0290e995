import fs from 'node:fs';
import { strict } from '../host/strict';

const PNG_HEADER = 24;

/** An image as the bytes it was made from; nothing is decoded or drawn here. */
class NativeImageStandIn implements Pick<
  Electron.NativeImage,
  | 'getSize'
  | 'isEmpty'
  | 'isTemplateImage'
  | 'resize'
  | 'setTemplateImage'
  | 'toDataURL'
  | 'toPNG'
  | 'addRepresentation'
> {
  private readonly bytes: Buffer;
  private template = false;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  isEmpty(): boolean {
    return this.bytes.length === 0;
  }

  toPNG(): Buffer {
    return this.bytes;
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.bytes.toString('base64')}`;
  }

  getSize(): Electron.Size {
    if (this.bytes.length < PNG_HEADER) return { width: 0, height: 0 };
    return { width: this.bytes.readUInt32BE(16), height: this.bytes.readUInt32BE(20) };
  }

  setTemplateImage(option: boolean): void {
    this.template = option;
  }

  isTemplateImage(): boolean {
    return this.template;
  }

  /** Nothing shows images here, so a smaller one is the same one. */
  resize(): Electron.NativeImage {
    return nativeImageFromPng(this.bytes);
  }

  /** The one representation kept is the first. */
  addRepresentation(): void {
    if (this.isEmpty())
      throw new Error(
        '[electron stand-in] NativeImage.addRepresentation of an empty image is not implemented',
      );
  }
}

export function nativeImageFromPng(bytes: Buffer): Electron.NativeImage {
  return strict<Electron.NativeImage>(new NativeImageStandIn(bytes), 'NativeImage');
}

const module = {
  createEmpty: () => nativeImageFromPng(Buffer.alloc(0)),
  createFromBuffer: (bytes: Buffer) => nativeImageFromPng(bytes),
  /** As in Electron, a file that cannot be read makes an empty image. */
  createFromPath: (path: string) =>
    nativeImageFromPng(fs.existsSync(path) ? fs.readFileSync(path) : Buffer.alloc(0)),
  createFromDataURL: (url: string) => nativeImageFromPng(Buffer.from(url.split(',')[1] ?? '', 'base64')),
} satisfies Pick<
  typeof Electron.NativeImage,
  'createEmpty' | 'createFromBuffer' | 'createFromPath' | 'createFromDataURL'
>;

export const nativeImage = strict<typeof Electron.NativeImage>(module, 'nativeImage');
