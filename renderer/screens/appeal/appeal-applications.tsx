import type { ReactNode } from 'react';
import type { Application } from '../../../shared/domain/application/model.ts';
import { withApplicationData } from '../../../shared/domain/appeal/prefill-rules.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { openDocument } from '../../store/places.ts';
import { Check } from '../../ui/choice-field.tsx';
import { Section } from '../../ui/field.tsx';
import { useApplications } from '../incoming-email/applications-tab.tsx';

interface AppealApplicationsProps {
  readonly form: DocumentForm<'appeal'>;
  readonly email: IncomingEmail;
}

/** Applications of the client and of the letter: to be tied, and one whose data are used (2.10.1.2). */
export function AppealApplications({ form, email }: AppealApplicationsProps): ReactNode {
  const { clientId, applicationIds, dataFromApplicationId } = form.values;
  const rows = useApplications({ ...email, clientId: clientId === '' ? null : clientId });
  const tie = (id: string, checked: boolean): void => form.set({ applicationIds: checked ? [...applicationIds, id] : applicationIds.filter((one) => one !== id), ...(checked || dataFromApplicationId !== id ? {} : { dataFromApplicationId: null }) });
  const fillFrom = (application: Application, checked: boolean): void => {
    const { id } = application;
    if (!checked) {
      form.set({ dataFromApplicationId: null });
      return;
    }
    // Data are used of an application that the appeal is about: it is tied too (2.10.1.3).
    const { incomingEmailId, ...draft } = form.values;
    const filled = withApplicationData({ ...draft, incomingEmailId: incomingEmailId ?? email.id }, application);
    form.set({ ...filled, applicationIds: applicationIds.includes(id) ? applicationIds : [...applicationIds, id] });
  };
  return (
    <Section title="Заявки клиента">
      {rows === null ? null : rows.length === 0 ? (
        <div className="okno-text2">Заявок клиента и номеров заявок в письме нет. Заполните данные объекта вручную.</div>
      ) : (
        <div className="appeal-applications">
          <table className="email-table" aria-label="Заявки клиента">
            <colgroup>
              <col style={{ width: 136 }} />
              <col style={{ width: 144 }} />
              <col style={{ width: 148 }} />
              <col />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">Добавить заявку к обращению</th>
                <th scope="col">Использовать данные из заявки</th>
                <th scope="col">Заявка</th>
                <th scope="col">Объект</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ application }) => (
                <tr key={application.id} data-chosen={applicationIds.includes(application.id)}>
                  <td>
                    <Check label={`Добавить заявку к обращению: ${application.number}`} labelHidden checked={applicationIds.includes(application.id)} onChange={(checked) => tie(application.id, checked)} />
                  </td>
                  <td>
                    <Check label={`Использовать данные из заявки: ${application.number}`} labelHidden checked={dataFromApplicationId === application.id} onChange={(checked) => fillFrom(application, checked)} />
                  </td>
                  <td>
                    <button type="button" className="okno-link" onClick={() => openDocument('application', application.id)}>
                      {application.number}
                    </button>
                  </td>
                  <td>{application.objectName}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
