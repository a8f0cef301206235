import Monitoring
import Testing

@Suite struct TimestampTests {
    /// From GNU date: `date -u -d @SECONDS +%FT%TZ`.
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_709_251_199, "2024-02-29T23:59:59Z"),
        (1_709_251_200, "2024-03-01T00:00:00Z"), (4_107_542_400, "2100-03-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
        (-2_203_891_200, "1900-03-01T00:00:00Z"), (1_795_460_531, "2026-11-23T19:02:11Z"),
        (-86_400, "1969-12-31T00:00:00Z"),
    ])
    func `a moment is written as date writes it`(seconds: Int64, text: String) {
        #expect(Timestamp(nanoseconds: seconds * 1_000_000_000).text(fraction: 0) == text)
    }

    @Test func `fractions are cut and not rounded`() {
        let time = Timestamp(nanoseconds: 1_999_999_999)
        #expect((0...9).map { time.text(fraction: $0) }[3] == "1970-01-01T00:00:01.999Z")
        #expect("\(time)" == "1970-01-01T00:00:01.999999Z")
        #expect(Timestamp(nanoseconds: 1).text(fraction: 9) == "1970-01-01T00:00:00.000000001Z")
        #expect("\(Timestamp(nanoseconds: -1))" == "1969-12-31T23:59:59.999999Z")
    }

    @Test func `the first and the last moment have a text`() {
        #expect("\(Timestamp(nanoseconds: .min))" == "1677-09-21T00:12:43.145224Z")
        #expect("\(Timestamp(nanoseconds: .max))" == "2262-04-11T23:47:16.854775Z")
    }

    @Test func `the calendar reaches the year 9999 and back before the year 1`() {
        #expect(Timestamp.civil(2_932_896) == (9999, 12, 31))
        #expect(Timestamp.civil(-719_468) == (0, 3, 1))
        #expect(Timestamp.civil(-719_469) == (0, 2, 29))
        #expect(Timestamp.civil(-719_529) == (-1, 12, 31))
    }

    @Test func `every day of nine hundred years follows the day before`() {
        func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && year % 100 != 0 || year % 400 == 0 }
        var (year, month, day): (Int64, Int64, Int64) = (1600, 1, 1)
        for days in Int64(-135_140)..<200_000 {
            guard Timestamp.civil(days) == (year, month, day) else {
                return #expect(Bool(false), "\(days) is \(Timestamp.civil(days)) and not \((year, month, day))")
            }
            let length: Int64 = month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
            day += 1
            if day > length { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    @Test func `seconds between moments are whole and signed`() {
        let early = Timestamp(nanoseconds: 0), late = Timestamp(nanoseconds: 2_999_999_999)
        #expect(late.seconds(since: early) == 2 && early.seconds(since: late) == -2 && early < late)
        _ = Timestamp(nanoseconds: .max).seconds(since: Timestamp(nanoseconds: .min))
    }
}
