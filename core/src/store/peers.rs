//! What is known of other phones: where they were met, and what they last said they hold.

use rusqlite::{OptionalExtension, params};

use super::error::StoreError;
use super::reader::{Reader, blob};
use super::transaction::Transaction;
use crate::model::codec::{decode_own, encode};
use crate::model::{AudienceId, DeviceKey, EntryHash, Head, Vector};

impl Reader<'_> {
    /// Where a peer was last met.
    pub fn peer_address(&self, device: &DeviceKey) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection().prepare_cached("SELECT address FROM peers WHERE device = ?1")?;
        Ok(statement.query_row([device.as_bytes()], |row| row.get(0)).optional()?)
    }

    /// Whether a peer ever said what it holds of this audience.
    pub fn has_met(&self, device: &DeviceKey, audience: &AudienceId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM peer_vectors
            WHERE device = ?1 AND audience = (SELECT id FROM audiences WHERE hash = ?2))";
        let mut statement = self.connection().prepare_cached(sql)?;
        Ok(statement.query_row(params![device.as_bytes(), audience.as_bytes()], |row| row.get(0))?)
    }

    /// What a peer last said it holds, by audience, and when: milliseconds since 1970.
    pub fn peer_vectors(&self, device: &DeviceKey) -> Result<Vec<(AudienceId, Vector, i64)>, StoreError> {
        let sql = "SELECT a.hash, v.vector, s.seen_at_ms FROM peer_vectors v JOIN audiences a ON a.id = v.audience
            JOIN peers_seen s ON s.device = v.device AND s.audience = v.audience
            WHERE v.device = ?1 ORDER BY a.hash";
        let mut statement = self.connection().prepare_cached(sql)?;
        let vectors = statement.query_map(params![device.as_bytes()], |row| {
            let heads: Vec<u8> = row.get(1)?;
            let heads = decode_own::<Vec<(DeviceKey, u64, EntryHash)>>(&heads).unwrap_or_default();
            let vector = heads.into_iter().map(|(device, number, hash)| (device, Head { number, hash })).collect();
            Ok((AudienceId::from_bytes(blob(row, 0)?), vector, row.get(2)?))
        })?;
        Ok(vectors.collect::<Result<_, _>>()?)
    }
}

impl Transaction<'_> {
    /// Notes where a peer was met.
    pub fn put_peer_address(&self, device: &DeviceKey, address: &str) -> Result<(), StoreError> {
        self.execute("INSERT OR REPLACE INTO peers VALUES (?1, ?2)", params![device.as_bytes(), address])?;
        Ok(())
    }

    /// Notes what a peer said, authenticated, that it holds of an audience, and when: milliseconds since 1970.
    pub fn put_peer_vector(
        &self,
        device: &DeviceKey,
        audience: &AudienceId,
        vector: &Vector,
        seen_at_ms: i64,
    ) -> Result<(), StoreError> {
        let heads: Vec<_> = vector.iter().map(|(device, head)| (*device, head.number, head.hash)).collect();
        self.execute(
            "INSERT OR REPLACE INTO peer_vectors SELECT ?1, id, ?3 FROM audiences WHERE hash = ?2",
            params![device.as_bytes(), audience.as_bytes(), encode(&heads)],
        )?;
        self.put_peer_seen(device, audience, seen_at_ms)
    }

    /// Notes when a peer last said the same that is noted already of what it holds.
    pub fn put_peer_seen(&self, device: &DeviceKey, audience: &AudienceId, seen_at_ms: i64) -> Result<(), StoreError> {
        self.execute(
            "INSERT OR REPLACE INTO peers_seen SELECT ?1, id, ?3 FROM audiences WHERE hash = ?2",
            params![device.as_bytes(), audience.as_bytes(), seen_at_ms],
        )?;
        Ok(())
    }

    /// Knows of no peer any more what it holds. The commit cleans the file.
    pub fn forget_peer_vectors(&self) -> Result<(), StoreError> {
        self.note_removal();
        self.execute("DELETE FROM peer_vectors", [])?;
        self.execute("DELETE FROM peers_seen", [])?;
        Ok(())
    }

    /// Knows no more what a peer holds of an audience.
    pub fn forget_peer_vector(&self, device: &DeviceKey, audience: &AudienceId) -> Result<(), StoreError> {
        for table in ["peer_vectors", "peers_seen"] {
            let sql = format!(
                "DELETE FROM {table} WHERE device = ?1 AND audience = (SELECT id FROM audiences WHERE hash = ?2)"
            );
            self.execute(&sql, params![device.as_bytes(), audience.as_bytes()])?;
        }
        Ok(())
    }
}
