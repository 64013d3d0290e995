import { rename } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../base/clock';
import { failed, failure, type Result, success } from '../base/failure';
import type { ConfigStore } from './config-store';
import { idKey } from './id-key';
import { putEntry, putSetting, removeEntry } from './edit-yaml';
import { readField } from './read-fields';
import { Problems } from './problems';
import type { Registry } from './registry';
import { fingerprint, replaceFile } from './replace-file';
import { type RegistryEntry, type SettingKey, settingSchemas } from './schema';
import { uniqueId } from './slug';
import { configurationTemplate } from './template';
import { readTextFile } from './text-file';
import type { Path } from './yaml-file';
import { type Contents, contentsOf, entryOf, faultOf, onlyChanged, textOf } from './user-file-contents';

/** An edit of the file as it is now; what it gives back becomes the answer once the edited file was read and judged. */
type Edit<T> = (contents: Contents) => Result<Judge<T>>;
type Judge<T> = (after: Contents, before: Contents) => Result<T>;

/** A file that others write to at the same time is tried again this often. */
const mostAttempts = 5;

/**
 * The writing side of the user's file. Every edit begins with the file as it is now, and what comes out is read and judged
 * as a loaded file before it is written, so that no way in checks less than another. One edit at a time.
 */
export class UserFile {
  readonly #path: string;
  readonly #configuration: Pick<ConfigStore, 'ready' | 'current' | 'preview' | 'reload'>;
  readonly #clock: Clock;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: {
    path: string;
    configuration: Pick<ConfigStore, 'ready' | 'current' | 'preview' | 'reload'>;
    clock: Clock;
  }) {
    this.#path = parts.path;
    this.#configuration = parts.configuration;
    this.#clock = parts.clock;
  }

  /** What {@link saveRegistry} would answer; writes nothing. */
  checkRegistry(entry: RegistryEntry, replaces?: string): Promise<Result<Registry>> {
    return this.#change(this.#put(entry, replaces), 'only-judge');
  }

  /**
   * Adds a registry, or replaces one: in place where it is the user's own, keeping comments and unknown keys, else as an
   * own entry of the same id.
   * @param replaces its id
   * @returns the registry as it is now in force, with its warnings
   */
  saveRegistry(entry: RegistryEntry, replaces?: string): Promise<Result<Registry>> {
    return this.#change(this.#put(entry, replaces));
  }

  /** Takes an own registry out of the file, or puts away one of a policy's defaults or of ToolHive. */
  async removeRegistry(id: string): Promise<Result<void>> {
    await this.#configuration.ready();
    const registry = this.#registry(id);
    if (registry?.locked === true) return locked(registry, id);
    if (registry === undefined || registry.source === 'user') return this.#change(remove(id));
    const hidden = this.#configuration.current().settings.hidden_registries.value;
    return this.changeSetting('hidden_registries', [...hidden, registry.id]);
  }

  /** @param value judged here, wherever it comes from; undefined: back to what the other sources say */
  async changeSetting(key: SettingKey, value: unknown): Promise<Result<void>> {
    await this.#configuration.ready();
    const setting = this.#configuration.current().settings[key];
    if (setting.locked) return locked(setting, key);
    if (value !== undefined) {
      const checked = readField(settingSchemas[key], value, [key], new Problems(this.#path));
      if (!checked.ok) return { ok: false, failure: checked.failure };
    }
    return this.#change(({ document }) => {
      putSetting(document, key, value);
      return success((after, before) => onlyChanged(before, after, { setting: key }));
    });
  }

  #put(entry: RegistryEntry, replaces: string | undefined): Edit<Registry> {
    return (contents) => {
      const existing = replaces === undefined ? undefined : this.#registry(replaces);
      if (existing?.locked === true) return locked(existing, existing.id);
      const own = replaces === undefined ? undefined : entryOf(contents, replaces);
      const oldPath = own?.path;
      const taken = [...this.#configuration.current().registries, ...contents.layer.registries].map(
        ({ id }) => id,
      );
      const id = entry.id ?? own?.registry.id ?? existing?.id ?? uniqueId(entry, taken);
      const newPath = putEntry(contents.document, oldPath, { ...entry, id });
      return success((after, before) => {
        const unchanged = onlyChanged(before, after, { ...(oldPath && { before: oldPath }), after: newPath });
        return unchanged.ok ? this.#inForce(after, newPath) : unchanged;
      });
    };
  }

  /** Moves the file to a name beside it: nothing of it counts any more, and nothing of it is lost. */
  setAside(): Promise<Result<void>> {
    const moved = this.#last.then(() => this.#moveAside());
    this.#last = moved;
    return moved;
  }

  async #moveAside(): Promise<Result<void>> {
    const day = new Date(this.#clock.now()).toISOString().replaceAll(':', '-');
    const { dir, name, ext } = parse(this.#path);
    try {
      await rename(this.#path, join(dir, `${name}.before-reset-${day}${ext}`));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return failed('CFG_NOT_WRITABLE');
    }
    await this.#configuration.reload();
    return success(undefined);
  }

  /** The registry at a path as it would be in force beside all other sources, or what stands against it. */
  #inForce(after: Contents, path: Path): Result<Registry> {
    const fault = faultOf(after, path);
    if (fault !== undefined) return { ok: false, failure: fault };
    const written = after.entries.find((entry) => isDeepStrictEqual(entry.path, path))?.registry;
    const { registries, problems } = this.#configuration.preview(after.layer);
    const registry = registries.find(({ id, source }) => id === written?.id && source === 'user');
    if (registry !== undefined && registry.blocked === undefined) return success(registry);
    const problem = problems.find(({ location, line }) => location === this.#path && line === written?.line);
    const { code, params } = registry?.blocked ?? problem ?? failure('SETTING_LOCKED');
    return failed(code, params);
  }

  #registry(id: string): Registry | undefined {
    return this.#configuration.current().registries.find((registry) => idKey(registry.id) === idKey(id));
  }

  /** Edits come one after another, as each begins with what the one before it wrote. */
  #change<T>(edit: Edit<T>, mode: 'write' | 'only-judge' = 'write'): Promise<Result<T>> {
    const change = this.#last.then(() => this.#attempt(edit, mode));
    this.#last = change;
    return change;
  }

  async #attempt<T>(edit: Edit<T>, mode: 'write' | 'only-judge', attempt = 1): Promise<Result<T>> {
    await this.#configuration.ready();
    const seen = await fingerprint(this.#path);
    const edited = await this.#edited(edit);
    if (!edited.ok) return edited;
    const { text, value } = edited.value;
    if (mode === 'only-judge') return success(value);
    const isCurrent = async () => (await fingerprint(this.#path)) === seen;
    const written = await replaceFile(this.#path, text, isCurrent, this.#clock);
    if (!written.ok) return written;
    if (!written.value && attempt < mostAttempts) return this.#attempt(edit, mode, attempt + 1);
    if (!written.value) return failed('CFG_NOT_WRITABLE', { reason: 'busy' });
    await this.#configuration.reload();
    return success(value);
  }

  async #edited<T>(edit: Edit<T>): Promise<Result<{ text: string; value: T }>> {
    const file = await readTextFile(this.#path);
    if (!file.ok) return file;
    const before = file.value ?? configurationTemplate;
    const contents = await contentsOf(before, this.#path);
    if (!contents.ok) return contents;
    // The edit changes the document only; registries and settings stay what they were read as.
    const judge = edit(contents.value);
    if (!judge.ok) return judge;
    const text = textOf(contents.value, before.includes('\r\n') ? '\r\n' : '\n');
    if (!text.ok) return text;
    const after = await contentsOf(text.value, this.#path);
    if (!after.ok) return after;
    const value = judge.value(after.value, contents.value);
    return value.ok ? success({ text: text.value, value: value.value }) : value;
  }
}

const remove =
  (id: string): Edit<void> =>
  (contents) => {
    const entry = entryOf(contents, id);
    if (entry === undefined) return failed('OP_STALE');
    removeEntry(contents.document, entry.path);
    return success((after, before) => onlyChanged(before, after, { before: entry.path }));
  };

const locked = ({ location }: { location: string }, field: string) =>
  failed('SETTING_LOCKED', { field, location });
