import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { UnreadableWorkbook, workbookCells } from '~/server/associations/rules/workbook';

it('a sheet of nothing but beginnings of cells is looked through once, not once for each of them', async () => {
  // Eight million bytes: looked through again from each beginning, this would not end today.
  const sheet = strToU8('<c '.repeat(2_600_000));
  const bytes = zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'xl/worksheets/sheet1.xml': sheet });
  await expect(workbookCells(bytes)).rejects.toThrow(UnreadableWorkbook);
});
