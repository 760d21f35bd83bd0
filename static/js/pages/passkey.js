// Passkeys: allauth's scripts ask the browser for one; what the browser refuses is told here.
const TROUBLES = {
  NotAllowedError: 'refused',
  AbortError: 'refused',
  InvalidStateError: 'known',
  SecurityError: 'address',
  NotSupportedError: 'unable',
};
const button = document.querySelector('[data-passkey]');

function tell(trouble) {
  for (const one of document.querySelectorAll('[data-trouble]')) one.hidden = one.dataset.trouble !== trouble;
}

if (window.PublicKeyCredential) button.hidden = false;
else tell('unable');

button.addEventListener('click', () => tell());
// Enter in the field for the name would send the form without a passkey.
button.form.addEventListener('submit', (event) => {
  event.preventDefault();
  button.click();
});
document.addEventListener('allauth.error', (event) => {
  const trouble = TROUBLES[event.detail.exception.name];
  // What is not known stays in the console too.
  if (trouble) event.preventDefault();
  tell(trouble ?? 'refused');
});
