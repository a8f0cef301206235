@testable import Monitoring
import TestSupport
import Testing

@Suite struct RhythmTests {
    private func rhythm(_ seconds: [Double]) -> Rhythm {
        var rhythm = Rhythm()
        for second in seconds { rhythm.note(Timestamp(nanoseconds: Int64(second * 1e9))) }
        return rhythm
    }

    @Test func `a program that calls every minute shows its beat`() throws {
        let beat = try #require(
            rhythm((0..<20).map { (index: Int) -> Double in Double(index * 60) + Double(index % 2) / 2 }).beat)
        #expect(abs(beat.interval - 60) <= 0.5 && beat.jitter <= 1)
    }

    @Test func `a few contacts are no rhythm`() {
        #expect(rhythm([0, 60, 120, 180, 240]).beat == nil)
    }

    @Test func `connections opened at once are one contact`() {
        let starts = (0..<10).map { Double($0) * 30 }
        let contacts = starts.flatMap { start -> [Double] in [start, start + 0.1, start + 1.9] }
        #expect(rhythm(contacts).contacts == 10 && rhythm(contacts).beat?.interval == 30)
    }

    @Test func `times at both ends of time do no harm`() {
        var rhythm = Rhythm()
        for _ in 0..<9 {
            rhythm.note(Timestamp(nanoseconds: .max))
            rhythm.note(Timestamp(nanoseconds: .min))
        }
        #expect(rhythm.beat != nil)
    }

    @Test func `a day's window forgets what is older`() {
        var window = Window24()
        window.add(5, at: Timestamp(nanoseconds: 0))
        window.add(7, at: Timestamp(nanoseconds: 23 * 3_600_000_000_000))
        #expect(window.sum == 12)
        window.add(1, at: Timestamp(nanoseconds: 24 * 3_600_000_000_000))
        #expect(window.sum == 8)
        window.add(1, at: Timestamp(nanoseconds: .max))
        window.add(2, at: Timestamp(nanoseconds: .min))
        #expect(window.sum == 3)
    }
}
