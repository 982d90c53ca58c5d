import DemoFamily
import DemoScreens
import SwiftUI

// The names, in the string catalog, of the words of everything that has some.

extension Problem {
    var words: LocalizedStringKey {
        switch self {
        case .inputEmpty: "problem_input_empty"
        case .inputTooLong: "problem_input_too_long"
        case .inputOther: "problem_input_other"
        case .notAllowed: "problem_not_allowed"
        case .adultsOnly: "problem_adults_only"
        case .gone: "problem_gone"
        case .diskFull: "problem_disk_full"
        case .phoneLocked: "problem_phone_locked"
        case .wrongKey: "problem_wrong_key"
        case .secondCopy: "problem_second_copy"
        case .damaged: "problem_damaged"
        case .appTooOld: "problem_app_too_old"
        case .busy: "problem_busy"
        case .nobodyNear: "problem_nobody_near"
        case .notPaired: "problem_not_paired"
        case .codeWrong: "problem_code_wrong"
        case .wordsDiffer: "problem_words_differ"
        case .declined: "problem_declined"
        case .networkClosed: "problem_network_closed"
        case .other: "problem_other"
        }
    }
}

extension Mood {
    var words: LocalizedStringKey {
        switch self {
        case .good: "mood_good"
        case .okay: "mood_okay"
        case .hard: "mood_hard"
        case .needCompany: "mood_need_company"
        }
    }
}

extension Wish {
    var words: LocalizedStringKey {
        switch self {
        case .nothing: "wish_nothing"
        case .call: "wish_call"
        case .hug: "wish_hug"
        case .space: "wish_space"
        case .lift: "wish_lift"
        case .listener: "wish_listener"
        }
    }
}

extension Sharing {
    var words: LocalizedStringKey {
        switch self {
        case .onlyMe: "only_me"
        case .mood: "share_mood"
        case .all: "share_all"
        }
    }
}

extension Rhythm {
    var words: LocalizedStringKey {
        switch self {
        case .once: "once"
        case .daily: "daily"
        case .weekly: "weekly"
        }
    }
}

extension Reply {
    var words: LocalizedStringKey {
        switch self {
        case .yes: "reply_yes"
        case .maybe: "reply_maybe"
        case .no: "reply_no"
        }
    }
}

extension CelebrationStage {
    var words: LocalizedStringKey {
        switch self {
        case .idea: "stage_idea"
        case .planned: "stage_planned"
        case .moved: "stage_moved"
        case .cancelled: "stage_cancelled"
        case .held: "stage_held"
        }
    }
}

extension CardWay {
    var words: LocalizedStringKey {
        switch self {
        case .counting: "card_counting"
        case .snapshot: "card_snapshot"
        case .words: "card_only_words"
        case .paused: "card_paused"
        }
    }
}

extension SetbackSort {
    var words: LocalizedStringKey {
        switch self {
        case .slip: "sort_slip"
        case .returnToUse: "sort_return_to_use"
        case .closeCall: "sort_close_call"
        case .other: "sort_other"
        }
    }
}

extension Counting {
    var words: LocalizedStringKey {
        switch self {
        case .newStretch: "count_new_stretch"
        case .markedDay: "count_marked_day"
        case .noteOnly: "count_note_only"
        }
    }
}

extension Field {
    var words: LocalizedStringKey {
        switch self {
        case .place: "field_place"
        case .at: "field_at"
        case .idea: "field_idea"
        case .text: "field_text"
        case .title: "field_title"
        case .note: "field_note"
        case .mood: "field_mood"
        case .name: "field_name"
        case .other: "field_other"
        }
    }
}

extension AppLanguage {
    var words: LocalizedStringKey {
        switch self {
        case .english: "english"
        case .spanish: "spanish"
        }
    }
}

extension News {
    var words: LocalizedStringKey {
        switch what {
        case .checkedIn: "news_checked_in \(who)"
        case .promised: "news_promised \(who)"
        case .toldOfPromise: "news_told_of_promise \(who)"
        case .planned: "news_planned \(who)"
        case .answered: "news_answered \(who)"
        case .celebrated: "news_celebrated \(who)"
        case .encouraged: "news_encouraged \(who)"
        case .milestone: "news_milestone \(who)"
        case .card: "news_card \(who)"
        case .heart: "news_heart \(who)"
        case .kit: "news_kit \(who)"
        case .other: "news_other \(who)"
        }
    }
}

extension HistoryLine {
    var words: LocalizedStringKey {
        switch deed {
        case .made: "deed_made \(who)"
        case .rewrote: "deed_rewrote \(who)"
        case .edited: "deed_edited \(who)"
        case .settled: "deed_settled \(who)"
        }
    }
}
