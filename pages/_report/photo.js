// Makes a photo small before it is kept or sent: a weak signal carries it, and drawing it anew
// leaves its position and all else that is not picture on the phone. The server does it again.

const QUALITIES = [0.82, 0.7, 0.55];

/**
 * A photo as base64 of a JPEG, or the sentence why it cannot be taken.
 *
 * @param {File} file
 * @param {{edge: number, kb: number, upload_mb: number, megapixels: number}} limits
 * @param {object} words sentences by name: empty, heavy, wide, heif, broken, none
 * @returns {Promise<{jpeg?: string, why?: string}>}
 */
export async function small(file, limits, words) {
  if (!file.size) return { why: words.empty };
  if (file.size > limits.upload_mb * 1e6)
    return { why: fill(words.heavy, { size: (file.size / 1e6).toFixed(1), limit: limits.upload_mb }) };
  let image;
  try {
    image = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    const heif = /hei[cf]/i.test(file.type) || /\.hei[cf]$/i.test(file.name);
    return { why: heif ? words.heif : file.type.startsWith("image/") ? words.broken : words.none };
  }
  const { width, height } = image;
  if (width * height > limits.megapixels * 1e6)
    return { why: fill(words.wide, { width, height, limit: limits.megapixels }) };
  const scale = Math.min(1, limits.edge / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return { jpeg: await written(canvas, limits.kb * 1000) };
}

async function written(canvas, most) {
  let blob;
  for (const quality of QUALITIES) {
    blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (blob.size <= most) break;
  }
  const text = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(blob);
  });
  return text.slice(text.indexOf(",") + 1);
}

function fill(text, values) {
  return Object.entries(values).reduce((one, [name, value]) => one.replace(`{${name}}`, value), text);
}
