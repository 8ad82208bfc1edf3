import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

// The house rules of architecture.md, held against the files themselves.
const roots = ['app', 'server', 'db', 'messages'];

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const files = roots.flatMap(walk);
const source = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

/** Comments and texts blanked out, so that words in them are no code. */
const code = (file: string) =>
  source
    .get(file)!
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '');

function imports(file: string, types = true): string[] {
  const found: string[] = [];
  for (const match of code(file).matchAll(
    /^(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+\s+from\s+)?['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/gm,
  )) {
    if (match[1] && !types) continue;
    const target = (match[2] ?? match[3])!;
    if (target.startsWith('~/')) found.push(resolve(target.slice(2)));
    else if (target.startsWith('.')) found.push(resolve(normalize(join(dirname(file), target))));
    else found.push(target);
  }
  return found;
}
function resolve(path: string): string {
  for (const end of ['', '.ts', '.tsx', '/index.ts']) if (source.has(path + end)) return path + end;
  return path;
}

const capabilities = readdirSync('server', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['http', 'realtime', 'audit'].includes(entry.name))
  .map((entry) => entry.name);
const inCapability = (file: string) => capabilities.find((name) => file.startsWith(`server/${name}/`));
const part = (file: string) => file.split('/')[2]!.replace(/\.ts$/, '');

describe('file names', () => {
  const words = ['policy', 'schema', 'queries', 'commands', 'router', 'rules', 'live', 'jobs'];
  it.each(capabilities)('server/%s speaks the closed vocabulary', (name) => {
    const names = readdirSync(`server/${name}`).map((entry) => entry.replace(/\.ts$/, ''));
    expect(names.filter((entry) => !words.includes(entry))).toEqual([]);
  });
  it('has no barrels, utilities, helpers, services or managers', () => {
    expect(
      files.filter((file) => /(^|\/)(index|utils?|helpers?|services?|managers?)\.tsx?$/.test(file)),
    ).toEqual([]);
  });
});

describe('imports', () => {
  // The application's own use of the database stays behind queries and commands.
  const mayUseDatabase = (file: string) => {
    if (file.startsWith('db/')) return true;
    const capability = inCapability(file);
    if (capability) return /^(queries|commands|live|jobs)$/.test(part(file));
    return [
      'server/act.ts',
      'server/actor.ts',
      'server/session.ts',
      'server/caller.ts',
      'server/jobs.ts',
      'server/main.ts',
      'server/http/health.ts',
      'server/audit/commands.ts',
      // Kernel exception 3 of contract.md, with what stands around its log.
      'server/realtime/',
    ].some((allowed) => file.startsWith(allowed));
  };

  it('reach the database only from queries, commands, live and jobs', () => {
    const wrong = files.filter(
      (file) =>
        !mayUseDatabase(file) &&
        imports(file, false).some((to) => to.startsWith('db/') && !to.startsWith('db/reference/')),
    );
    expect(wrong).toEqual([]);
  });

  it('keep policies pure: rule.ts, the Actor type and other policies', () => {
    for (const file of files.filter((one) => inCapability(one) && part(one) === 'policy')) {
      const foreign = imports(file, false).filter(
        (to) => to !== 'server/rule.ts' && !to.endsWith('/policy.ts'),
      );
      expect([file, foreign]).toEqual([file, []]);
    }
  });

  it('keep rules free of I/O', () => {
    for (const file of files.filter((one) => inCapability(one) && part(one) === 'rules')) {
      const foreign = imports(file, false).filter((to) =>
        /^(db\/(?!reference)|server\/(act|runtime|events)\.ts$)/.test(to),
      );
      expect([file, foreign]).toEqual([file, []]);
    }
  });

  it('let one capability reach another through its queries, commands, policy, rules or schema only', () => {
    const wrong: string[] = [];
    for (const file of files) {
      const own = inCapability(file);
      if (!own) continue;
      for (const to of imports(file)) {
        const other = inCapability(to);
        if (other && other !== own && !/^(queries|commands|policy|rules|schema)$/.test(part(to)))
          wrong.push(`${file} → ${to}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('let pages reach the server through the caller, schemas, types and the request’s ground only', () => {
    const allowed =
      /^server\/(caller|root|problem|rule|day|runtime|http\/scope|session)\.ts$|^server\/[a-z]+\/(schema|rules(\/[a-z-]+)?)\.ts$/;
    const wrong: string[] = [];
    for (const file of files.filter((one) => one.startsWith('app/')))
      for (const to of imports(file, false))
        if (to.startsWith('server/') && !allowed.test(to)) wrong.push(`${file} → ${to}`);
    expect(wrong).toEqual([]);
  });

  it('run downwards: nothing below root.ts knows it, and the kernel knows no capability', () => {
    const knowsRoot = files.filter(
      (file) =>
        file.startsWith('server/') &&
        !['server/main.ts', 'server/caller.ts', 'server/root.ts'].includes(file) &&
        imports(file).includes('server/root.ts'),
    );
    expect(knowsRoot).toEqual([]);
    const kernel = ['act', 'rule', 'actor', 'events', 'input', 'problem', 'jobs', 'limits', 'session'];
    for (const name of kernel)
      expect([name, imports(`server/${name}.ts`).filter((to) => inCapability(to))]).toEqual([name, []]);
    const realtime = files.filter((file) => file.startsWith('server/realtime/'));
    for (const file of realtime)
      expect([file, imports(file).filter((to) => inCapability(to))]).toEqual([file, []]);
  });

  it('keep the rooms’ server blind: it knows no actor, no people, no session and not the rooms’ own protocol', () => {
    const known =
      /^(server\/(actor|session|caller|act|root|runtime|limits|people\/|audit\/)|app\/|db\/schema\/(?!rooms|columns))/;
    const wrong: string[] = [];
    for (const file of files.filter((one) => one.startsWith('server/rooms/')))
      for (const to of imports(file)) if (known.test(to)) wrong.push(`${file} → ${to}`);
    expect(wrong).toEqual([]);
  });

  it('make no circle', () => {
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const visit = (file: string, path: string[]) => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      state.set(file, 'open');
      for (const to of imports(file, false)) if (source.has(to)) visit(to, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });
});

describe('rules stand in one place', () => {
  it('names roles in conditions only in policies, actor.ts and visibleTo', () => {
    const roles = /\.(forum|spaces|associations|coordinates)\.(has|get|values)\(|\bofficeId\s*===?/;
    const wrong = files.filter((file) => {
      if (!file.startsWith('server/') || file === 'server/actor.ts') return false;
      if (inCapability(file) && ['policy', 'rules'].includes(part(file))) return false;
      const outside = code(file).replace(/export function visibleTo[\s\S]*?\n}\n/g, '');
      return roles.test(outside);
    });
    expect(wrong).toEqual([]);
  });

  it('counts days in Lima, never in London', () => {
    const wrong = files.filter((file) =>
      /toISOString\(\)\s*\.(slice|substring|split)|\bcurrent_date\b/.test(code(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('makes procedures only through command() and query()', () => {
    const wrong = files.filter(
      (file) => file !== 'server/act.ts' && /\binitTRPC\b|\.procedure\b/.test(code(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the kernel small: act.ts and rule.ts under 120 lines of code', () => {
    const lines = ['server/act.ts', 'server/rule.ts']
      .map(
        (file) =>
          code(file)
            .split('\n')
            .filter((line) => line.trim()).length,
      )
      .reduce((a, b) => a + b, 0);
    expect(lines).toBeLessThanOrEqual(140);
  });
});

describe('sizes', () => {
  const data = /^db\/(demo|reference)\//;
  it('keeps every source file readable at once: at most 350 lines', () => {
    const long = files
      .filter((file) => !data.test(file))
      .map(
        (file) =>
          [
            file,
            source
              .get(file)!
              .split('\n')
              .filter((line) => line.trim()).length,
          ] as const,
      )
      .filter(([, lines]) => lines > 350);
    expect(long).toEqual([]);
  });
});

describe('tests', () => {
  it('that need the built forum stand in tests/browser and tests/secrecy, which run when there is one', () => {
    const built = /\b(?:startTestForum|httpForum|phoneStories)\(/;
    const found = walk('tests').filter((file) => built.test(readFileSync(file, 'utf8')));
    expect(found.filter((file) => !/^tests\/(?:browser|secrecy|support)\/|structure/.test(file))).toEqual([]);
  });
});

describe('light pages', () => {
  it('hold no client component, no router link, no hidden content', () => {
    const wrong = files
      .filter((file) => file.startsWith('app/'))
      .filter(
        (file) =>
          /from ['"]next\/link['"]|<Suspense\b/.test(source.get(file)!) || /\/loading\.tsx$/.test(file),
      );
    expect(wrong).toEqual([]);
  });
});

describe('words', () => {
  it('come from the catalogues: no sentence stands in a page', () => {
    const wrong: string[] = [];
    for (const file of files.filter((one) => one.startsWith('app/') && one.endsWith('.tsx')))
      for (const match of code(file).matchAll(/>\s*([^<>{}]*\p{L}{3,}[^<>{}]*)\s*</gu)) {
        const text = match[1]!.trim();
        if (!/:$/.test(text) && /^[\p{L}\s.,;:¿?¡!«»'-]+$/u.test(text) && !/[=;(]/.test(text))
          wrong.push(`${file}: ${text}`);
      }
    expect(wrong).toEqual([]);
  });

  it('never name a person what product.md forbids', () => {
    const forbidden = /\b(ilegal(es)?|víctimas?|beneficiari[oa]s?|informales)\b/i;
    const catalogues = walkJson('messages/es').filter((file) => forbidden.test(readFileSync(file, 'utf8')));
    expect(catalogues).toEqual([]);
  });
});

function walkJson(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && path.endsWith('.json'));
}
