import { unbroken } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { LinkList } from '~/app/_ui/link-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { caller, words } from '~/server/caller';
import { Keyring } from './keyring';
import { Language } from './language';
import { Passphrase } from './passphrase';
import { Phones } from './phones';
import { Places } from './places';
import { Sex } from './sex';
import { Work } from './work';

const done = ['clave', 'sesion', 'sesiones', 'idioma', 'dato', 'borrado', 'foro'] as const;

/** Her own page: what she is and does in the forum, her phones, and what she says of herself. */
export default async function Mine({ searchParams }: { searchParams: Promise<{ hecho?: string }> }) {
  const { t } = await words();
  const forum = await caller();
  const me = await found(() => forum.people.me());
  const { n: unread } = await forum.notices.unread();
  const asked = (await searchParams).hecho;
  const word = done.find((one) => one === asked);
  const failed = (await Promise.all(['passphrase', 'sex', 'phone', 'reset'].map(formState))).some(
    (form) => form.failed,
  );
  return (
    <Page at="mine">
      {word && !failed ? <Notice tone="success" live word={t(`people.done.${word}`)} /> : null}
      <PageTitle
        title={me.name}
        kicker={t('people.mine.title')}
        lead={t('people.mine.number', { number: unbroken(me.number) })}
        drawing={<StepDrawing name="me" size={4.5} />}
      />
      <LinkList
        items={[
          {
            href: '/avisos',
            title: t('notices.title'),
            line: unread > 0 ? t('notices.badge', { n: unread }) : t('notices.nothing'),
            drawing: <StepDrawing name="acta" size={3} />,
          },
        ]}
      />
      <Places me={me} />
      <Work />
      <Keyring />
      <Phones />
      <section className="stack">
        <h2>{t('people.mine.data')}</h2>
        <div>
          <Passphrase />
          <Language locale={me.locale} />
          <Sex sex={me.sex} />
        </div>
      </section>
    </Page>
  );
}
