package import FoundationEssentials

/// A moment in UTC, in whole seconds, as state files and outputs print it.
package struct Timestamp: Hashable, Sendable {
    package let secondsSinceEpoch: Int

    package init(secondsSinceEpoch: Int) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }

    package init(_ date: Date) {
        self.init(secondsSinceEpoch: Int(date.timeIntervalSince1970.rounded(.down)))
    }

    /// Parses exactly what `description` prints, such as `2026-11-23T04:12:09Z`.
    ///
    /// By hand: every record holds at least one, and Foundation takes as long for it as for all the
    /// rest of the record.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), bytes[19] == UInt8(ascii: "Z"),
            let year = Timestamp.number(bytes[0..<4]), let month = Timestamp.number(bytes[5..<7]),
            let day = Timestamp.number(bytes[8..<10]), let hour = Timestamp.number(bytes[11..<13]),
            let minute = Timestamp.number(bytes[14..<16]),
            let second = Timestamp.number(bytes[17..<19]), (1...12).contains(month),
            (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        self.init(
            secondsSinceEpoch: Timestamp.days(year: year, month: month, day: day) * 86_400
                + hour * 3_600 + minute * 60 + second)
        // What is left is a day that its month does not have.
        guard description == text else { return nil }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            number = number * 10 + Int(digit - 0x30)
        }
        return number
    }

    /// Days since 1970-01-01 of a date in the Gregorian calendar. Years are counted from March, so
    /// that the leap day is the last one (Howard Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms").
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month > 2 ? year : year - 1
        let (era, yearOfEra) = floorDivide(year, by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }

    /// The date of a day that was counted from 1970-01-01.
    private static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = floorDivide(day + 719_468, by: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    /// Quotient and remainder, the remainder never negative.
    private static func floorDivide(_ number: Int, by divisor: Int) -> (Int, Int) {
        let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
    }

    /// Seconds from another moment to this one; negative when the other is later.
    package func seconds(since other: Timestamp) -> Int {
        secondsSinceEpoch - other.secondsSinceEpoch
    }
}

extension Timestamp: CustomStringConvertible {
    package var description: String {
        let (day, second) = Timestamp.floorDivide(secondsSinceEpoch, by: 86_400)
        let date = Timestamp.date(ofDay: day)
        let numbers = [
            (date.month, "-"), (date.day, "-"), (second / 3_600, "T"), (second / 60 % 60, ":"),
            (second % 60, ":"),
        ]
        let year = String(date.year)
        return String(repeating: "0", count: max(0, 4 - year.count)) + year
            + numbers.map { "\($1)\($0 < 10 ? "0" : "")\($0)" }.joined() + "Z"
    }
}

extension Timestamp: Comparable {
    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }
}
