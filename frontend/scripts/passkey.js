// <form data-passkey="login|get|create" data-options="…">: asks the device for a passkey and sends the answer.
// Binary values travel as base64url, as the Web Authentication API itself writes them in JSON.
const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const known = (keys) => (keys ?? []).map((key) => ({ ...key, id: decode(key.id) }));

async function create({ publicKey }, withoutPassword) {
  const choice = { ...publicKey.authenticatorSelection };
  choice.residentKey = withoutPassword ? "required" : "discouraged";
  choice.requireResidentKey = withoutPassword;
  if (withoutPassword) choice.userVerification = "required";
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      authenticatorSelection: choice,
      challenge: decode(publicKey.challenge),
      user: { ...publicKey.user, id: decode(publicKey.user.id) },
      excludeCredentials: known(publicKey.excludeCredentials),
    },
  });
  return answer(made, {
    attestationObject: encode(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
}

async function get({ publicKey }) {
  const found = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: decode(publicKey.challenge),
      allowCredentials: known(publicKey.allowCredentials),
    },
  });
  const { authenticatorData, signature, userHandle } = found.response;
  return answer(found, {
    authenticatorData: encode(authenticatorData),
    signature: encode(signature),
    userHandle: userHandle ? encode(userHandle) : null,
  });
}

function answer(credential, response) {
  return {
    type: credential.type,
    id: credential.id,
    rawId: encode(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response: { clientDataJSON: encode(credential.response.clientDataJSON), ...response },
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function ask(form) {
  if (form.dataset.passkey === "create") {
    return create(JSON.parse(form.dataset.options), form.elements.passwordless?.checked ?? false);
  }
  if (form.dataset.passkey === "get") return get(JSON.parse(form.dataset.options));
  const reply = await fetch(form.action, { headers: { Accept: "application/json" } });
  return get((await reply.json()).request_options);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  for (const part of form.querySelectorAll("[data-passkey-button]")) part.hidden = false;
  const status = form.querySelector("[data-passkey-failed]");
  form.querySelector("[data-passkey-start]").addEventListener("click", async () => {
    status.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch {
      status.textContent = status.dataset.passkeyFailed;
    }
  });
}
