import { useTexts } from '../texts/language.js';

/** How many digits were entered, never which. */
export function PinDots({ count }: { readonly count: number }) {
  const { logIn } = useTexts();
  return (
    <div className="dots" role="img" aria-label={logIn.digits(count)}>
      {Array.from({ length: Math.max(4, count) }, (_, index) => (
        <span key={index} className={index < count ? 'dot full' : 'dot'} />
      ))}
    </div>
  );
}
