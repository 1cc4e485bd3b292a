import {twice} from './numbers.js';

/** Shows. */
export function shown(number) {
  return 'export ' + twice(number);
}
