import {
  CircleCheck,
  Circle,
  Clock,
  LoaderCircle,
  LockOpen,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../contract/view-model';
import { badgeText } from './session-words';

const icons: Record<SessionView['kind'], LucideIcon> = {
  'no-sign-in-needed': LockOpen,
  'signed-out': Circle,
  'signing-in': LoaderCircle,
  'signed-in': CircleCheck,
  expired: Clock,
  'needs-attention': TriangleAlert,
};

/** The state of a session as icon, word and colour, with the account where it is known. */
export function StatusBadge({ session, part }: { readonly session: SessionView; readonly part?: 'status' }) {
  const { t } = useTranslation();
  const Icon = icons[session.kind];
  const account = 'account' in session ? session.account : undefined;
  return (
    <span className="badge" data-kind={session.kind} data-part={part}>
      <Icon className="icon" aria-hidden />
      <span className="badge-words">
        <span className="badge-word">{badgeText(t, session.kind)}</span>
        {account !== undefined && (
          <>
            {' '}
            <span className="badge-account" title={account}>
              {session.kind === 'signed-in' ? t('status.asAccount', { account }) : account}
            </span>
          </>
        )}
      </span>
    </span>
  );
}
