import { fileSize } from '~/app/_form/format';
import { LinkList } from '~/app/_ui/link-list';
import { words } from '~/server/caller';
import { sizeOf } from '~/server/document/rules/leaves';

// What most people look for stands first.
const offered = ['pdf', 'docx', 'csv', 'xml', 'json'] as const;

/** «Llevarse el documento»: a version in every form in which it leaves, with what each weighs. */
export async function Leaves({ version }: { version: { number: number; bytes: number; articles: number } }) {
  const { t, locale } = await words();
  return (
    <section className="stack" id="llevar">
      <h2>{t('document.take')}</h2>
      <LinkList
        items={[
          ...offered.map((form) => ({
            href: `/api/open/document/v${version.number}.${form}`,
            title: t(`document.take.${form}`),
            line: `${t(`document.take.${form}.line`)} ${t('document.take.size', fileSize(locale, sizeOf(form, version)))}`,
          })),
          {
            href: '/api/open/archive.zip',
            title: t('document.archive.take'),
            line: t('document.archive.take.line'),
          },
        ]}
      />
    </section>
  );
}
