// Electron's own declarations: the global namespace `Electron` and the modules `electron/main`, `electron/common`.
/// <reference types="electron" />
