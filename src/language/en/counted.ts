/** "1 photo", "3 photos"; `many` for what takes more than an "s". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
