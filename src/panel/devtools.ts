import browser from 'webextension-polyfill';

/** The DevTools page has no face; all it does is to add the panel. */
void browser.devtools.panels.create('Wirescope', '/assets/icon-32.png', '/src/panel/panel.html');
