internal import BankhookHistory
internal import BankhookModel
internal import SourceText

extension RecordEvent {
    /// What happened, in a few words.
    var headline: String {
        switch kind {
        case .registered: beginsAnew ? "registered anew" : "registered"
        case .imported: "imported, never sent by bankhook"
        case .updated: "updated"
        case .reasserted: "sent again"
        case .moved: "moved from \(formerName?.text ?? "another name")"
        case .intent: "about to be sent"
        case .inDoubt: "outcome unknown"
        case .withdrawn: "intent withdrawn, nothing was registered"
        case .rolledBack: "rolled back"
        case .restored: "restored"
        case .firstSeen: "first seen"
        case .forgotten: "forgotten"
        case .damaged: "damaged"
        case .unread: "not read: this clone lacks the version"
        }
    }

    /// The serials on both sides, where there are any.
    var serials: String? {
        switch (before?.serial, after?.serial) {
        case (let old?, let new?) where old != new && !beginsAnew: "serial \(old) → \(new)"
        case (_, let new?): "serial \(new)"
        case (let old?, nil): "serial \(old)"
        case (nil, nil): nil
        }
    }

    /// What is to be known beside fields and serials.
    var remarks: [String] {
        var remarks = [String]()
        if let problem { remarks.append(problem) }
        if let pending = after?.pending, kind != .intent {
            remarks.append(
                "whether the \(pending.action.rawValue) arrived is unknown since "
                    + "\(pending.unknownSince)")
        }
        if kind == .forgotten, let before {
            remarks.append(
                before.applied == nil
                    ? "nothing was ever confirmed of it"
                    : "it stays registered until another URL replaces it")
        }
        return remarks
    }

    /// How it is marked, as in a plan where a plan has the same.
    var symbol: String {
        switch kind {
        case .registered, .imported: "+"
        case .updated: "~"
        case .reasserted: "="
        case .moved: ">"
        case .intent: "."
        case .inDoubt: "!"
        case .withdrawn: "."
        case .rolledBack: "<"
        case .restored, .firstSeen: "*"
        case .forgotten: "-"
        case .damaged, .unread: "x"
        }
    }

    /// The colour of that mark.
    var tone: Palette.Tone? {
        switch kind {
        case .registered, .imported: .added
        case .updated, .moved: .changed
        case .reasserted: .again
        case .inDoubt, .rolledBack: .warning
        case .damaged, .unread: .error
        case .intent, .withdrawn, .restored, .firstSeen, .forgotten: nil
        }
    }
}
