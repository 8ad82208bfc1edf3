export const dynamic = 'force-dynamic';

export default function Root({ children }: { children: React.ReactNode }) {
  return (
    <html lang="es">
      <body>{children}</body>
    </html>
  );
}
