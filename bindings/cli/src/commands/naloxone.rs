//! The naloxone kit of the home: where it is, and who knows how to use it.

use kinweave_core::app::{ListQuery, NewRecord, Record};
use kinweave_core::model::Body;
use kinweave_core::model::kinds::{KitForm, NaloxoneKit};

use super::Session;
use crate::answer::{Answer, Failure};
use crate::args::NaloxoneArgs;
use crate::print;

impl Session {
    pub(super) fn naloxone(&self, args: NaloxoneArgs) -> Result<Answer, Failure> {
        let kit = self.kit()?;
        let trained = args.trained.as_deref().map(|names| self.people(names)).transpose()?;
        let expires = self.date_if(args.expires);
        let says = args.place.is_some() || args.form.is_some() || args.expires.is_some() || trained.is_some();
        let record = match kit {
            None if !says => return Err(Failure::say(1, "no_kit", &[])),
            Some(record) if !says => record,
            None => {
                let place = args.place.ok_or_else(|| Failure::say(1, "no_kit", &[]))?;
                self.app.add(NewRecord::new(NaloxoneKit {
                    place,
                    form: args.form.unwrap_or(KitForm::Nasal),
                    pack_expires_on: expires,
                    trained: trained.unwrap_or_default().into_iter().collect(),
                }))?
            }
            Some(record) => {
                let Body::NaloxoneKit(seen) = &record.body else {
                    return Err(Failure::say(1, "no_kit", &[]));
                };
                let body = NaloxoneKit {
                    place: args.place.unwrap_or_else(|| seen.place.clone()),
                    form: args.form.unwrap_or(seen.form),
                    pack_expires_on: expires.or(seen.pack_expires_on),
                    trained: trained.map_or_else(|| seen.trained.clone(), |people| people.into_iter().collect()),
                };
                self.app.edit(record.id, &record.version, body.into())?
            }
        };
        Answer::new(&record, print::record(&record, &self.names()))
    }

    pub(super) fn kit(&self) -> Result<Option<Record>, Failure> {
        let kinds = vec!["naloxone_kit".to_owned()];
        let page = self.app.list(&ListQuery { kinds, limit: 1, ..ListQuery::default() })?;
        Ok(page.records.into_iter().next())
    }
}
