/** What a rule may refer to, by macro name without `$`. */
export type MacroValues = Readonly<Record<string, string>>;

/** The macros of one phone (docs/knowledge/multiplatform-settings.md#rules-and-macros). */
export function phoneMacros(phone: {
  mac: string;
  model: string;
  serial: string;
  address: string;
  load: string;
  hardware: string;
}): MacroValues {
  const lower = phone.mac.toLowerCase();
  return {
    MA: lower,
    MAU: phone.mac,
    MAC: (lower.match(/../g) ?? []).join(':'),
    PN: `CP-${phone.model}-3PCC`,
    PSN: `${phone.model}-3PCC`,
    SN: phone.serial,
    IP: phone.address,
    SWVER: phone.load,
    HWVER: phone.hardware,
    CCERT: 'Installed',
    UPGST: '1',
  };
}

/**
 * Expands `$NAME` and `$(NAME:start:length)`. The longest known name wins, so `$MAU_M2E.lic` is `$MAU` and a text;
 * an unknown macro stays as written.
 */
export function expandMacros(rule: string, values: MacroValues): string {
  const names = Object.keys(values).sort((a, b) => b.length - a.length);
  return rule.replace(/\$(?:\((\w+)(?::(\d+))?(?::(\d+))?\)|([A-Z]+))/g, (whole, ...groups: unknown[]) => {
    const [inner, from, length, word] = groups as (string | undefined)[];
    if (inner !== undefined) {
      const value = values[inner];
      if (value === undefined) return whole;
      const start = Number(from ?? 0);
      return length === undefined ? value.slice(start) : value.slice(start, start + Number(length));
    }
    const name = names.find((candidate) => word?.startsWith(candidate));
    if (name === undefined || word === undefined) return whole;
    return (values[name] ?? '') + word.slice(name.length);
  });
}
