const asked = 'asked to stop by ';

/** Why a run ended early that somebody beside it has asked to stop. @param by who asked, for people */
export function stopAskedBy(by: string): string {
  return `${asked}${by}`;
}

/** Whether a run ended early as somebody beside it has asked it to. @param interrupted of its report */
export function wasAskedToStop(interrupted: string | null): boolean {
  return interrupted?.startsWith(asked) ?? false;
}
