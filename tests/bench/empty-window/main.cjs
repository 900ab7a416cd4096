// The least program with a window: what any Electron program costs on this machine.
const { app, BrowserWindow } = require('electron');

void app.whenReady().then(() => {
  void new BrowserWindow({ width: 1366, height: 768 }).loadURL('data:text/html,<!doctype html><title>empty</title><p>empty</p>');
});
app.on('window-all-closed', () => app.quit());
