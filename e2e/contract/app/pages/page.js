// What a page can see by itself, written down before any test touches it.
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(event.effectiveDirective);
});
window.seenByThePage = {
  bridge: typeof window.contract,
  secret: typeof window.secretOfTheIsolatedWorld,
  require: typeof window.require,
  process: typeof window.process,
  electron: typeof window.electron,
};
// Code made from text, tried by the page itself: an evaluation from outside is not held by the policy.
window.tryEval = () =>
  new Promise((resolve) => {
    setTimeout(() => {
      try {
        new Function('return 1')();
        resolve('allowed');
      } catch (error) {
        resolve(error.name);
      }
    }, 0);
  });
