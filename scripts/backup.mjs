import { register } from 'tsx/esm/api';
import './mend.mjs';

register();
const { saveTo } = await import('../db/commands.ts');
try {
  console.info(await saveTo(process.argv.slice(2), process.env));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
