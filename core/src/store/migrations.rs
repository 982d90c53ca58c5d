//! Numbered steps from an empty file to the schema of today. A step is never edited once it has shipped.

use rusqlite::{Connection, TransactionBehavior};

use super::error::StoreError;

const STEPS: &[&str] = &[include_str!("migrations/0001_create_tables.sql")];

/// Brings the database to the newest version, in one transaction.
pub fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let supported = STEPS.len() as u32;
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > supported {
        return Err(StoreError::NewerDatabase { found, supported });
    }
    for step in STEPS.iter().skip(found as usize) {
        tx.execute_batch(step)?;
    }
    if found < supported {
        tx.pragma_update(None, "user_version", supported)?;
    }
    tx.commit()?;
    Ok(())
}
