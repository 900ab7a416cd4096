import { useEffect, type ReactNode } from 'react';
import { applicationStageTitles, type Application } from '../../../shared/domain/application/model.ts';
import { ClientLink } from '../../document/client-link.tsx';
import { usePlace } from '../../document/place-context.ts';
import { useDocument } from '../../document/use-document.ts';
import { dropPlace, setPlaceTitle } from '../../store/places.ts';
import { Badge } from '../../ui/badge.tsx';
import { DocumentFrame } from '../../ui/document-frame.tsx';
import { FormBody, ReadonlyField, Section } from '../../ui/field.tsx';
import { formatDate } from '../../ui/format.ts';
import { useHotkeys } from '../../ui/hotkeys.ts';
import { DocumentFromCentre } from '../single-window/from-centre.tsx';
import { Named } from './classification.tsx';
import '../incoming-email/incoming-email-form.css';
import './appeal.css';

const none = <span className="okno-text2">не указано</span>;
const powerFormat = new Intl.NumberFormat('ru-RU');

/** «Заявка»: kept in АС ФЭУ, read-only here. */
export function ApplicationView(): ReactNode {
  const { key, params } = usePlace();
  const row = useDocument('application', params['id'] ?? '');
  const close = (): void => dropPlace(key);
  const number = row?.document.number;
  useHotkeys([{ keys: 'Escape', title: 'Закрыть', run: close }]);
  useEffect(() => {
    if (number !== undefined) setPlaceTitle(key, `Заявка ${number}`);
  }, [key, number]);
  if (row === undefined) return <DocumentFrame title="Заявка" onClose={close}>{null}</DocumentFrame>;
  if (row === null) return <DocumentFromCentre type="application" id={params['id'] ?? ''} onClose={close} />;
  const { document: application } = row;
  return (
    <DocumentFrame title={`Заявка ${application.number}`} badge={<Badge tone="blue">{applicationStageTitles[application.stage]}</Badge>} note={`от ${formatDate(application.receivedAt)}. Ведётся в АС ФЭУ`} onClose={close}>
      <div className="appeal-body">
        <FormBody columns={2} label={176}>
          <Applicant application={application} />
          <Place application={application} />
        </FormBody>
      </div>
    </DocumentFrame>
  );
}

function Applicant({ application }: { readonly application: Application }): ReactNode {
  const { clientId } = application;
  return (
    <Section title="Заявитель">
      <ReadonlyField label="Заявитель">{application.applicantName || none}</ReadonlyField>
      <ReadonlyField label="ИНН">{application.applicantInn || none}</ReadonlyField>
      <ReadonlyField label="Номер телефона">{application.applicantPhone || none}</ReadonlyField>
      <ReadonlyField label="Адрес электронной почты">{application.applicantEmail || none}</ReadonlyField>
      <ReadonlyField label="Клиент">
        {clientId === null ? none : (
          <ClientLink id={clientId}>
            <Named type="client" id={clientId} />
          </ClientLink>
        )}
      </ReadonlyField>
      <ReadonlyField label="Этап">{`${applicationStageTitles[application.stage]}, с ${formatDate(application.stageSince)}`}</ReadonlyField>
      <ReadonlyField label="Срок">{formatDate(application.dueAt) || none}</ReadonlyField>
    </Section>
  );
}

function Place({ application }: { readonly application: Application }): ReactNode {
  return (
    <Section title="Объект">
      <ReadonlyField label="Наименование объекта">{application.objectName || none}</ReadonlyField>
      <ReadonlyField label="Адрес">{application.address || none}</ReadonlyField>
      <ReadonlyField label="Кадастровый номер">{application.cadastralNumber || none}</ReadonlyField>
      <ReadonlyField label="Мощность">{`${powerFormat.format(application.powerKw)} кВт`}</ReadonlyField>
      <ReadonlyField label="Регион"><Named type="region" id={application.regionId} /></ReadonlyField>
      <ReadonlyField label="РЭС"><Named type="gridDistrict" id={application.gridDistrictId} /></ReadonlyField>
      <ReadonlyField label="Филиал"><Named type="branch" id={application.branchId} /></ReadonlyField>
    </Section>
  );
}
