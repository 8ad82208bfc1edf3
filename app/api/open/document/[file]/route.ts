import { isForm } from '~/server/document/rules/leaves';
import { answer, nothing } from '../../_leaves/answer';

/** `GET /api/open/document/vN.{json,csv,xml,docx,pdf}`: one version, which never changes. */
export async function GET(_req: Request, { params }: { params: Promise<{ file: string }> }) {
  const [, number, form] = /^v([1-9]\d{0,6})\.([a-z]+)$/.exec((await params).file) ?? [];
  return number && form && isForm(form) ? answer(form, number) : nothing();
}
