// One form of a version, made in a process of its own so that its memory is its own: leaf.ts FORM FILE SEAL
import { readFileSync } from 'node:fs';
import { docxOf } from '~/server/document/rules/docx';
import { type Form, isText, lightLeaf } from '~/server/document/rules/leaves';
import { pdfOf } from '~/server/document/rules/pdf';
import { treeOf } from '~/server/document/rules/tree';

const [form, file, sha256] = process.argv.slice(2) as [Form, string, string];
const canonical = readFileSync(file, 'utf8');
const started = performance.now();
const made = isText(form)
  ? Buffer.from(lightLeaf(form, canonical, sha256))
  : await (form === 'pdf' ? pdfOf : docxOf)(treeOf(canonical, sha256));
const ms = performance.now() - started;
// resourceUsage counts in kilobytes.
console.info(JSON.stringify({ ms, bytes: made.length, mb: process.resourceUsage().maxRSS / 1000 }));
