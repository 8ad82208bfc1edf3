import { register } from 'tsx/esm/api';
import './mend.mjs';

register();
const { restoreFrom } = await import('../db/commands.ts');
try {
  console.info(await restoreFrom(process.argv.slice(2), process.env));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
