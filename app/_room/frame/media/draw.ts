import { parcelSizes } from '~/server/rooms/rules/sizes';
import { barePicture, type Picture, sideAtMost } from '../../media/picture';

// What a room's network carries: two parts at most. Each step is smaller than the one before.
const bytesAtMost = 2 * (parcelSizes.at(-1)! - 4);
const steps = [
  { side: sideAtMost, quality: 0.75 },
  { side: 1024, quality: 0.65 },
  { side: 800, quality: 0.6 },
  { side: 640, quality: 0.5 },
  { side: 480, quality: 0.4 },
];

const blobOf = (canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, type, quality));

/**
 * A picture of what is to be seen on it, and of nothing else: drawn anew from its points, then taken down to what a
 * decoder needs. @returns null for what this browser cannot read as a picture
 */
export async function redrawn(file: Blob): Promise<Picture | null> {
  const points = await createImageBitmap(file).catch(() => null);
  if (!points) return null;
  const canvas = document.createElement('canvas');
  try {
    for (const { side, quality } of steps) {
      const scale = Math.min(1, side / Math.max(points.width, points.height));
      canvas.width = Math.max(1, Math.round(points.width * scale));
      canvas.height = Math.max(1, Math.round(points.height * scale));
      const pen = canvas.getContext('2d', { alpha: false })!;
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(points, 0, 0, canvas.width, canvas.height);
      // Where WebP is not written, a browser gives something else in its place.
      let blob = await blobOf(canvas, 'image/webp', quality);
      if (blob?.type !== 'image/webp') blob = await blobOf(canvas, 'image/jpeg', quality);
      if (!blob || blob.size > bytesAtMost + 1000) continue;
      const picture = barePicture(new Uint8Array(await blob.arrayBuffer()));
      if (picture.bytes.length <= bytesAtMost) return picture;
    }
    return null;
  } finally {
    points.close();
    canvas.width = 0;
  }
}

/** The picture on the screen, as points: no address of it is ever made. @throws where it cannot be decoded */
export async function drawn(
  { kind, width, height, bytes }: Picture,
  alt: string,
): Promise<HTMLCanvasElement> {
  const points = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: kind }));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', alt);
  canvas.getContext('2d', { alpha: false })!.drawImage(points, 0, 0, width, height);
  points.close();
  return canvas;
}
