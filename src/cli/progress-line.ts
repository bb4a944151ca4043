/** One line on standard error that is written over; on no terminal, at most a line every two seconds. */
export function progressLine(): (text: string) => void {
  let last = 0;
  return (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
    else if (Date.now() - last > 2000) {
      last = Date.now();
      process.stderr.write(`${text}\n`);
    }
  };
}
