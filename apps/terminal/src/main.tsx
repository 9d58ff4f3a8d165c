import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { addressOf } from './page/address.js';
import { offerControls } from './page/controls.js';
import { Page } from './page/page.js';
import { Slot } from './slot/slot.js';
import './style/page.css';
import './style/device.css';
import './style/screen.css';
import './style/parts.css';
import './style/panel.css';

const address = addressOf(location);
const slots = Array.from({ length: address.count }, (_, index) => new Slot(index + 1, location.origin));
offerControls(slots);
for (const slot of slots) void slot.occupy();

const place = document.getElementById('root');
if (place)
  createRoot(place).render(
    <StrictMode>
      <Page slots={slots} address={address} />
    </StrictMode>,
  );
