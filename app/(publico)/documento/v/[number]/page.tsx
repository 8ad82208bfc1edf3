import type { Metadata } from 'next';
import { cache } from 'react';
import { found } from '~/app/_form/found';
import { Page } from '~/app/_frame/page';
import { caller } from '~/server/caller';
import type { Opened } from '../../chapters';
import { Contents } from '../../contents';
import { previewOf } from '../../preview';
import { Versions } from '../../versions';

type Props = { params: Promise<{ number: string }>; searchParams: Promise<Opened> };

const load = cache((number: string) => found(async () => (await caller()).document.version({ number })));

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return previewOf(await load((await params).number));
}

export default async function Version({ params, searchParams }: Props) {
  const version = await load((await params).number);
  return (
    <Page at="document">
      <Contents version={version} opened={await searchParams} />
      <Versions shown={version.number} />
    </Page>
  );
}
