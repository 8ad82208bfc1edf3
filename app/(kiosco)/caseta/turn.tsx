import { Button } from '~/app/_ui/button';
import { StepDrawing } from '~/app/_ui/drawings/step-drawing';
import { Icon } from '~/app/_ui/icon';
import { Notice } from '~/app/_ui/notice';
import { PageTitle } from '~/app/_ui/page-title';
import { ByEar } from '~/app/(foro)/votaciones/_parts/ear';
import { Arrived, type Receipt } from '~/app/(foro)/votaciones/_parts/received';
import { words } from '~/server/caller';
import { voteHere } from './actions';

/** How she wants to vote: alone by ear, alone by eye, or with somebody whom she calls. */
export async function How({ title, questions }: { title: string; questions: number }) {
  const { t } = await words();
  return (
    <>
      <PageTitle kicker={title} title={t('booths.how')} lead={t('booths.how.lead', { n: questions })} />
      <form className="form" action={voteHere} data-ear="start">
        <ByEar />
        <Button name="go" value="start" full icon="eye">
          {t('booths.how.eye')}
        </Button>
        <Button kind="secondary" name="go" value="helper" full icon="person">
          {t('booths.how.helper')}
        </Button>
      </form>
      <p className="hint">{t('booths.how.again')}</p>
    </>
  );
}

/** Before somebody stands beside her: it is her choice, and it is kept nowhere. */
export async function Helper() {
  const { t } = await words();
  return (
    <>
      <PageTitle
        title={t('booths.helper.title')}
        drawing={<StepDrawing name="people" size={4.5} />}
        lead={t('booths.helper.lead')}
      />
      <ul className="prose">
        {([1, 2, 3] as const).map((n) => (
          <li key={n}>{t(`booths.helper.${n}`)}</li>
        ))}
      </ul>
      <form className="form" action={voteHere}>
        <Button name="go" value="start" full after="arrowRight">
          {t('ballots.vote.start')}
        </Button>
        <Button kind="quiet" name="go" value="alone">
          {t('booths.helper.alone')}
        </Button>
      </form>
    </>
  );
}

/** Her turn was over, or another's sheet came back from the browser: nothing of it is left. */
export async function Over() {
  const { t } = await words();
  return (
    <>
      <Notice word={t('booths.turn.over')} live>
        <p>{t('booths.turn.over.line')}</p>
      </Notice>
      <Button href="/caseta/borrar">{t('booths.turn.anew')}</Button>
    </>
  );
}

/** The ballot ended in the middle of her turn. @param said what the forum says of her sheet, where she sent one */
export async function Ended({ said }: { said: string }) {
  const { t } = await words();
  return (
    <>
      <PageTitle title={t('booths.over')} lead={said || t('booths.over.lead')} />
      <Button href="/caseta/borrar">{t('booths.wipe')}</Button>
    </>
  );
}

/** The receipt: to hear, to print, to copy; and then everything is wiped. */
export async function Done(receipt: Receipt) {
  const { t } = await words();
  return (
    <>
      <Arrived {...receipt} />
      <p className="hint noprint">{t('booths.done.line')}</p>
      <button type="button" className="btn full noprint" data-print hidden>
        <Icon name="printer" />
        {t('booths.done.print')}
      </button>
      <Button href="/caseta/borrar" full>
        {t('booths.done.wipe')}
      </Button>
    </>
  );
}
