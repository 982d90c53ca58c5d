//! What an error says of itself in Kotlin's `message` and Swift's `localizedDescription`.

// UniFFI knows it by the name it has over there.
use crate::app::error::Error as KinweaveError;

#[uniffi::export]
impl KinweaveError {
    /// What went wrong, in one English line for logs. What a person is shown goes by the error's kind.
    pub fn summary(&self) -> String {
        self.to_string()
    }
}
