import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { caller } from '~/server/caller';
import { Contents } from '../../contents';
import { Versions } from '../../versions';

export default async function Version({ params }: { params: Promise<{ number: string }> }) {
  const { number } = await params;
  const forum = await caller();
  const version = await found(() => forum.document.version({ number }));
  return (
    <Page at="document">
      <Contents version={version} />
      <Versions shown={version.number} />
    </Page>
  );
}
