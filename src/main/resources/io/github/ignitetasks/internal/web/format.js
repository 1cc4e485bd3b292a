// Numbers, durations, times, sizes and phases as people read them.

const DIGITS = new Intl.NumberFormat('en');
const FEW_DIGITS = new Intl.NumberFormat('en', {maximumSignificantDigits: 3});
const CLOCK = new Intl.DateTimeFormat('en', {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});
const DAY = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short'});
const DAY_OF_YEAR = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', year: 'numeric'});
const PHASE_TEXTS = {
  queued: 'waits for a free slot',
  waiting: 'waits, and has lent its slot',
  cancelling: 'was asked to stop',
  retrying: 'waits for its next attempt',
  'held up': 'waits for a resource or a limit',
};
const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A whole number, such as 12,340. */
export function formatCount(number) {
  return DIGITS.format(number);
}

/** A number with three digits that matter, such as 0.123 or 12.3. */
export function formatFew(number) {
  return number >= 1000 ? DIGITS.format(Math.round(number)) : FEW_DIGITS.format(number);
}

/** A duration in milliseconds, such as 12 ms, 3.4 s, 5 min 06 s or 2 h 05 min. */
export function formatDuration(milliseconds) {
  if (milliseconds < 1000) {
    return milliseconds < 10 && milliseconds > 0 && !Number.isInteger(milliseconds)
      ? `${FEW_DIGITS.format(milliseconds)} ms`
      : `${Math.round(milliseconds)} ms`;
  }
  if (milliseconds < 60_000) {
    return `${(Math.floor(milliseconds / 100) / 10).toFixed(1)} s`;
  }
  const seconds = Math.floor(milliseconds / 1000);
  const two = number => String(number).padStart(2, '0');
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  }
  if (seconds < 86_400) {
    return `${Math.floor(seconds / 3600)} h ${two(Math.floor(seconds / 60) % 60)} min`;
  }
  return `${Math.floor(seconds / 86_400)} d ${two(Math.floor(seconds / 3600) % 24)} h`;
}

/** A time of day, such as 14:05:09. */
export function formatTime(milliseconds) {
  return CLOCK.format(milliseconds);
}

/** A time with its day, such as 12 Nov 14:05:09. */
export function formatDated(milliseconds) {
  return `${DAY.format(milliseconds)} ${CLOCK.format(milliseconds)}`;
}

/** A time with what differs from now: only the clock on the same day, or the day too, or also the year. */
export function formatMoment(milliseconds, now) {
  const [then, today] = [new Date(milliseconds), new Date(now)];
  if (then.toDateString() === today.toDateString()) {
    return CLOCK.format(then);
  }
  return then.getFullYear() === today.getFullYear() ? formatDated(then)
    : `${DAY_OF_YEAR.format(then)} ${CLOCK.format(then)}`;
}

/** When a frame was made, or its session ended. */
export function timeOf(frame) {
  return frame.session.ended || frame.session.now;
}

/** A size in bytes, such as 1.5 GiB. */
export function formatBytes(bytes) {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < SIZES.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 ? size : FEW_DIGITS.format(size)} ${SIZES[unit]}`;
}

/** A share of a whole, such as 62 %; it is 100 % only if nothing is missing, and 0 % only if there is nothing. */
export function formatShare(part, whole) {
  if (whole === 0) {
    return '0 %';
  }
  const share = Math.round(100 * part / whole);
  return `${part < whole ? Math.min(99, part > 0 ? Math.max(1, share) : 0) : 100} %`;
}

/** A number with its noun, such as 1 task or 12 tasks. */
export function formatNumberOf(number, noun) {
  return `${DIGITS.format(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** What a running task does. If it waits, the server may know what for, such as limit 'db'. */
export function formatPhase(phase, waitsFor) {
  return waitsFor && phase !== 'cancelling' ? `waits for ${waitsFor}` : PHASE_TEXTS[phase] || phase;
}

/** The last part of the name of a class. */
export function simpleName(type) {
  return type.slice(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
}
