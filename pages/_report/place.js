// Where the report is about. The pin on the map says it first, and at once; the page then says what
// the place is called. A place in the address of the page counts when it is opened; a draft from
// before brings its own.

const SAME = 1e-6; // degrees
const DEAF = 3000; // ms after which what was told and not answered is told again

/** The place of a report; `report` is the form it belongs to. */
export class Place {
  constructor(report) {
    Object.assign(this, { report, moved: false, cleared: null, told: "", toldAt: 0 });
    this.onPlaced = ({ detail }) => this.placed(detail);
    document.addEventListener("wangge:placed", this.onPlaced);
  }

  /** Take what the page says of the place; `opened` is the place as its address has it. */
  hear({ at, opened }) {
    const { draft } = this.report;
    if (this.cleared !== null) {
      if (at && opened === this.cleared) return this.tell(null); // it has not heard yet
      this.cleared = null;
    }
    const fresh = !this.moved && (!draft.at || opened !== draft.opened);
    if (at && (fresh || same(at, draft.at))) this.take(at, opened);
    else if (draft.at && !this.moved) this.tell(draft.at); // of a draft from before: show its pin
    else if (draft.at) this.remind();
  }

  /** What the map told a connection that was lost is told again, if it is not answered soon. */
  remind() {
    clearTimeout(this.reminder);
    this.reminder = setTimeout(() => {
      const { mode, data, draft } = this.report;
      if (mode === "write" && draft.at && !same(data.at, draft.at)) this.tell(draft.at);
    }, DEAF);
  }

  take(at, opened) {
    const { report } = this;
    const { draft } = report;
    const moved = !same(at, draft.at);
    Object.assign(draft, { at, opened });
    if (!draft.chosen && at.kind) draft.kind = at.kind;
    if (moved) draft.other = false;
    report.keep();
  }

  /** Somebody set the pin: that holds, whether or not the page can hear of it. */
  placed({ lon, lat, accuracy, layer, id }) {
    const { report } = this;
    if (report.mode === "sending") return;
    if (report.mode !== "write") report.next(); // the map is tapped again: that is the next one
    const { draft, data } = report;
    const asset = data.assets.includes(layer) ? `${layer}/${id}` : "";
    draft.at = { lon, lat, accuracy, asset, says: "", where: "", name: "" };
    draft.other = false;
    if (!draft.chosen) draft.kind = (asset && data.usual[layer]) || "";
    Object.assign(this, { moved: true, cleared: null });
    report.changed();
  }

  /** Only the place is meant, not the thing that stands there. */
  letGo() {
    const { report } = this;
    report.draft.at = { ...report.draft.at, asset: "", name: "" };
    report.draft.other = false;
    this.moved = true;
    this.tell(report.draft.at);
    report.changed();
  }

  /** Go back to where a report in the form was about. */
  put(at) {
    Object.assign(this, { moved: true, cleared: null });
    this.report.draft.at = at;
    if (!same(this.report.data.at, at)) this.tell(at);
  }

  /** Forget the place, and take the pin off the map. */
  clear() {
    const { data } = this.report;
    Object.assign(this, { moved: false, cleared: data.opened });
    if (data.at) this.tell(null);
  }

  /** Tell the page where the pin is. */
  tell(at) {
    const told = at ? `${at.lon},${at.lat},${at.asset}` : `none ${this.cleared}`;
    if (told === this.told && performance.now() - this.toldAt < DEAF) return;
    Object.assign(this, { told, toldAt: performance.now() });
    const { lon, lat, accuracy, asset } = at ?? {};
    this.report.component.setTriggerValue("moved", at ? { lon, lat, accuracy, asset } : { clear: true });
  }

  remove() {
    clearTimeout(this.reminder);
    document.removeEventListener("wangge:placed", this.onPlaced);
  }
}

/** Whether two places are one: where somebody pointed counts, not the thing found there. */
export function same(one, other) {
  if (!one || !other) return false;
  const [lon, lat] = one.tapped ?? [one.lon, one.lat];
  const [x, y] = other.tapped ?? [other.lon, other.lat];
  return Math.abs(lon - x) < SAME && Math.abs(lat - y) < SAME;
}
