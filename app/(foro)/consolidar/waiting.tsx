import { FormProblem } from '~/app/_form/form-problem';
import { areaOptions, articleTitle } from '~/app/_form/labels';
import { formState } from '~/app/_form/submit';
import { lineOf, opening } from '~/app/_frame/concern-line';
import { Button } from '~/app/_ui/button';
import { Disclosure } from '~/app/_ui/disclosure';
import { EmptyState } from '~/app/_ui/empty-state';
import { LinkList } from '~/app/_ui/link-list';
import { Pager } from '~/app/_ui/pager';
import { Select } from '~/app/_ui/select';
import { TextField } from '~/app/_ui/text-field';
import { caller, words } from '~/server/caller';
import type { ForumOutputs } from '~/server/root';
import { link } from './actions';

type Making = ForumOutputs['document']['working'];
type Asked = { area?: string; pagina?: string };

/** What waits for the committee: drafts to take up, concerns that no article holds yet. */
export async function Waiting({ asked, making }: { asked: Asked; making: Making }) {
  const { t, locale } = await words();
  const forum = await caller();
  const desk = await forum.document.desk({ area: asked.area, page: asked.pagina });
  const articles = making.chapters.flatMap((chapter) => chapter.articles);
  const form = await formState('link');
  const address = (page: number) =>
    `/consolidar?${new URLSearchParams({ ...(desk.area ? { area: desk.area } : {}), pagina: String(page) })}#esperan`;
  const taken = desk.drafts.filter((draft) => draft.articles > 0);
  const row = (draft: (typeof taken)[number]) => ({
    href: `/consolidar/borrador/${draft.id}`,
    title: draft.title,
    line: t('document.desk.draft.line', { space: draft.space, n: draft.concerns }),
    aside: draft.articles > 0 ? t('document.desk.draft.taken', { n: draft.articles }) : undefined,
  });
  return (
    <section className="stack">
      <h2>{t('document.desk.drafts')}</h2>
      {desk.drafts.length === 0 ? <p>{t('document.desk.drafts.none')}</p> : null}
      <LinkList items={desk.drafts.filter((draft) => draft.articles === 0).map(row)} />
      {taken.length > 0 ? (
        <Disclosure summary={t('document.desk.drafts.taken', { n: taken.length })}>
          <LinkList items={taken.map(row)} />
        </Disclosure>
      ) : null}
      <h2 id="esperan">{t('document.desk.concerns', { n: desk.total })}</h2>
      <p>
        <a href="/planteamientos/parecidos/por-ver">{t('concerns.likes.open')}</a>
      </p>
      <p>
        <a href="/planteamientos/apelaciones">{t('concerns.appeals.open')}</a>
      </p>
      <form className="form" method="get" action="/consolidar#esperan">
        <Select
          name="area"
          label={t('document.desk.area')}
          empty={t('document.desk.area.all')}
          value={desk.area ?? undefined}
          options={areaOptions(locale)}
        />
        <Button kind="secondary">{t('document.desk.filter')}</Button>
      </form>
      {desk.concerns.length === 0 ? (
        <EmptyState title={t('document.desk.concerns.none')} />
      ) : (
        <LinkList
          items={desk.concerns.map((concern) => ({
            href: `/planteamientos/${concern.id}`,
            title: t('concerns.number', { n: concern.number }),
            line: opening(concern.words),
            aside: lineOf(t, locale, concern),
          }))}
        />
      )}
      <Pager
        label={t('concerns.pager')}
        page={desk.page}
        pages={desk.pages}
        href={address}
        previous={t('concerns.pager.previous')}
        next={t('concerns.pager.next')}
        position={t('concerns.pager.position', { page: desk.page, pages: desk.pages })}
      />
      {articles.length > 0 ? (
        <form className="form" action={link}>
          <h3>{t('document.link')}</h3>
          <FormProblem form={form} />
          <TextField
            name="concernNumber"
            required
            inputMode="numeric"
            label={t('document.link.number')}
            value={form.value('concernNumber')}
            error={form.error('concernNumber')}
          />
          <Select
            name="id"
            required
            label={t('document.link.article')}
            empty={t('document.link.choose')}
            value={form.value('id')}
            error={form.error('id')}
            options={articles.map((article) => ({
              value: article.id,
              label: articleTitle(t, article),
            }))}
          />
          <Button kind="secondary">{t('document.link.button')}</Button>
        </form>
      ) : null}
    </section>
  );
}
