export const NUMBER = 21;
export function twice(number) {
  return 2 * number;
}
