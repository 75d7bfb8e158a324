// One layer as the engine holds it: its records by id, grouped by the classes of the sheet.
import { areaOf, makeRecord, sameValue } from "./records.js";

/** A layer's records; told of new features it makes only what is new and drops what is gone. */
export class Stratum {
  constructor(id) {
    this.id = id;
    this.records = new Map();
    this.digest = null;
    this.picks = false;
    this.meta = { classes: [], marks: [] };
    this.#regroup();
  }

  /** Take over the layer's part of the sheet. */
  setMeta(meta) {
    this.meta = meta;
    this.picks = !meta.base && meta.picks !== false;
    this.#regroup();
  }

  #regroup() {
    this.grouped = null;
    this.stacked = null;
    this.onTop = null;
  }

  /** Take over features; returns how many records were newly made. */
  setFeatures(digest, features) {
    this.digest = digest;
    this.#regroup();
    let made = 0;
    const records = new Map();
    for (const feature of features) {
      const held = this.records.get(feature.id);
      if (held && sameValue(held.feature.geometry, feature.geometry)) {
        held.feature = feature;
        records.set(feature.id, held);
      } else {
        records.set(feature.id, makeRecord(feature));
        made += 1;
      }
    }
    this.records = records;
    return made;
  }

  /** Whether nothing of this layer is on the ground: points, but for trees, are symbols on top. */
  get isOnTop() {
    const trees = () => this.meta.classes.some(({ style }) => style.symbol?.metres?.[1] > 0);
    this.onTop ??= [...this.records.values()].every(({ kind }) => kind === "point") && !trees();
    return this.onTop;
  }

  /** Records by class, in the order of the sheet: {key, style, records}. */
  groups() {
    if (this.grouped) return this.grouped;
    const byKey = new Map(this.meta.classes.map(({ key, style }) => [key, { key, style, records: [] }]));
    for (const record of this.records.values()) byKey.get(record.feature.properties?.class)?.records.push(record);
    this.grouped = [...byKey.values()].filter((group) => group.records.length);
    this.grouped.forEach((group) => {
      group.rank = this.meta.classes.findIndex(({ key }) => key === group.key);
    });
    return this.grouped;
  }

  /**
   * The order in which areas are filled, bottom first: {style, records} runs. In the base map small
   * pieces lie on large ones (a pond on its park); in a data layer the first, worst class lies on top.
   */
  stack() {
    if (this.stacked) return this.stacked;
    const groups = this.groups();
    if (!this.meta.base) return (this.stacked = [...groups].reverse());
    const pieces = groups.flatMap(({ style, records }) =>
      records.map((record) => ({ style, record, area: areaOf(record) })),
    );
    this.stacked = [];
    for (const { style, record } of pieces.sort((one, other) => other.area - one.area)) {
      if (this.stacked.at(-1)?.style !== style) this.stacked.push({ style, records: [] });
      this.stacked.at(-1).records.push(record);
    }
    return this.stacked;
  }

  /** Effects of the marks a record carries. */
  effects(record) {
    const marks = record.feature.properties?.marks;
    if (!marks || !this.meta.marks?.length) return [];
    const keys = Array.isArray(marks) ? marks : String(marks).split(/\s+/);
    return this.meta.marks.filter(({ key }) => keys.includes(key)).map(({ effect }) => effect);
  }
}
