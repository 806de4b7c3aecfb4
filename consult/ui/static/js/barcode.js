/* Reads bar codes with the camera, where the browser can (BarcodeDetector); nothing leaves the device but the
   code, and that only with the page. */
for (const place of document.querySelectorAll("[data-barcode]")) {
  const input = place.closest("[data-question]").querySelector("input");
  const [scan, stop] = ["[data-scan]", "[data-stop]"].map((each) => place.querySelector(each));
  const status = place.querySelector("[role=status]");
  let stream = null;
  let video = null;

  const end = (words) => {
    stream?.getTracks().forEach((track) => track.stop());
    video?.remove();
    [stream, video] = [null, null];
    scan.hidden = false;
    stop.hidden = true;
    status.textContent = words;
  };

  const look = async (detector) => {
    if (!stream) return;
    const [found] = await detector.detect(video).catch(() => []);
    if (!found) {
      setTimeout(look, 200, detector);
      return;
    }
    input.value = found.rawValue;
    end(status.dataset.found);
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const begin = async () => {
    scan.hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video = Object.assign(document.createElement("video"), { srcObject: stream, muted: true, playsInline: true });
      place.append(video);
      await video.play();
      stop.hidden = false;
      look(new BarcodeDetector());
    } catch {
      end(status.dataset.refused);
    }
  };

  if (!("BarcodeDetector" in window) || !navigator.mediaDevices || input.readOnly) continue;
  place.hidden = false;
  scan.addEventListener("click", begin);
  stop.addEventListener("click", () => end(""));
}
