//! Names for feelings and for what they have to do with.

use serde::{Deserialize, Serialize};

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "the names say it")]
        pub enum $name { $($variant,)* }

        impl $name {
            /// All of them, in the order of their names.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
        }
    };
}

names!(
    /// A feeling: HealthKit's 38 labels of a state of mind, and five that families in recovery missed there.
    Feeling {
        Amazed,
        Amused,
        Angry,
        Annoyed,
        Anxious,
        Ashamed,
        Brave,
        Calm,
        Confident,
        Connected,
        Content,
        Disappointed,
        Discouraged,
        Disgusted,
        Drained,
        Embarrassed,
        Excited,
        Frustrated,
        Grateful,
        Guilty,
        Happy,
        Hopeful,
        Hopeless,
        Hurt,
        Indifferent,
        Irritated,
        Jealous,
        Joyful,
        LetDown,
        Lonely,
        Overwhelmed,
        Passionate,
        Peaceful,
        Proud,
        Relieved,
        Sad,
        Satisfied,
        Scared,
        Steady,
        Stressed,
        Surprised,
        Tempted,
        Worried,
    }
);

names!(
    /// What a feeling has to do with: HealthKit's 18 associations.
    Association {
        Community,
        CurrentEvents,
        Dating,
        Education,
        Family,
        Fitness,
        Friends,
        Health,
        Hobbies,
        Identity,
        Money,
        Partner,
        SelfCare,
        Spirituality,
        Tasks,
        Travel,
        Weather,
        Work,
    }
);
