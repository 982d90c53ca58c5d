//! Where phones are met, and whether everything in the house is in order.

use std::net::SocketAddr;

use super::answers::AudienceDump;
use super::error::{Error, Rule};
use super::owner::Owner;
use super::ports::Inputs;
use super::tcp;
use crate::identity::Invitation;
use crate::model::{DeviceKey, Role};
use crate::records::rebuild;

impl Owner {
    pub(super) fn listen(&mut self, address: SocketAddr, inputs: &Inputs) -> Result<SocketAddr, Error> {
        if let Some(listener) = self.listeners.iter().find(|listener| {
            listener.address == address || (address.port() == 0 && listener.address.ip() == address.ip())
        }) {
            return Ok(listener.address);
        }
        let listener = tcp::listen(address, inputs)?;
        let address = listener.address;
        self.listeners.push(listener);
        Ok(address)
    }

    /// Ends every conversation, for instance before the app is suspended.
    pub(super) fn hang_up_all(&mut self) {
        let ids: Vec<u64> = self.connections.keys().copied().collect();
        for id in ids {
            self.hung_up(id);
        }
    }

    /// Where a phone may be: where it is seen now, and then where it was last met.
    pub(super) fn known_addresses(&self, device: &DeviceKey) -> Result<Vec<SocketAddr>, Error> {
        self.me()?;
        let mut addresses = self.nearby_addresses(device);
        addresses
            .extend(self.store.read()?.peer_address(device)?.and_then(|address| address.parse::<SocketAddr>().ok()));
        Ok(addresses)
    }

    pub(super) fn remember_address(&mut self, device: &DeviceKey, address: SocketAddr) -> Result<(), Error> {
        let tx = self.store.begin()?;
        if tx.peer_address(device)? != Some(address.to_string()) {
            tx.put_peer_address(device, &address.to_string())?;
            tx.commit()?;
        }
        Ok(())
    }

    /// An admission that the roster would never let take effect isn't offered.
    pub(super) fn check_invitation(&self, invitation: Invitation) -> Result<(), Error> {
        let me = self.me()?.member;
        let is_adult = |member| self.roster.role(&member).is_some_and(Role::is_adult_member);
        let Invitation::NewMember { role, guardian } = invitation else { return Ok(()) };
        if !is_adult(me) || role == Role::ProfessionalGuest {
            return Err(Error::NotAllowed { rule: Rule::AdultsOnly });
        }
        if role.is_young() != guardian.is_some() || !guardian.is_none_or(is_adult) {
            return Err(Error::NotAllowed { rule: Rule::GuardianNeeded });
        }
        Ok(())
    }

    pub(super) fn dump(&self) -> Result<Vec<AudienceDump>, Error> {
        self.me()?;
        let reader = self.store.read()?;
        let mut dumps = Vec::new();
        for (id, audience) in reader.audiences()? {
            let audience = self.audience_view(&id, &audience);
            dumps.push(AudienceDump { audience, entries: reader.dump_entries(&id)?, rows: reader.dump_rows(&id)? });
        }
        Ok(dumps)
    }

    /// What is wrong in the house; nothing, it is to be hoped.
    pub(super) fn check(&mut self) -> Result<Vec<String>, Error> {
        let circle = self.me()?.circle;
        let mut wrong = Vec::new();
        if !self.store.integrity_check()? {
            // What is read of it now may be anything, or nothing.
            return Ok(vec!["the database file is damaged".to_owned()]);
        }
        let before = self.dump()?;
        let tx = self.store.begin()?;
        if !tx.index_is_whole()? {
            wrong.push("the index of words is damaged".to_owned());
        }
        let ids = before.iter().map(|dump| dump.audience.id);
        let words = ids.map(|id| tx.dump_words(&id)).collect::<Result<Vec<_>, _>>()?;
        rebuild(&tx, &circle)?;
        for (dump, words) in before.into_iter().zip(words) {
            if tx.dump_words(&dump.audience.id)? != words {
                wrong.push(format!("the words of a {} audience are not what its rows give", dump.audience.tag));
            }
            if tx.dump_rows(&dump.audience.id)? != dump.rows {
                wrong.push(format!("the rows of a {} audience are not what its entries give", dump.audience.tag));
            }
            if tx.dump_entries(&dump.audience.id)? != dump.entries {
                wrong.push(format!("verdicts in a {} audience are not what its entries give", dump.audience.tag));
            }
        }
        drop(tx);
        Ok(wrong)
    }
}
