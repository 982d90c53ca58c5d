//! Numbered steps from an empty file to the schema of today. A step is never edited once it has shipped.

use rusqlite::{Connection, TransactionBehavior};

use super::error::StoreError;

const STEPS: &[&str] = &[
    include_str!("migrations/0001_create_tables.sql"),
    include_str!("migrations/0002_number_rows.sql"),
    include_str!("migrations/0003_index_words.sql"),
    include_str!("migrations/0004_forget.sql"),
    include_str!("migrations/0005_first_screen.sql"),
    include_str!("migrations/0006_lighter_rows.sql"),
    include_str!("migrations/0007_sides.sql"),
    include_str!("migrations/0008_index_refused.sql"),
    include_str!("migrations/0009_words_without_triggers.sql"),
    include_str!("migrations/0010_rows_without_references.sql"),
    include_str!("migrations/0011_rows_know_their_words.sql"),
    include_str!("migrations/0012_when_peers_were_seen.sql"),
    include_str!("migrations/0013_fewer_pages_a_write.sql"),
];

/// The version that this build makes.
pub fn newest() -> u32 {
    STEPS.len() as u32
}

/// Refuses what a newer version wrote. Reads only.
pub fn check_version(connection: &Connection) -> Result<u32, StoreError> {
    let supported = newest();
    let found = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > supported { Err(StoreError::NewerDatabase { found, supported }) } else { Ok(found) }
}

/// Brings the database to the newest version, in one transaction.
pub fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    migrate_to(connection, STEPS.len())
}

fn migrate_to(connection: &mut Connection, version: usize) -> Result<(), StoreError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = check_version(&tx)? as usize;
    for (step, number) in STEPS.iter().zip(1..=version).skip(found) {
        tx.execute_batch(step)?;
        tx.pragma_update(None, "user_version", number as u32)?;
    }
    tx.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(connection: &Connection) -> Vec<String> {
        let mut statement =
            connection.prepare("SELECT sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY name").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    /// Each step taken alone, as by someone who took every release, must lead to what a new home gets at once.
    #[test]
    fn an_upgraded_schema_equals_a_fresh_one() {
        let mut fresh = Connection::open_in_memory().unwrap();
        migrate(&mut fresh).unwrap();
        let mut upgraded = Connection::open_in_memory().unwrap();
        for version in 0..=STEPS.len() {
            migrate_to(&mut upgraded, version).unwrap();
            assert_eq!(check_version(&upgraded), Ok(version as u32));
        }
        assert_eq!(schema(&upgraded), schema(&fresh));
        assert!(!schema(&fresh).is_empty());
        migrate(&mut upgraded).unwrap();
        assert_eq!(schema(&upgraded), schema(&fresh));
    }
}
