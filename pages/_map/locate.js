// Where the device is: asked once for every press on the button, never watched, never at load.

const PATIENCE = 15000; // ms
const REASONS = { 1: "locate_denied", 2: "locate_unavailable", 3: "locate_timeout" }; // by code of the API

/**
 * Ask the device for its position.
 *
 * @returns {Promise<{at: {lat: number, lng: number}, accuracy: number}>} degrees and metres;
 *   refused with the name of the sentence that says why
 */
export function position() {
  if (!isSecureContext) return Promise.reject(new Error("locate_insecure"));
  if (!navigator.geolocation) return Promise.reject(new Error("locate_unavailable"));
  return new Promise((found, failed) => {
    const got = ({ coords: { latitude, longitude, accuracy } }) => {
      if (![latitude, longitude, accuracy].every(Number.isFinite)) failed(new Error("locate_unavailable"));
      else found({ at: { lat: latitude, lng: longitude }, accuracy });
    };
    const refused = ({ code }) => failed(new Error(REASONS[code] ?? "locate_unavailable"));
    const how = { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0 };
    navigator.geolocation.getCurrentPosition(got, refused, how);
  });
}
