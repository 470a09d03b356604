/** A site of the configuration file as somebody wrote it: passwords are named, never there. What was left out is absent. */
export interface WrittenSite {
  subnets?: readonly string[];
  targets?: readonly string[];
  inventories?: readonly string[];
  tags?: readonly string[];
  limits?: { maxUpgrading?: number; window?: readonly string[]; timeZone?: string };
  files?: string;
  credentials?: readonly WrittenCredentials[];
}

/** A way to sign in, with where its password is: `${NAME}` or `file:/path`. */
export interface WrittenCredentials {
  username?: string;
  password: string;
  subnets?: readonly string[];
}

/** A written site and its name. */
export interface NamedSite {
  name: string;
  site: WrittenSite;
}
