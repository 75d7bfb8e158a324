// A canvas does not wait for a web font: it is asked for, and what was written is written again.

const SAMPLE = "0123 Aa："; // only in the file with the common characters: the rare one stays away

/** Load both weights of a font stack; whether any face came that was not there before. */
export async function newFaces(stack) {
  const { fonts } = document;
  if (!fonts) return false;
  const loaded = () => [...fonts].filter((face) => face.status === "loaded").length;
  const before = loaded();
  await Promise.allSettled([400, 700].map((weight) => fonts.load(`${weight} 12px ${stack}`, SAMPLE)));
  await fonts.ready;
  return loaded() !== before;
}
