// What lies under the pointer, and which of it a click means.

import { rowsOf, tooltip } from "./tooltip.js";

const NEAR = 17.75; // zoom from which a line without ink, such as a lit street, answers a click
const DRILL = ["grids", "compounds", "buildings"]; // community > grid > compound > building

/** Follows the pointer over a MapApp: hover, tooltip, clicks. */
export class Chooser {
  constructor(app) {
    this.app = app;
    this.tip = tooltip(app.stage);
    this.kinds = new Map(); // layer id -> point, line or area
    this.picks = new Set(); // ids of the layers one may click
    this.named = new Set(); // those of them whose names alone answer
    this.inkless = new Set(); // "layer/class" of what is drawn without ink
    this.compound = ""; // the compound whose buildings can be clicked
    const { map } = app;
    this.mouse = matchMedia("(hover: hover)").matches;
    this.coarse = !this.mouse; // what touched last was a finger
    map.on("mousemove", (event) => this.move(event));
    map.on("mouseout movestart zoomstart", () => this.leave());
    map.on("click", (event) => this.click(event));
  }

  /** Learn from the sheet and the features what can be clicked and how. */
  learn() {
    const { sheet, features } = this.app;
    const idsOf = (wanted) => new Set(sheet.layers.filter(wanted).map((layer) => layer.id));
    this.picks = idsOf((layer) => layer.picks);
    this.named = idsOf((layer) => layer.picks === "name");
    this.inkless = new Set();
    for (const { id, classes } of sheet.layers)
      for (const { key, style } of classes)
        if (!style.strokes.length && !style.fill && !style.symbol) this.inkless.add(`${id}/${key}`);
    for (const [id, list] of features) {
      const type = list[0]?.geometry?.type ?? "";
      this.kinds.set(id, /Point/.test(type) ? "point" : /Line/.test(type) ? "line" : "area");
    }
    this.chosen(this.app.selection.value);
  }

  /** Remember which compound is open. */
  chosen(selected) {
    const { drawing, map } = this.app;
    const [layer, id] = selected ?? ["", ""];
    if (layer === "compounds") this.compound = id;
    else if (layer === "buildings") {
      const middle = drawing.boundsOf(layer, id)?.getCenter();
      if (!middle) return;
      const point = map.latLngToContainerPoint(middle);
      this.compound = this.hit(point, (one) => one === "compounds")?.id ?? this.compound;
    } else if (layer === "grids" || !layer) this.compound = "";
  }

  /** The feature a click at `point` means: symbol, grid's framed name, line, building, compound, grid. */
  at(point) {
    const plain = (id) => !DRILL.includes(id) && this.kinds.get(id) === "area";
    const small = this.hit(point, (id) => id === "grids" || this.kinds.get(id) !== "area");
    if (small && small.by !== "area") return small;
    const compound = this.hit(point, (id) => id === "compounds");
    // A compound is opened before its buildings answer, where compounds are on the map at all.
    if (!this.picks.has("compounds") || (compound && compound.id === this.compound)) {
      const building = this.hit(point, (id) => id === "buildings");
      if (building) return building;
    }
    return compound ?? this.hit(point, plain) ?? this.hit(point, (id) => id === "grids" && !this.named.has(id));
  }

  /** The most particular thing at `point`: symbol, building, line, compound, then what else there is. */
  under(point) {
    const small = this.hit(point, (id) => this.kinds.get(id) === "point");
    const line = (id) => this.kinds.get(id) === "line";
    const order = [(id) => id === "buildings", line, (id) => id === "compounds", () => true];
    return order.reduce((found, wanted) => found ?? this.hit(point, wanted), small);
  }

  hit(point, wanted) {
    const { drawing, map, shown } = this.app;
    const far = map.getZoom() < NEAR;
    const unseen = (layer, { properties }) =>
      far && this.kinds.get(layer) === "line" && this.inkless.has(`${layer}/${properties.class}`);
    const accept = (layer, feature) =>
      this.picks.has(layer) && shown.has(layer) && wanted(layer) && !unseen(layer, feature);
    const found = drawing.hit(point, { accept, coarse: this.coarse });
    return found ? { ...found, id: String(found.id) } : null;
  }

  move({ containerPoint, originalEvent }) {
    if (!this.mouse || this.app.ruler.active || !this.app.whole) return;
    if (originalEvent.buttons) return;
    this.coarse = false;
    const met = this.at(containerPoint);
    const found = this.app.placing?.now && met?.by !== "symbol" ? null : met;
    this.over(found);
    if (found) this.tell(found, containerPoint);
    else this.tip.hide();
  }

  click(event) {
    const { app } = this;
    const { containerPoint, latlng, originalEvent } = event;
    if (originalEvent.pointerType) this.coarse = originalEvent.pointerType === "touch";
    if (app.ruler.active) {
      app.ruler.add(latlng);
      return;
    }
    if (!app.whole || originalEvent.detail > 1) return; // the second half of a double click
    const found = this.at(containerPoint);
    if (app.placing?.take(event, found)) return;
    if (!found && this.named.size) return;
    this.over(null);
    if (originalEvent.pointerType === "touch" && found) this.tell(found, containerPoint);
    else this.tip.hide();
    app.selection.pick(found?.layer ?? "", found?.id ?? "");
  }

  tell({ layer, feature }, point) {
    const { sheet, words } = this.app;
    const styles = sheet.layers.find((one) => one.id === layer);
    const kind = styles.classes.find((one) => one.key === feature.properties.class);
    this.tip.show(point, { title: kind?.label, rows: rowsOf(styles, feature, words) });
  }

  over(found) {
    const key = found ? `${found.layer}/${found.id}` : "";
    if (key === this.hovered) return;
    this.hovered = key;
    this.app.drawing.setHover(found ? [found.layer, found.id] : null);
    this.app.canvas.classList.toggle("wg-over", Boolean(found));
  }

  leave() {
    this.over(null);
    this.tip.hide();
  }

  destroy() {
    this.tip.destroy();
  }
}
