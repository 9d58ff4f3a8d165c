import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { addressOf, queryOf } from './page/address.js';
import { offerControls } from './page/controls.js';
import { Page } from './page/page.js';
import { firstFree, Slot } from './slot/slot.js';
import './style/page.css';
import './style/device.css';
import './style/screen.css';
import './style/parts.css';
import './style/panel.css';

const address = addressOf(location);
const first = address.first ?? (address.setUpCode === '' ? 1 : await firstFree());
// A set-up code is for a new terminal, and the page read again is still that one.
if (address.setUpCode !== '') history.replaceState(null, '', queryOf(location.search, first) + location.hash);
const slots = Array.from({ length: address.count }, (_, index) => new Slot(first + index, location.origin));
offerControls(slots);
for (const slot of slots) void slot.occupy();

const place = document.getElementById('root');
if (place)
  createRoot(place).render(
    <StrictMode>
      <Page slots={slots} address={address} />
    </StrictMode>,
  );
