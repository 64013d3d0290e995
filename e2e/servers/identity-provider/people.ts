/** What the provider says about a person. Everyone exists: any user name signs in. */
export interface Person {
  readonly sub: string;
  readonly email: string;
  readonly preferred_username: string;
}

const prefix = 'user-';

/** The same person for the same user name, whatever its case: at every start, and at every provider. */
export function personNamed(userName: string): Person {
  const name = userName.trim().toLowerCase();
  return personOf(`${prefix}${Buffer.from(name).toString('base64url')}`);
}

/** The `sub` holds the user name, so that nothing about people needs to be stored. */
export function personOf(sub: string): Person {
  const name = Buffer.from(sub.slice(prefix.length), 'base64url').toString('utf8');
  return {
    sub,
    email: name.includes('@') ? name : `${name}@acme.example`,
    preferred_username: name,
  };
}
