/** Whose names a text may hold. */
export interface People {
  /** Of the account on this computer. */
  readonly userName: string;
  readonly homeFolder: string;
  /** Labels of the accounts that are signed in. */
  readonly accounts: readonly string[];
}

const eMail = /[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+/g;
const shortest = 2;
/** Accounts that are nobody's name. */
const nobody = new Set(['root', 'admin', 'administrator', 'user', 'system']);

/**
 * Replaces who somebody is: e-mail addresses and accounts by numbers, so that two stay two, the home folder by `~`, and
 * the name of the account on this computer.
 */
export function withoutNames(text: string, { userName, homeFolder, accounts }: People): string {
  const numbers = new Map<string, number>();
  const numbered = (name: string): string => {
    const number = numbers.get(name.toLowerCase()) ?? numbers.size + 1;
    numbers.set(name.toLowerCase(), number);
    return `‹account ${number}›`;
  };
  let masked = homeFolder.length > 1 ? text.replaceAll(homeFolder, '~') : text;
  masked = masked.replace(eMail, numbered);
  for (const account of accounts) masked = masked.replace(wholeWord(account), () => numbered(account));
  const isName = userName.length >= shortest && !nobody.has(userName.toLowerCase());
  return isName ? masked.replace(wholeWord(userName), '‹user›') : masked;
}

function wholeWord(name: string): RegExp {
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return name.length < shortest ? /$^/ : new RegExp(`(?<![\\w@])${quoted}(?![\\w@])`, 'gi');
}
