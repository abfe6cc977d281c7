// What the pages gain with a script: focus and speech after each swap, a countdown, the robot check, advice on the
// password. Every form works without it. Texts come from the page, so from the catalogues.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const say = (id, text) => { const place = $(`#${id}`); if (place) place.textContent = text; };
const word = (name) => $("#words")?.dataset[name] ?? "";

// --- The display switch is a real page load: htmx must not see its submit, the voice has to change with the page.
addEventListener("submit", (event) => {
  if (event.submitter?.name === "display") event.stopImmediatePropagation();
}, true);

// --- After each screen: what has the focus, what is said (heard with a screen reader, see access.md).
const single = () => { const wrong = $$("#view [aria-invalid=true]"); return wrong.length === 1 && !$("#view fieldset [aria-invalid=true]") ? wrong[0] : null; };
function settle() {
  const summary = $("#errors"), field = single(), sent = $("#resend");
  if (sent && new URLSearchParams(location.search).get("motif") === "new-code-sent") {
    sent.focus();
    say("status", $(".notice")?.textContent.trim() ?? "");
  } else if (summary && field) {
    field.focus();
    field.select?.();
    setTimeout(() => say("alert", $(`#${field.id}-error`)?.textContent.trim() ?? ""), 250);
  } else {
    (summary ?? $("#main")).focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}
// From the list of errors to the field: a browser gives up its own jump when the page is busy.
addEventListener("click", (event) => {
  const link = event.target.closest?.("#errors a[href^='#']"), field = link && $(link.hash);
  if (!field) return;
  event.preventDefault();
  (field.closest(".field") ?? field).scrollIntoView();
  (field.matches("input") ? field : $("input", field)).focus({ preventScroll: true });
});
const screen = (event) => event.detail.ctx?.target?.id !== "session";
addEventListener("htmx:before:swap", (event) => { if (screen(event)) { say("status", ""); say("alert", ""); stopClock(); } });
addEventListener("htmx:finally:swap", (event) => {
  if (!screen(event)) { watch(); $("#session button").focus(); return setTimeout(() => say("status", word("stayed")), 150); }
  equip();
  setTimeout(settle, 150);
});

// --- Waiting: silence at first, then a word; a network that is away keeps the answers and says so.
let waiting = [];
const rest = () => { waiting.forEach(clearTimeout); waiting = []; $("#view")?.removeAttribute("aria-busy"); };
addEventListener("htmx:before:request", () => {
  rest();
  waiting = [[400, "wait"], [8000, "still"]].map(([after, name]) => setTimeout(() => {
    $("#view").setAttribute("aria-busy", "true");
    say("status", word(name));
  }, after));
});
addEventListener("htmx:finally:request", () => { rest(); say("status", ""); });
const failed = () => { $("#trouble").hidden = false; say("alert", word("trouble")); };
addEventListener("htmx:error", failed);
addEventListener("htmx:response:error", (event) => { if (event.detail.ctx.response.status >= 500) failed(); });
addEventListener("htmx:before:request", () => { $("#trouble").hidden = true; });

// --- The countdown to the next message. The running digits are silent; milestones are said.
let clock;
function stopClock() { clearInterval(clock); clock = undefined; }
function startClock() {
  stopClock();
  const place = $("[data-countdown]");
  if (!place) return;
  const end = Date.now() + 1000 * Number(place.dataset.countdown), button = $("[data-resend]");
  if (end <= Date.now()) return;
  const tick = () => {
    const left = Math.max(0, Math.round((end - Date.now()) / 1000));
    const digits = $("[data-digits]", place);
    if (digits) digits.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    place.hidden = left === 0;
    button?.setAttribute("aria-disabled", String(left > 0));
    if (left === 30) say("status", word("soon"));
    if (left === 0) { stopClock(); say("alert", word("ready")); }
  };
  tick();
  clock = setInterval(tick, 1000);
}
addEventListener("submit", (event) => {
  const button = $("[data-resend][aria-disabled=true]", event.target);
  if (!button) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say("status", `${word("early")} ${$("[data-digits]")?.textContent ?? ""}`);
}, true);

// --- The end of a sign-in: said before it comes; one tap prolongs it and leaves what was typed where it is.
let ending = [];
function watch() {
  ending.forEach(clearTimeout);
  const box = $("#session");
  if (!box) return;
  const left = 1000 * Number(box.dataset.ends), warning = 1000 * Number(box.dataset.warning);
  ending = [
    setTimeout(() => { box.toggleAttribute("data-near", true); say("alert", $("#session-text").textContent.trim()); }, Math.max(0, left - warning)),
    setTimeout(() => { say("alert", word("over")); location.assign("/espace"); }, left + 1000),
  ];
}

// --- The robot check: ALTCHA's proof of work, found by PBKDF2 of the browser itself, off the page's thread.
const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
async function solve(challenge) {
  const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  const password = new Uint8Array(nonce.length / 2 + 4), counted = new DataView(password.buffer);
  password.set(bytes(nonce));
  const recipe = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  for (let counter = 0; ; counter++) {
    counted.setUint32(nonce.length / 2, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hex(await crypto.subtle.deriveBits(recipe, key, keyLength * 8));
    if (derivedKey.startsWith(keyPrefix)) return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
  }
}
const state = (box, name) => $$("[data-state]", box).forEach((text) => { text.hidden = text.dataset.state !== name; });
function guard(box) {
  const tick = $("input[type=checkbox]", box), answer = $("input[type=hidden]", box);
  if (answer.value) return state(box, "done");
  const solving = box.solving = solve(JSON.parse(box.dataset.altcha));
  const tell = async () => {
    if (!tick.checked) { answer.value = ""; return state(box, ""); }
    state(box, "working");
    try {
      const solution = await solving;
      if (tick.checked) { answer.value = solution; state(box, "done"); }
    } catch { tick.checked = false; state(box, "failed"); }
  };
  solving.catch(() => state(box, "failed"));
  tick.addEventListener("change", tell);
  if (tick.checked) tell();
}
// Sent while the phone still counts: the form waits for the answer, then goes by itself.
addEventListener("submit", (event) => {
  const box = $("[data-altcha]", event.target), tick = box && $("input[type=checkbox]", box);
  if (!tick?.checked || $("input[type=hidden]", box).value || event.submitter?.name === "display") return;
  event.preventDefault();
  event.stopImmediatePropagation();
  box.solving.then(() => setTimeout(() => event.target.requestSubmit()));
}, true);

// --- The password: shown on demand, its rules ticked while one types. Nothing leaves the page.
const RULES = {
  length: (text, rule) => [...text].length >= Number(rule.dataset.least),
  capital: (text) => /\p{Lu}/u.test(text),
  digit: (text) => /\p{Nd}/u.test(text),
};
function advise() {
  const field = $("#password"), rules = $$("[data-rule]");
  if (!field || !rules.length) return;
  let pause;
  field.addEventListener("input", () => {
    for (const rule of rules) rule.toggleAttribute("data-kept", RULES[rule.dataset.rule](field.value, rule));
    clearTimeout(pause);
    pause = setTimeout(() => {
      const left = rules.filter((rule) => !rule.hasAttribute("data-kept")).map((rule) => rule.textContent.trim());
      say("status", left.length ? `${word("missing")} ${left.join(", ")}` : word("kept"));
    }, 1200);
  });
}
function reveal(button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(shown));
    for (const id of button.dataset.reveal.split(" ")) $(`#${id}`).type = shown ? "text" : "password";
  });
}

// --- The code that arrives by SMS offers itself (WebOTP, where the browser has it).
function listen() {
  const field = $("input[autocomplete=one-time-code]");
  if (!field || !("OTPCredential" in window)) return;
  navigator.credentials.get({ otp: { transport: ["sms"] } }).then((otp) => { field.value ||= otp.code; }, () => {});
}

function equip() {
  $$("[data-altcha]").forEach(guard);
  $$("[data-reveal]").forEach(reveal);
  advise();
  startClock();
  watch();
  listen();
}
equip();
if ($("#errors") || "switched" in document.documentElement.dataset) settle();
