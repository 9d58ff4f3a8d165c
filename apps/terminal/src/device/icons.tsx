import type { ReactNode } from 'react';

const Drawn = ({ children, className = '' }: { readonly children: ReactNode; readonly className?: string }) => (
  <svg className={`icon ${className}`} viewBox="0 0 24 24" aria-hidden="true">
    {children}
  </svg>
);

export const GoodIcon = () => (
  <Drawn className="mark">
    <circle cx="12" cy="12" r="11" />
    <path d="m7 12.5 3.5 3.5L17 9" />
  </Drawn>
);
export const BadIcon = () => (
  <Drawn className="mark">
    <circle cx="12" cy="12" r="11" />
    <path d="m8.5 8.5 7 7m0-7-7 7" />
  </Drawn>
);
export const CalmIcon = () => (
  <Drawn className="mark">
    <circle cx="12" cy="12" r="11" />
    <path d="M12 7v6m0 3.6v.2" />
  </Drawn>
);
export const LockIcon = () => (
  <Drawn className="mark">
    <rect x="5" y="10.5" width="14" height="9.5" rx="2" />
    <path d="M8 10.5V8a4 4 0 0 1 8 0v2.5" />
  </Drawn>
);
export const TapIcon = () => (
  <Drawn>
    <path d="M6 9.5a6 6 0 0 1 0 5m3.4-7a10 10 0 0 1 0 9m3.4-11a14 14 0 0 1 0 13m3.4-15a18 18 0 0 1 0 17" />
  </Drawn>
);
export const InsertIcon = () => (
  <Drawn>
    <path d="M6.5 2.5h11v13h-11zM2.5 19.5h19M10 6h4v4h-4z" />
  </Drawn>
);
export const SwipeIcon = () => (
  <Drawn>
    <path d="M3 6h13v12H3zM3 10h13m3-4v12m2.5-12v12" />
  </Drawn>
);
export const MenuIcon = () => (
  <Drawn>
    <path d="M4 7h16M4 12h16M4 17h16" />
  </Drawn>
);
export const BellIcon = () => (
  <Drawn className="mark">
    <path d="M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15zM10 20.5h4" />
  </Drawn>
);
