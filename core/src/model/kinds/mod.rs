//! The kinds of record. A new kind is one file here and one line in the table below.

use serde::Serialize;

use super::kind::{Fields, InvalidInput, InvalidReason, Kind, KindSpec};

macro_rules! kinds {
    ($($module:ident :: $kind:ident,)*) => {
        $(mod $module; pub use $module::*;)*

        /// What a record says.
        #[derive(Clone, Debug, PartialEq)]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
        pub enum Body {
            $(
                /// What the type of this name says of itself.
                $kind($kind),
            )*
            /// A kind, or a version of one, that this version doesn't know: kept and forwarded untouched.
            Unknown {
                /// The kind's name.
                kind: String,
                /// Its fields.
                fields: Fields,
            },
        }

        /// The rules of every kind.
        pub const SPECS: &[KindSpec] = &[$(<$kind as Kind>::SPEC,)*];

        impl Body {
            /// The rules of this body's kind, if it is known.
            pub fn spec(&self) -> Option<&'static KindSpec> {
                spec(self.kind())
            }

            /// The kind's name.
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$kind(_) => <$kind as Kind>::SPEC.name,)*
                    Self::Unknown { kind, .. } => kind,
                }
            }

            /// Checks lengths, ranges, and fields that need each other.
            pub fn validate(&self) -> Result<(), InvalidInput> {
                match self {
                    $(Self::$kind(body) => body.validate(),)*
                    Self::Unknown { .. } => Err(InvalidInput::new("kind", InvalidReason::Unknown)),
                }
            }

            /// Its fields by name.
            pub fn to_fields(&self) -> Fields {
                match self {
                    $(Self::$kind(body) => fields(body),)*
                    Self::Unknown { fields, .. } => fields.clone(),
                }
            }

            /// The body of this kind with these fields. One that can't be read as its kind says is `Unknown`: what
            /// another phone wrote is shown as far as it goes and never lost.
            pub fn from_fields(kind: &str, fields: Fields) -> Self {
                $(if kind == <$kind as Kind>::SPEC.name {
                    let value = serde_json::Value::Object(fields.clone());
                    if let Ok(body) = serde_json::from_value(value) {
                        return Self::$kind(body);
                    }
                })*
                Self::Unknown { kind: kind.to_owned(), fields }
            }

            /// One body of every kind, as a family might write it.
            pub fn examples() -> Vec<Self> {
                vec![$(Self::$kind(<$kind as Kind>::example()),)*]
            }
        }

        $(impl From<$kind> for Body {
            fn from(body: $kind) -> Self {
                Self::$kind(body)
            }
        })*
    };
}

kinds! {
    circle_info::CircleInfo,
    member_profile::MemberProfile,
    device_name::DeviceName,
    recovery_timeline::RecoveryTimeline,
    share::Share,
    milestone::Milestone,
    celebration::Celebration,
    celebration_event::CelebrationEvent,
    rsvp::Rsvp,
    encouragement::Encouragement,
    reaction::Reaction,
    check_in::CheckIn,
    setback::Setback,
    recovery_card::RecoveryCard,
    commitment::Commitment,
    commitment_event::CommitmentEvent,
    journal::Journal,
    naloxone_kit::NaloxoneKit,
}

mod feeling;
pub use feeling::{Association, Feeling};

/// The rules of the kind with this name.
pub fn spec(kind: &str) -> Option<&'static KindSpec> {
    SPECS.iter().find(|spec| spec.name == kind)
}

fn fields<T: Serialize>(body: &T) -> Fields {
    match serde_json::to_value(body) {
        Ok(serde_json::Value::Object(fields)) => fields,
        // Every kind is a struct of scalars and lists, which always serialises to an object.
        _ => Fields::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_valid_and_reads_back_from_its_fields() {
        for body in Body::examples() {
            assert_eq!(body.validate(), Ok(()), "{}", body.kind());
            assert_eq!(Body::from_fields(body.kind(), body.to_fields()), body);
        }
    }

    #[test]
    fn the_fields_of_every_example_are_in_its_spec() {
        for body in Body::examples() {
            let spec = body.spec().unwrap();
            for field in body.to_fields().keys() {
                assert!(spec.field(field).is_some(), "{}.{field}", spec.name);
            }
        }
    }
}
