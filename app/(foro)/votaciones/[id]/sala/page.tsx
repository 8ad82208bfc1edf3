import { FormProblem } from '~/app/_form/form-problem';
import { found } from '~/app/_form/found';
import { formState } from '~/app/_form/submit';
import { Page } from '~/app/_frame/page';
import { Button } from '~/app/_ui/button';
import { Card } from '~/app/_ui/card';
import { DefinitionList } from '~/app/_ui/definition-list';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { Table } from '~/app/_ui/table';
import type { Translator } from '~/messages/catalogue';
import { countsOf, type RoomEntry } from '~/server/ballots/rules/room';
import { caller, words } from '~/server/caller';
import { questionInWords } from '../../_parts/words';
import { closeRoom } from './actions';
import { type Counted, Counting, type Room } from './counting';
import { Objections } from './objections';

function entryInWords(t: Translator, entry: RoomEntry): string {
  if ('answers' in entry) return t('ballots.room.roll_call', { ...countsOf(entry) });
  return t('objections' in entry ? 'ballots.room.consensus' : 'ballots.room.hands', { ...entry });
}

/** The people whose answers two lists do not have alike. */
function unlike(room: Room, differs: NonNullable<Counted['differs']>): string[] {
  const lists = differs.map(({ entry }) => ('answers' in entry ? entry.answers : {}));
  return room.roll
    .filter(({ personId }) => lists[0]?.[personId] !== lists[1]?.[personId])
    .map(({ name }) => name);
}

/** How far the count of one question has come; both numbers where they are not alike. */
async function Standing({ room, question }: { room: Room; question: Counted }) {
  const { t } = await words();
  if (question.stands)
    return (
      <>
        <p>
          <b>{t('ballots.room.stands')}</b> {entryInWords(t, question.stands)}
        </p>
        {'answers' in question.stands ? <ByName room={room} answers={question.stands.answers} /> : null}
      </>
    );
  if (question.sealed) return <p>{t(`ballots.room.sealed.${question.sealed}`)}</p>;
  if (question.differs) {
    const names = unlike(room, question.differs);
    return (
      <Notice tone="warning" word={t('ballots.room.differs')}>
        <ul>
          {question.differs.map(({ name, entry }) => (
            <li key={name}>{t('ballots.room.said', { name, count: entryInWords(t, entry) })}</li>
          ))}
        </ul>
        {names.length > 0 ? <p>{t('ballots.room.differs.who', { names: names.join(', ') })}</p> : null}
      </Notice>
    );
  }
  return (
    <p>
      {question.entered.length > 0
        ? t('ballots.room.waiting', { name: question.entered.join(', ') })
        : t('ballots.room.none')}
    </p>
  );
}

/** A roll call, as it was called. */
async function ByName({
  room,
  answers,
}: {
  room: Room;
  answers: Record<string, 'si' | 'no' | 'abstencion'>;
}) {
  const { t } = await words();
  return (
    <Table
      caption={t('ballots.room.list')}
      columns={[
        { label: t('ballots.room.person') },
        { label: t('ballots.result.base') },
        { label: t('ballots.room.answer') },
      ]}
      rows={room.roll.map(({ personId, name, base }) => {
        const answer = answers[personId];
        return {
          key: personId,
          cells: [name, base, answer ? t(`ballots.choice.${answer}`) : t('ballots.room.absent')],
        };
      })}
    />
  );
}

/** A vote in the room: who presides and counts, each question's count, and the forms of the two who count. */
export default async function RoomPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const { t } = await words();
  const call = await caller();
  const room = await found(() => call.ballots.room({ id }));
  const questions = await call.ballots.questions({ id });
  const closing = await formState('closeRoom');
  return (
    <Page at="ballots">
      <PageTitle
        kicker={t(`ballots.method.${room.method}`)}
        title={room.title}
        lead={t('ballots.room.lead')}
      />
      <DefinitionList
        items={[
          { term: t('ballots.room.presides'), value: room.presides },
          {
            term: t('ballots.room.counts'),
            value: t('ballots.room.of', { one: room.counters[0]!, two: room.counters[1]! }),
          },
        ]}
      />
      {room.questions.map((question, i) => (
        <Card key={question.id} level={2} title={questionInWords(t, questions[i]!)}>
          <Standing room={room} question={question} />
          <Objections room={room} question={question} />
          <Counting room={room} question={question} />
        </Card>
      ))}
      {room.abilities.close ? (
        <form className="stack" action={closeRoom}>
          <FormProblem form={closing} />
          <input type="hidden" name="id" value={id} />
          <p className="hint">{t('ballots.room.close.hint')}</p>
          <Button>{t('ballots.room.close')}</Button>
        </form>
      ) : null}
      <Button kind="quiet" href={`/votaciones/${id}`}>
        {t('ballots.chamber.back')}
      </Button>
    </Page>
  );
}
