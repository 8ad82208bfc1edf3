import { dateAndHour, longDate, number } from '~/app/_form/format';
import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { DefinitionList } from '~/app/_ui/definition-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Table } from '~/app/_ui/table';
import { choices, isTold } from '~/server/ballots/rules';
import { asksChamber } from '~/server/ballots/rules/charter';
import { caller, words } from '~/server/caller';
import { Signatures, WrittenLines } from '../../_parts/by-hand';
import { questionInWords, ruleInWords } from '../../_parts/words';

export default async function Acta({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t, locale } = await words();
  const call = await caller();
  const result = await found(() => call.ballots.result({ id }));
  const forum = await call.forum.face();
  const room = result.method === 'secret' ? null : await call.ballots.room({ id });
  const archive = result.annulled || room ? null : await call.ballots.archive({ id });
  const chamber = asksChamber(result.rule) && !result.annulled ? await call.ballots.chamber({ id }) : null;
  const { entitled, voted, needed } = result.turnout;
  return (
    <Page at="ballots" wide>
      <PageTitle kicker={t('ballots.acta.title')} title={result.title} />
      <p className="hint noprint">{t('ballots.acta.print')}</p>
      <DefinitionList
        items={[
          { term: t('ballots.acta.forum'), value: forum.name ?? 'Frente Unido' },
          {
            term: t('ballots.acta.place'),
            value: <span className="inline-block w-64 max-w-full border-b-2">&nbsp;</span>,
          },
          { term: t('ballots.about.opened'), value: dateAndHour(locale, new Date(result.openedAt!)) },
          { term: t('ballots.about.closed'), value: dateAndHour(locale, new Date(result.closesAt)) },
          {
            term: t('ballots.about.text'),
            value: t('ballots.about.text.line', {
              title: result.version.title,
              number: result.version.number,
            }),
          },
        ]}
      />
      {result.annulled ? (
        <Notice tone="warning" word={t('ballots.annulled')}>
          {t('ballots.annulled.line', { reason: result.annulled })}
        </Notice>
      ) : null}
      <h2>{t('ballots.acta.roll')}</h2>
      <p>
        {t('ballots.acta.roll.line', { entitled, voted })}{' '}
        {t(voted >= needed ? 'ballots.result.quorum.yes' : 'ballots.result.quorum.no')}
      </p>
      {result.paper.voted > 0 ? <p>{t('ballots.paper.result', { n: result.paper.voted })}</p> : null}
      {result.paper.aside.map((reason) => (
        <p key={reason}>
          {t('ballots.paper.aside')}: {reason}
        </p>
      ))}
      <ul className="prose">
        {ruleInWords(t, result.rule, entitled, result.round).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {result.sumsAgree ? null : (
        <Notice tone="error" word={t('ballots.result.sums')}>
          {t('ballots.result.sums.line')}
        </Notice>
      )}
      <Table
        caption={t('ballots.acta.results')}
        columns={[
          { label: t('ballots.acta.question') },
          { label: t('ballots.choice.si'), numeric: true },
          { label: t('ballots.choice.no'), numeric: true },
          { label: t('ballots.choice.abstencion'), numeric: true },
          { label: t('ballots.acta.verdict') },
        ]}
        rows={result.questions.map((one) => ({
          key: String(one.position),
          cells: [
            questionInWords(t, one),
            ...[one.yes, one.no, one.abstain].map((n) => (n === null ? '—' : number(locale, n))),
            t(`ballots.verdict.${one.verdict}`),
          ],
        }))}
      />
      {result.questions.every(isTold) ? null : <p>{t('ballots.result.untold')}</p>}
      {chamber ? (
        <Table
          caption={t('ballots.chamber.table')}
          columns={[
            { label: t('ballots.acta.question') },
            { label: t('ballots.choice.si') },
            { label: t('ballots.choice.no') },
            { label: t('ballots.choice.abstencion') },
          ]}
          rows={result.questions.map((one) => ({
            key: String(one.position),
            cells: [
              questionInWords(t, one),
              ...choices.map((choice) =>
                chamber.positions
                  .filter((said) => said.position === one.position && said.choice === choice)
                  .map(({ name, viaName }) =>
                    viaName ? `${name} (${t('ballots.chamber.via', { base: viaName })})` : name,
                  )
                  .join(', '),
              ),
            ],
          }))}
        />
      ) : null}
      {room ? (
        <>
          <DefinitionList
            items={[
              { term: t('ballots.method'), value: t(`ballots.method.${room.method}`) },
              { term: t('ballots.room.presides'), value: room.presides },
              {
                term: t('ballots.room.counts'),
                value: t('ballots.room.of', { one: room.counters[0]!, two: room.counters[1]! }),
              },
            ]}
          />
          {room.questions.flatMap(({ position, objections }) =>
            objections.map((said) => (
              <p key={said.id}>
                <b>{t('ballots.room.objections.said')}</b> {position}:{' '}
                {said.words ?? t('ballots.room.objection.hidden', { why: said.hidden ?? '' })}
              </p>
            )),
          )}
          {room.method === 'roll_call' ? (
            <Table
              caption={t('ballots.room.list')}
              columns={[
                { label: t('ballots.room.person') },
                ...room.questions.map(({ position }) => ({ label: String(position) })),
              ]}
              rows={room.roll.map(({ personId, name, base }) => ({
                key: personId,
                cells: [
                  `${name} (${base})`,
                  ...room.questions.map(({ stands }) => {
                    const answer = stands && 'answers' in stands ? stands.answers[personId] : undefined;
                    return answer ? t(`ballots.choice.${answer}`) : t('ballots.room.absent');
                  }),
                ],
              }))}
            />
          ) : null}
        </>
      ) : null}
      <WrittenLines title={t('ballots.acta.minority')} hint={t('ballots.acta.minority.hint')} lines={6} />
      <DefinitionList
        items={[
          {
            term: t('ballots.acta.seal'),
            value: <code className="break-all">{result.manifestSha256}</code>,
          },
          {
            term: t('ballots.acta.text'),
            value: <code className="break-all">{result.version.sha256}</code>,
          },
          {
            term: t('ballots.acta.archive'),
            value: archive ? <code className="break-all">{archive.sha256}</code> : undefined,
          },
        ]}
      />
      <p>{longDate(locale, new Date(result.closedAt!))}</p>
      <Signatures rows={12} />
    </Page>
  );
}
