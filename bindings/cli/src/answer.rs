//! What a command gives back: a value for programs, a text for people, or a failure with what to do next.

use kinweave_core::app::Error;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::errors;
use crate::words::say;

/// What a command found or did.
#[derive(Clone, Debug)]
pub struct Answer {
    pub value: Value,
    pub text: String,
}

impl Answer {
    /// The value as programs get it, and the text for people.
    pub fn new(value: &impl Serialize, text: impl Into<String>) -> Result<Self, Failure> {
        let value = serde_json::to_value(value).map_err(|_| Failure::say(1, "unreadable", &[]))?;
        Ok(Self { value, text: text.into() })
    }
}

/// Why a command did nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What the process exits with.
    pub exit: u8,
    /// For programs.
    pub error: Value,
    /// For people: what is the matter, and what to do next.
    pub text: String,
}

impl Failure {
    /// A failure of the terminal app itself, by its key in the table of words.
    pub fn say(exit: u8, key: &str, args: &[(&str, &str)]) -> Self {
        let text = say(&format!("cli.{key}"), args);
        Self { exit, error: serde_json::json!({ "error": key, "exit": exit }), text }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let exit = errors::exit_code(&error);
        let mut value = serde_json::to_value(&error).unwrap_or_default();
        if let Value::Object(fields) = &mut value {
            fields.insert("exit".to_owned(), exit.into());
        }
        Self { exit, error: value, text: errors::sentence(&error) }
    }
}

/// One line of an answer, as a shell prints it and as one process hands it to another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reply {
    pub ok: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Value>,
    /// The words for people; left out where only a program reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Reply {
    pub fn new(outcome: Result<Answer, Failure>) -> Self {
        match outcome {
            Ok(answer) => Self { ok: true, value: Some(answer.value), error: None, text: Some(answer.text) },
            Err(failure) => Self { ok: false, value: None, error: Some(failure.error), text: Some(failure.text) },
        }
    }

    pub fn into_outcome(self) -> Result<Answer, Failure> {
        let text = self.text.unwrap_or_default();
        if self.ok {
            return Ok(Answer { value: self.value.unwrap_or_default(), text });
        }
        let error = self.error.unwrap_or_default();
        let exit = error["exit"].as_u64().and_then(|exit| u8::try_from(exit).ok()).unwrap_or(1);
        Err(Failure { exit, error, text })
    }

    /// As one line of JSON.
    pub fn line(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| r#"{"ok":false,"error":{"error":"unreadable"}}"#.to_owned())
    }
}
