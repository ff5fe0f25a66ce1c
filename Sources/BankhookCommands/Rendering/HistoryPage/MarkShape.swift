internal import BankhookHistory
internal import BankhookModel

/// How a page marks an event: by shape and by colour, never by colour alone.
enum MarkShape: String, CaseIterable {
    case registered, imported, updated
    /// An update of the mode: whether manual uploads are told of from then on, or no more.
    case modeUp = "mode-up"
    case modeDown = "mode-down"
    case reasserted, moved, intent, doubt, withdrawn, rollback, restored, forgotten, damaged

    init(_ event: RecordEvent) {
        self =
            switch event.kind {
            case .registered: .registered
            case .imported: .imported
            case .updated: MarkShape.update(event)
            case .reasserted: .reasserted
            case .moved: .moved
            case .intent: .intent
            case .inDoubt: .doubt
            case .withdrawn: .withdrawn
            case .rolledBack: .rollback
            case .restored, .firstSeen: .restored
            case .forgotten: .forgotten
            case .damaged, .unread: .damaged
            }
    }

    private static func update(_ event: RecordEvent) -> MarkShape {
        guard event.changedFields.contains(.webhookMode),
            let before = event.registrationBefore?.mode.rawValue,
            let after = event.registrationAfter?.mode.rawValue
        else { return .updated }
        return after > before ? .modeUp : .modeDown
    }

    /// Of several marks in one place the heaviest is shown.
    var weight: Int {
        switch self {
        case .intent, .withdrawn: 0
        case .reasserted: 1
        case .restored: 2
        case .imported, .registered: 3
        case .updated: 4
        case .moved: 5
        case .modeUp: 6
        case .modeDown: 7
        case .forgotten: 8
        case .rollback: 9
        case .doubt: 10
        case .damaged: 11
        }
    }

    /// What the legend calls it.
    var label: String {
        switch self {
        case .registered: "registered"
        case .imported: "imported, never sent"
        case .updated: "updated"
        case .modeUp: "mode raised"
        case .modeDown: "mode lowered"
        case .reasserted: "sent again"
        case .moved: "moved"
        case .intent: "about to be sent"
        case .doubt: "outcome unknown"
        case .withdrawn: "intent withdrawn"
        case .rollback: "rolled back"
        case .restored: "restored or first seen"
        case .forgotten: "forgotten"
        case .damaged: "damaged or not read"
        }
    }

    private static let square = #"<rect x="-7" y="-7" width="14" height="14" rx="2"/>"#

    /// Its drawing around the origin, some 16 units wide.
    private var drawing: String {
        switch self {
        case .registered:
            #"<circle r="7.5"/><path class="ink" d="M-3.5 0H3.5M0-3.5V3.5"/>"#
        case .imported: #"<circle class="hollow" r="6.5"/>"#
        case .updated: #"<path d="M0-8 8 0 0 8-8 0Z"/>"#
        case .modeUp: MarkShape.square + #"<path class="ink" d="M-3 1.5 0-2 3 1.5"/>"#
        case .modeDown: MarkShape.square + #"<path class="ink" d="M-3-1.5 0 2 3-1.5"/>"#
        case .reasserted: #"<circle r="5"/>"#
        case .moved: #"<path d="M-6-7 8 0-6 7Z"/>"#
        case .intent: #"<circle class="hollow" r="3.5"/>"#
        case .doubt: #"<path d="M0-9 9 7H-9Z"/><path class="ink" d="M0-3.5V1.5M0 4.2V4.6"/>"#
        case .withdrawn: #"<path class="hollow" d="M0 6 6-5H-6Z"/>"#
        case .rollback: #"<path d="M6-7-8 0 6 7Z"/>"#
        case .restored: #"<rect class="hollow" x="-5.5" y="-5.5" width="11" height="11"/>"#
        case .forgotten: #"<path class="cross" d="M-5.5-5.5 5.5 5.5M5.5-5.5-5.5 5.5"/>"#
        case .damaged:
            #"<path d="M-3.5-8H3.5L8-3.5V3.5L3.5 8H-3.5L-8 3.5V-3.5Z"/>"#
                + #"<path class="ink" d="M-3-3 3 3M3-3-3 3"/>"#
        }
    }

    /// What the marks of a page refer to.
    var definition: String { #"<g id="m-\#(rawValue)" class="mark \#(rawValue)">\#(drawing)</g>"# }
}
