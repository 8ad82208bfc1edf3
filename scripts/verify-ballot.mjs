// Counts a closed ballot again from its archive (/api/open/ballots/ID/archive.json). It shares no code with the forum:
// what the forum's tally gets wrong, this does not repeat.
import { createHash } from 'node:crypto';

const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
const columns = { si: 'yes', no: 'no', abstencion: 'abstain' };
const whole = (value) => Number.isInteger(value) && value >= 0;

/** RFC 8785 for what these files hold: texts, whole numbers, yes and no. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const parts = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${parts.join(',')}}`;
}
const same = (a, b) => canonical(a) === canonical(b);
const keysAre = (value, ...keys) =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  same(Object.keys(value).sort(), keys.sort());
const sum = ({ yes, no, abstain }) => yes + no + abstain;

/** What the rule asks in this round, whichever of the two forms it has. */
function asked({ rule, round = 'first' }) {
  if (!('template' in rule))
    return {
      quorum: [{ of: 'overall', percent: rule.quorumPercent, abstentions: true }],
      overall: [{ kind: 'majority', of: 'overall', percent: rule.majorityPercent }],
      groups: [],
    };
  const again = round === 'second_vote' && rule.second ? rule.second : rule;
  const quorum =
    round === 'second_call' && rule.secondCall
      ? rule.quorum.map((one) => ({ ...one, percent: rule.secondCall.percent }))
      : rule.quorum;
  return { quorum, overall: again.overall, groups: again.groups };
}

/** More yes than no; or, for another share than half, no less than that of yes and no together. */
function majority({ yes, no }, percent) {
  if (yes === 0) return false;
  return percent === 50 ? yes > no : 100 * yes >= percent * (yes + no);
}

function countsOf(said) {
  const counts = { yes: 0, no: 0, abstain: 0 };
  for (const [, choice] of said) counts[columns[choice]] += 1;
  return counts;
}

/** What the associations said of one question, counted again from their names; who stays away holds nothing up. */
function chamberHeld({ chamber }, { position }, { percent, quorum }) {
  const counts = countsOf(chamber.positions[position - 1]);
  const [spoke, seats] = [sum(counts), chamber.seats.length];
  return spoke === 0 || 100 * spoke < quorum * seats || majority(counts, percent);
}

function outcome({ rule, round = 'first' }, { quorum, overall, groups }) {
  if (quorum.includes(false)) return 'sin_quorum';
  if (!overall.includes(false) && !groups.includes(false)) return 'aprobado';
  if (round === 'second_vote') return 'disenso';
  return !overall.includes(false) && rule.second ? 'vuelve' : 'no_aprobado';
}

const booleans = (list, n) =>
  Array.isArray(list) && list.length === n && list.every((one) => one === true || one === false);

const isUntold = ({ yes, no, abstain }) => yes === null && no === null && abstain === null;
/** Nothing of the numbers is told only beside an earlier vote on this very text, which the manifest names. */
const mayBeUntold = (row, { earlier }) =>
  isUntold(row) &&
  Array.isArray(earlier) &&
  earlier.length > 0 &&
  earlier.every(
    (one) =>
      keysAre(one, 'ballot', 'sha256', 'positions') &&
      /^[0-9a-f]{64}$/.test(one.sha256) &&
      Array.isArray(one.positions) &&
      one.positions.every(whole),
  ) &&
  earlier.some(({ positions }) => positions.includes(row.position)) &&
  (row.told === null || row.told.level === 'no_sums');

/** What was found of everybody, counted again; of groups, only that it was said, and that it goes with what was told. */
function foundIn(archive, manifest, row) {
  const asks = asked(manifest);
  const counts = { yes: row.yes, no: row.no, abstain: row.abstain };
  const { count, voted } = archive.roll;
  const untold = isUntold(row);
  const own = {
    // Each who voted left a paper in every question.
    quorum: asks.quorum.map((one) =>
      one.of === 'overall' ? count > 0 && 100 * voted >= one.percent * count && voted > 0 : null,
    ),
    overall: asks.overall.map((one) =>
      one.kind === 'majority' && one.of === 'overall' && !untold ? majority(counts, one.percent) : null,
    ),
    // The associations speak by name: theirs is counted again as well.
    groups: asks.groups.map((one) => (one.kind === 'chamber' ? chamberHeld(archive, row, one) : null)),
  };
  if (!('template' in manifest.rule)) {
    if (row.told !== null) return null;
    own.quorum = [count > 0 && 100 * voted >= asks.quorum[0].percent * count];
    // With two numbers there is nothing that was not counted here; untold, it is what the verdict says.
    return untold ? { ...own, overall: [row.verdict === 'aprobado'] } : own;
  }
  const said = row.told?.findings;
  if (!keysAre(said, 'quorum', 'overall', 'groups')) return null;
  const hidden = ['no_findings', 'no_sums'].includes(row.told.level);
  // Told nothing of groups; of the associations, what was counted here.
  if (hidden && !same(said.groups, own.groups)) return null;
  for (const part of hidden ? ['quorum', 'overall'] : ['quorum', 'overall', 'groups']) {
    if (!booleans(said[part], own[part].length)) return null;
    if (own[part].some((held, i) => held !== null && held !== said[part][i])) return null;
  }
  return said;
}

/** Whether what was told of the women may be told: within the plan's distance, and no more than there are. */
function womenHold({ women, findings }, row, manifest) {
  const dimension = manifest.plan.dimensions.find(({ dimension: name }) => name === 'women');
  if (!dimension) return women === null;
  const { margin, least } = manifest.plan;
  const size = (label) => dimension.groups.find((group) => group.label === label).roll;
  const apart = (n, of) => n > margin && n < of - margin;
  const groups = asked(manifest).groups;
  const at = groups.findIndex(({ kind, of }) => kind === 'majority' && of?.label === 'women');
  if (women?.told === 'band') return keysAre(women, 'told');
  const counts = women?.told === 'counts' ? women.counts : { yes: women?.yes, no: 0, abstain: 0 };
  const voted = women?.told === 'counts' ? sum(counts) : women?.cast;
  if (![...Object.values(counts), voted].every(whole) || !['counts', 'yes'].includes(women.told))
    return false;
  const others = sum(row) - voted;
  if (voted < least || others < least || voted > size('women') || others > size('others')) return false;
  const keys = women.told === 'counts' ? ['yes', 'no', 'abstain'] : ['yes'];
  if (!keys.every((key) => apart(counts[key], voted) && apart(row[key] - counts[key], others))) return false;
  return women.told !== 'counts' || at < 0 || findings.groups[at] === majority(counts, groups[at].percent);
}

/** Whether the groups are those of the plan, each told once, and go with what the rule found of them. */
function groupsHold({ groups, findings, level }, manifest) {
  const plan = manifest.plan.dimensions.filter(({ publish }) => publish === 'verdict');
  if (['no_groups', 'no_findings', 'no_sums'].includes(level)) return groups === null;
  if (groups === null) return false;
  const labels = plan.flatMap(({ dimension, groups: some }) =>
    some.map(({ label }) => ({ dimension, label })),
  );
  if (
    !same(
      groups.map(({ dimension, label }) => ({ dimension, label })),
      labels,
    )
  )
    return false;
  if (!groups.every(({ favour }) => [true, false, null].includes(favour))) return false;
  return asked(manifest).groups.every((one, i) => {
    if (one.percent !== 50 || one.kind === 'majority' || one.kind === 'chamber') return true;
    const told = groups.filter(({ dimension, favour }) => dimension === one.dimension && favour !== null);
    const yes = told.filter(({ favour }) => favour).length;
    if (told.length === 0) return findings.groups[i] === false;
    if (one.kind === 'every') return findings.groups[i] === (yes === told.length);
    return one.kind !== 'share' || findings.groups[i] === 100 * yes >= one.share * told.length;
  });
}

/** Each check: what it says when it holds, and the work, which must come out `true`. */
export const checks = {
  form: {
    says: 'El archivo está como lo publicó el foro.',
    run: ({ archive, text }) =>
      canonical(archive) === text &&
      archive.format === 'frente-unido/archive/1' &&
      keysAre(
        archive,
        ...[
          'format',
          'ballot',
          'manifest',
          'manifestSha256',
          'closedAt',
          'roll',
          'tally',
          'papers',
          'sha256',
          ...('chamber' in archive ? ['chamber'] : []),
        ],
      ),
  },
  seal: {
    says: 'El sello del archivo es de estas mismas letras.',
    run: ({ archive: { sha256: seal, ...rest } }) => sha256(canonical(rest)) === seal,
  },
  manifest: {
    says: 'Lo que se fijó al abrir tiene su sello, y es de esta votación.',
    run: ({ archive, manifest }) =>
      canonical(manifest) === archive.manifest &&
      sha256(archive.manifest) === archive.manifestSha256 &&
      ['frente-unido/ballot/1', 'frente-unido/ballot/2'].includes(manifest.format) &&
      manifest.ballot === archive.ballot &&
      manifest.secrecy === 'secret' &&
      'template' in manifest.rule === (manifest.plan !== undefined && manifest.plan !== null) &&
      new Date(manifest.closesAt) > new Date(manifest.opensAt) &&
      new Date(archive.closedAt) >= new Date(manifest.opensAt),
  },
  roll: {
    says: 'El padrón es el que se fijó al abrir, y no votó más gente que la del padrón.',
    run: ({ archive: { roll }, manifest }) =>
      keysAre(roll, 'count', 'sha256', 'voted', ...(Object.hasOwn(roll, 'paper') ? ['paper'] : [])) &&
      roll.count === manifest.roll.count &&
      roll.sha256 === manifest.roll.sha256 &&
      whole(roll.voted) &&
      roll.voted <= roll.count &&
      // An urn holds ten papers or is not opened.
      (!Object.hasOwn(roll, 'paper') || (whole(roll.paper) && roll.paper >= 10 && roll.paper <= roll.voted)),
  },
  questions: {
    says: 'Cada pregunta que se fijó tiene su cuenta y sus papeletas, y ninguna más.',
    run: ({ archive, manifest }) =>
      manifest.questions.length > 0 &&
      same(
        archive.tally.map(({ position }) => position),
        manifest.questions.map(({ position }) => position),
      ) &&
      manifest.questions.every(({ position }, i) => position === i + 1) &&
      archive.tally.every((row) => keysAre(row, 'position', 'yes', 'no', 'abstain', 'verdict', 'told')) &&
      archive.papers.length === manifest.questions.length,
  },
  papers: {
    says: 'Cada papeleta está una sola vez, dice sí, no o abstención, y están en orden de su huella.',
    run: ({ archive }) => {
      const marks = archive.papers.flat().map(([mark]) => mark);
      return (
        new Set(marks).size === marks.length &&
        archive.papers.every((some, i) => {
          const hashes = some.map(([mark, choice]) => sha256(`${archive.ballot}|${i + 1}|${mark}|${choice}`));
          return (
            some.every(
              (paper) =>
                paper.length === 2 && /^[0-9a-f-]{36}$/.test(paper[0]) && Object.hasOwn(columns, paper[1]),
            ) && hashes.every((hash, at) => at === 0 || hashes[at - 1] < hash)
          );
        })
      );
    },
  },
  voters: {
    says: 'En cada pregunta hay tantas papeletas como personas votaron.',
    run: ({ archive }) =>
      archive.papers.every(
        (some, i) => some.length === (isUntold(archive.tally[i]) ? 0 : archive.roll.voted),
      ),
  },
  tally: {
    says: 'Las papeletas, contadas otra vez, dan la misma cuenta.',
    run: ({ archive, manifest }) =>
      archive.papers.every((some, i) => {
        if (isUntold(archive.tally[i])) return some.length === 0 && mayBeUntold(archive.tally[i], manifest);
        const counts = { yes: 0, no: 0, abstain: 0 };
        for (const [, choice] of some) counts[columns[choice]] += 1;
        const { yes, no, abstain } = archive.tally[i];
        return same(counts, { yes, no, abstain });
      }),
  },
  verdict: {
    says: 'Cada acuerdo es el que dice la regla con esa cuenta.',
    run: ({ archive, manifest }) =>
      archive.tally.every((row) => {
        const found = foundIn(archive, manifest, row);
        if (found === null || (row.told && row.told.outcome !== row.verdict)) return false;
        if (!found.groups.includes(null)) return row.verdict === outcome(manifest, found);
        const named = found.groups.filter((one) => one !== null);
        // Which group's no it was is not told: the verdict is one that some answer of theirs gives.
        return [true, false].some(
          (one) => row.verdict === outcome(manifest, { ...found, groups: [one, ...named] }),
        );
      }),
  },
  chamber: {
    says: 'Cada asociación con asiento habló una vez como mucho, y nadie más.',
    run: ({ archive: { chamber }, manifest }) => {
      const asks = 'template' in manifest.rule ? manifest.rule : { groups: [], second: null };
      const wanted = [...asks.groups, ...(asks.second?.groups ?? [])].some(({ kind }) => kind === 'chamber');
      if (wanted !== (manifest.chamber !== undefined) || wanted !== (chamber !== undefined)) return false;
      if (!wanted) return true;
      const seats = chamber.seats.map(([id]) => id);
      return (
        keysAre(chamber, 'seats', 'positions', 'tally') &&
        keysAre(manifest.chamber, 'seats', 'sha256') &&
        manifest.chamber.seats === seats.length &&
        sha256(canonical(chamber.seats)) === manifest.chamber.sha256 &&
        chamber.positions.length === manifest.questions.length &&
        same(chamber.tally, chamber.positions.map(countsOf)) &&
        chamber.positions.every((said) => {
          const spoke = said.map(([id]) => id);
          return (
            spoke.every((id, i) => seats.includes(id) && (i === 0 || spoke[i - 1] < id)) &&
            said.every(
              (one) =>
                one.length === 3 &&
                Object.hasOwn(columns, one[1]) &&
                (one[2] === null || (one[2] !== one[0] && seats.includes(one[2]))),
            ) &&
            // Nobody speaks for more than five, nor for others and through another.
            said.every(([, , via]) => via === null || said.filter((one) => one[2] === via).length <= 5) &&
            said.every(([id, , via]) => via === null || !said.some((one) => one[2] === id))
          );
        })
      );
    },
  },
  groups: {
    says: 'De los grupos se dice lo que el plan permite, y va con los acuerdos.',
    run: ({ archive, manifest }) =>
      archive.tally.every(({ told, ...row }) => {
        if (!manifest.plan) return told === null;
        return (
          keysAre(told, 'outcome', 'findings', 'women', 'groups', 'level') &&
          ['whole', 'no_counts', 'no_groups', 'no_findings', 'no_sums'].includes(told.level) &&
          (told.level === 'no_sums') === isUntold(row) &&
          (isUntold(row)
            ? told.women === null || (keysAre(told.women, 'told') && told.women.told === 'band')
            : womenHold(told, row, manifest)) &&
          groupsHold(told, manifest)
        );
      }),
  },
};
// Written out a second time: a check that is taken away is missed.
const required = 'form seal manifest roll questions papers voters tally verdict chamber groups'.split(' ');

/**
 * All checks of one archive, every one of them, whatever the others said. Only a plain `true` is a pass: what throws,
 * or comes to no end, is none.
 * @returns the sentences of what held, and the names of what did not
 */
export function judge(text, these = checks) {
  const [held, failed] = [[], []];
  let given = null;
  try {
    const archive = JSON.parse(text);
    given = { archive, text, manifest: JSON.parse(archive.manifest) };
  } catch {
    given = null;
  }
  for (const name of required) {
    let passed = false;
    try {
      passed = given !== null && these[name].run(given) === true;
    } catch {
      passed = false;
    }
    if (passed) held.push({ name, says: these[name].says });
    else failed.push(name);
  }
  return { good: failed.length === 0 && held.length === required.length, held, failed };
}

/** What even a good archive does not prove, in the forum's words. */
export const limits = [
  'No puede contar otra vez a los grupos: sus papeletas se borraron al contar, para no mostrar cómo votó nadie.',
  'No prueba que nadie cambió una papeleta antes del cierre. Eso lo dará el voto sellado.',
  'Si hubo papeletas de papel, no prueba lo que había en la urna. Eso lo dice el acta que firmaron quienes contaron.',
  'Compara el sello con el que está impreso en el acta.',
];

/** What cannot be counted again, where an earlier result on the same text stands beside this one. */
export const untoldLimit = (positions) =>
  `No se publican los números de ${positions.length === 1 ? 'la pregunta' : 'las preguntas'} ${positions.join(', ')}: junto al resultado de antes dirían cómo votó alguien. Ahí vale el acta, y no se cuenta otra vez, tampoco cuántas personas votaron si no hay otra pregunta.`;
