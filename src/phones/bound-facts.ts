import type { AuthorizationRow, PhoneFacts, UpgradeSettings } from '../domain/phone/facts.js';
import type { Shown, CrossCheck } from '../domain/phone/cross-check.js';
import { forEachName, longestText, phoneFields, shownNames } from '../domain/phone/fields.js';
import { brief } from '../pages/markup/text.js';

/** Longest value of a setting that is kept; no known rule is longer than the longest URL of a browser. */
const longestSetting = 4_000;
/** Most rows of one kind: phones show three, newest first (docs/knowledge/multiplatform-pages.md#download-status). */
const mostRows = 20;

/**
 * The facts as a run keeps them, cut to a length: a page may have 4 MB, and one serial number may fill it, on ten thousand phones. What is
 * cut ends in an ellipsis and matches nothing that is looked for.
 */
export function boundFacts(facts: PhoneFacts): PhoneFacts {
  return {
    ...facts,
    ...forEachName(shownNames, (name) => brief(facts[name], phoneFields[name].longest)),
    upgradeStatus: brief(facts.upgradeStatus, longestText),
    firmwareUpgradeRows: facts.firmwareUpgradeRows.slice(0, mostRows).map((row) => brief(row, longestText)),
    authorizationRows: facts.authorizationRows.slice(0, mostRows).map(keptRow),
    settings: facts.settings && keptSettings(facts.settings),
    ...(facts.witnesses ? { witnesses: keptCrossCheck(facts.witnesses) } : {}),
  };
}

function keptRow({ code, at, url, message, text }: AuthorizationRow): AuthorizationRow {
  const most = longestText;
  return {
    code: brief(code, most),
    at: brief(at, most),
    url: brief(url, most),
    message: brief(message, most),
    text: brief(text, most),
  };
}

function keptCrossCheck(witnesses: CrossCheck): CrossCheck {
  const shown = ({ value, where }: Shown): Shown => ({ value: brief(value, longestText), where });
  return {
    ...witnesses,
    disagreements: witnesses.disagreements.map(({ what, page, witness }) => ({
      what,
      page: shown(page),
      witness: shown(witness),
    })),
  };
}

function keptSettings(settings: UpgradeSettings): UpgradeSettings {
  return {
    ...settings,
    upgradeRule: brief(settings.upgradeRule, longestSetting),
    authorizationRule: brief(settings.authorizationRule, longestSetting),
    authorizationType: brief(settings.authorizationType, longestText),
    authorizationTypesOffered: settings.authorizationTypesOffered
      .slice(0, mostRows)
      .map((type) => brief(type, longestText)),
  };
}
