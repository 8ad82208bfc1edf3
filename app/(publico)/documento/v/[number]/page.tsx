import type { Metadata } from 'next';
import { cache } from 'react';
import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { caller } from '~/server/caller';
import { Contents } from '../../contents';
import { previewOf } from '../../preview';
import { Versions } from '../../versions';

type Props = { params: Promise<{ number: string }> };

const load = cache((number: string) => found(async () => (await caller()).document.version({ number })));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return previewOf(await load((await params).number));
}

export default async function Version({ params }: Props) {
  const version = await load((await params).number);
  return (
    <Page at="document">
      <Contents version={version} />
      <Versions shown={version.number} />
    </Page>
  );
}
