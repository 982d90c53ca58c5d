//! What writes may have changed of the log, for whoever keeps at hand what was read of it.

use std::collections::BTreeSet;

use crate::model::AudienceId;

/// Where the log may have changed. What was rolled back may be among it; nothing that a transaction wrote is left out: each of its
/// methods that touches `entries` tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogChanges {
    /// Audiences in which a feed has another end.
    pub heads: BTreeSet<AudienceId>,
    /// Audiences in which another body is missing, or one less.
    pub missing: BTreeSet<AudienceId>,
}
